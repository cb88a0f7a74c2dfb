using Quarry.Data.Sources;
using Quarry.Data.Sources.Splitting;
using Quarry.Tables;

namespace Quarry.Data.Tests.Sources.Splitting;

public sealed class SplitQueriesTests
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly SourceQuery Query = new("T | where x > 1") { Range = new TimeRange(Start, Start.AddHours(30)), SplitBy = TimeSpan.FromHours(4), InFlight = 3 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Puts_the_parts_together_in_order_whichever_comes_first()
    {
        var random = new Random(1);
        var source = new HourSource { Before = (_, token) => Task.Delay(random.Next(20), token) };
        var progress = new List<SourceProgress>();

        using SourceRun run = SplitQueries.Begin(Query with { Progress = new Told(progress) }, source.BeginAsync, Cancellation);
        Table table = (await Task.Run(() => run.Next()!.Gather(), Cancellation));

        table.RowCount.ShouldBe(30);
        Enumerable.Range(0, 30).Select(row => table[0].GetValue(row)).ShouldBe(Enumerable.Range(0, 30).Select(hour => (object?)Start.AddHours(hour)));
        run.Next().ShouldBeNull();
        run.Remarks.ShouldBe(["Said of each part."]);
        source.MostRunning.ShouldBe(3);
        source.Open.ShouldBe(0);
        source.Asked.Count.ShouldBe(8);
        progress[^1].ShouldBe(new SourceProgress(0, 0, 8, 8, 1));
    }

    [Fact]
    public async Task Parts_ahead_of_their_turn_wait()
    {
        var source = new HourSource { Before = (range, token) => range.Start == Start ? Task.Delay(300, token) : Task.CompletedTask };

        using SourceRun run = SplitQueries.Begin(Query with { SplitBy = TimeSpan.FromHours(6), InFlight = 2 }, source.BeginAsync, Cancellation);
        await Task.Delay(150, Cancellation);

        // The second part cannot end, because nobody takes its rows, and so the third does not begin.
        source.Asked.Count.ShouldBe(2);
        (await Task.Run(() => run.Next()!.Gather(), Cancellation)).RowCount.ShouldBe(30);
    }

    [Fact]
    public async Task A_part_that_fails_names_all_that_are_missing()
    {
        var source = new HourSource { Before = (range, _) => range.Start == Start.AddHours(8) ? throw new SourceException(SourceFault.Throttled, "Too many.") { Status = 429 } : Task.CompletedTask };
        var rows = new List<int>();

        using SourceRun run = SplitQueries.Begin(Query, source.BeginAsync, Cancellation);
        SourceException error = await Task.Run(() => Should.Throw<SourceException>(() =>
        {
            foreach (TableBatch batch in run.Next()!.TakeBatches())
            {
                rows.Add(batch.Table.RowCount);
            }
        }), Cancellation);

        error.Fault.ShouldBe(SourceFault.Throttled);
        error.Status.ShouldBe(429);
        error.Message.ShouldContain("Of 8 parts of the time range, parts 3 to 8 (2024-01-01 08:00:00Z to 2024-01-02 06:00:00Z) are missing");
        error.Message.ShouldContain("Too many.");
        rows.Count.ShouldBe(8);
        Should.Throw<SourceException>(() => run.Next()).Message.ShouldBe(error.Message);
    }

    [Fact]
    public async Task A_part_with_other_columns_is_an_error()
    {
        var other = new TableSchema([new ColumnSchema("Other", ColumnType.DateTime)]);
        var source = new HourSource { SchemaOf = range => range.Start == Start ? HourSource.Schema : other };

        using SourceRun run = SplitQueries.Begin(Query, source.BeginAsync, Cancellation);

        (await Task.Run(() => Should.Throw<SourceException>(() => run.Next()!.Gather()), Cancellation)).Message.ShouldContain("Its columns are (Other: datetime)");
    }

    [Fact]
    public async Task Disposing_of_a_run_ends_all_its_parts()
    {
        var source = new HourSource { Before = (range, token) => range.Start == Start ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token) };
        SourceRun run = SplitQueries.Begin(Query, source.BeginAsync, Cancellation);
        await Task.Run(() => run.Next(), Cancellation);

        run.Dispose();

        source.Open.ShouldBe(0);
        source.Asked.Count.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task Cancelling_ends_who_reads()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.2));
        var source = new HourSource { Before = (_, token) => Task.Delay(Timeout.Infinite, token) };
        using SourceRun run = SplitQueries.Begin(Query, source.BeginAsync, stop.Token);

        await Task.Run(() => Should.Throw<OperationCanceledException>(() => run.Next()), Cancellation);
    }

    [Theory]
    [InlineData("T")]
    [InlineData("T | where a > 1 and b has 'x' | extend c = strcat(a, b) | project-away d | project a, c | project-rename z = a | project-reorder z | project-keep z, c")]
    [InlineData("let hosts = dynamic(['a', 'b']); let f = (x:string) { tolower(x) }; T | where f(Host) in (hosts) | parse Text with * 'user=' User ' ' * | parse-where Text with 'x' y | mv-expand Parts")]
    [InlineData("declare query_parameters(h:string); T | where Host == h | parse-kv Text as (a:string) | render table")]
    [InlineData("['My Table'] | where x in (1, 2, 3)")]
    public void What_makes_something_of_each_row_may_be_split(string text)
    {
        QueryShape.RequireSplittable(text);
    }

    [Theory]
    [InlineData("T | where x > 1\n| summarize count() by Host", "'summarize' looks at more than one row or table at once (line 2, column 3)")]
    [InlineData("T | sort by x", "'sort'")]
    [InlineData("T | order by x", "'order'")]
    [InlineData("T | take 10", "'take'")]
    [InlineData("T | limit 10", "'limit'")]
    [InlineData("T | top 5 by x", "'top'")]
    [InlineData("T | count", "'count'")]
    [InlineData("T | distinct Host", "'distinct'")]
    [InlineData("T | sample 3", "'sample'")]
    [InlineData("T | serialize", "'serialize'")]
    [InlineData("T | join kind=inner (U) on x", "'join'")]
    [InlineData("T | lookup U on x", "'lookup'")]
    [InlineData("T | union U", "'union'")]
    [InlineData("union T, U", "does not begin with the name of a table")]
    [InlineData("T | make-series count() on Time step 1h", "'make-series'")]
    [InlineData("T | evaluate bag_unpack(Bag)", "'evaluate'")]
    [InlineData("T | invoke f()", "'invoke'")]
    [InlineData("T | mv-apply x on (summarize max(x))", "'mv-apply'")]
    [InlineData("T | getschema", "'getschema'")]
    [InlineData("T | extend y = row_number()", "'row_number' looks at the rows beside")]
    [InlineData("T | where x in (U)", "'U' in a list may be another table")]
    [InlineData("T | where x in ((U | project y))", "")]
    [InlineData("T | where x in (toscalar(U | count))", "")]
    [InlineData("T | where x > toscalar(T | summarize avg(x))", "")]
    [InlineData("let U2 = U | where y; T | where x in (U2)", "second table")]
    [InlineData("let U2 = U; T | where x in (U2)", "'U' may be another table")]
    [InlineData("let V = () { U | where y }; V | where z", "does not begin with the name of a table")]
    [InlineData("let T = U; T | where z", "does not begin")]
    [InlineData("table('T') | where x", "does not begin")]
    [InlineData("MyFunction() | where x", "does not begin")]
    [InlineData("Security* | where x", "")]
    [InlineData("print 1", "does not begin")]
    [InlineData("range x from 1 to 3 step 1", "does not begin")]
    [InlineData("T | where x; U | where y", "does not begin")]
    [InlineData("T | where (", "")]
    [InlineData("", "")]
    public void What_looks_at_more_is_refused_with_its_name_and_place(string text, string said)
    {
        QuarryException error = Should.Throw<QuarryException>(() => SplitQueries.Begin(Query with { Text = text }, (_, _) => throw new InvalidOperationException("It was asked."), CancellationToken.None));

        error.Message.ShouldContain(said);
    }

    [Fact]
    public void A_range_that_cannot_be_split_is_refused()
    {
        Refused(Query with { Range = null }).ShouldContain("no time range");
        Refused(Query with { SplitBy = TimeSpan.Zero }).ShouldContain("above zero");
        Refused(Query with { Range = new TimeRange(Start, Start) }).ShouldContain("above zero");
        Refused(Query with { SplitBy = TimeSpan.FromSeconds(1) }).ShouldContain("108,000 parts");

        static string Refused(SourceQuery query) =>
            Should.Throw<SourceException>(() => SplitQueries.Begin(query, (_, _) => throw new InvalidOperationException("It was asked."), CancellationToken.None)).Message;
    }

    private sealed class Told(List<SourceProgress> told) : IProgress<SourceProgress>
    {
        public void Report(SourceProgress value)
        {
            lock (told)
            {
                told.Add(value);
            }
        }
    }
}
