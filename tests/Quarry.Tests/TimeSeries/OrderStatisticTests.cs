using FsCheck.Fluent;
using Quarry.TimeSeries;

namespace Quarry.Tests.TimeSeries;

public sealed class OrderStatisticTests
{
    [Fact]
    public void Selects_what_sorting_would()
    {
        Prop.ForAll<NormalFloat[], int>((floats, rank) =>
        {
            double[] values = [0, .. floats.Select(f => Math.Abs(f.Get)), 1e-320, 1e300, 1e300, 5, 5];
            double[] sorted = [.. values.Order()];
            int middle = values.Length / 2, any = Math.Abs(rank % values.Length);
            var order = new OrderStatistic(values.Length);

            return order.Select(values, any) == sorted[any]
                && order.MiddleSum(values) == sorted[middle] + sorted[values.Length - middle - 1];
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }
}
