using Quarry.Tables;

namespace Quarry.Tests.Tables;

public class OrderedParallelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Results_come_in_the_order_of_the_items(int degree)
    {
        var random = new Random(3);
        int[] delays = [.. Enumerable.Range(0, 60).Select(_ => random.Next(4))];

        int[] results = [.. OrderedParallel.Select(Enumerable.Range(0, 60), i =>
        {
            Thread.Sleep(delays[i]);
            return i;
        }, degree)];

        results.ShouldBe(Enumerable.Range(0, 60));
    }

    [Fact]
    public void Holds_at_most_twice_as_many_items_as_it_works_on()
    {
        int read = 0;
        int taken = 0;
        int most = 0;

        foreach (int _ in OrderedParallel.Select(Source(), i => i, 3))
        {
            most = Math.Max(most, read - taken++);
        }

        most.ShouldBeLessThanOrEqualTo(6);

        IEnumerable<int> Source()
        {
            for (int i = 0; i < 1000; i++)
            {
                read++;
                yield return i;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_error_of_the_work_appears_when_its_turn_comes(int degree)
    {
        var seen = new List<int>();

        Should.Throw<QuarryException>(() =>
        {
            foreach (int i in OrderedParallel.Select(Enumerable.Range(0, 20), i => i == 5 ? throw new QuarryException("five") : i, degree))
            {
                seen.Add(i);
            }
        });

        seen.ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void Cancelling_stops_it()
    {
        using var source = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (int i in OrderedParallel.Select(Endless(), i => i, 2, source.Token))
            {
                if (i == 10)
                {
                    source.Cancel();
                }
            }
        });

        static IEnumerable<int> Endless()
        {
            for (int i = 0; ; i++)
            {
                yield return i;
            }
        }
    }
}
