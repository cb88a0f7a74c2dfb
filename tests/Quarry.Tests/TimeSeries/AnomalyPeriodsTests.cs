using Quarry.TimeSeries;

namespace Quarry.Tests.TimeSeries;

public sealed class AnomalyPeriodsTests
{
    private static readonly DateTime Start = new(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Near_points_share_a_period_and_others_do_not()
    {
        Find(5, 7).ShouldBe([(4, 8)]);
        Find(5, 8).ShouldBe([(4, 6), (7, 9)]);
        Find(5, 7, 9, 20).ShouldBe([(4, 10), (19, 21)]);
    }

    [Fact]
    public void Dips_count_on_request()
    {
        DateTime[] times = [Start, Start.AddHours(10)];

        AnomalyPeriods.Find(times, [1, -1]).Count.ShouldBe(1);
        AnomalyPeriods.Find(times, [1, -1], spikesOnly: false).Count.ShouldBe(2);
    }

    [Fact]
    public void The_ends_of_time_are_not_passed()
    {
        DateTime[] times = [DateTime.MinValue, DateTime.MaxValue];

        AnomalyPeriods.Find(times, [1, 1]).Select(p => (p.Start.Year, p.End.Year)).ShouldBe([(1, 1), (9999, 9999)]);
    }

    [Fact]
    public void Without_periods_the_kql_keeps_nothing_and_is_valid() =>
        AnomalyPeriods.ToKql([], "T").ShouldBe("| where false");

    private static IEnumerable<(int, int)> Find(params int[] hours) =>
        AnomalyPeriods.Find([.. hours.Select(h => Start.AddHours(h))], [.. hours.Select(_ => 1)])
            .Select(p => ((int)(p.Start - Start).TotalHours, (int)(p.End - Start).TotalHours));
}
