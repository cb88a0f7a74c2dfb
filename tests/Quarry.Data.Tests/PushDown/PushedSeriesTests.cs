using FsCheck.Fluent;
using Quarry.Data.Tests.Kql;
using Quarry.Tables;
using Quarry.TimeSeries;

namespace Quarry.Data.Tests.PushDown;

/// <summary>Series that are added up where the rows are, against those of the fetched rows.</summary>
public sealed class PushedSeriesTests
{
    private static readonly SeriesAggregate[] Aggregates = Enum.GetValues<SeriesAggregate>();
    private static readonly GapFilling[] Fillings = [GapFilling.Zero, GapFilling.Previous, GapFilling.Linear, GapFilling.None];

    [Theory]
    [InlineData(AnomalyView.Points)]
    [InlineData(AnomalyView.Anomalies)]
    [InlineData(AnomalyView.Periods)]
    public async Task Equal_those_of_the_corpus(AnomalyView view)
    {
        using PushedTables tables = await PushedTables.OfCorpus("timeseries.csv");

        await Compare(tables, new AnomalyOptions { View = view });
        await Compare(tables, new AnomalyOptions { View = view, Step = TimeSpan.FromHours(6), Aggregate = SeriesAggregate.Avg });
    }

    [Fact]
    public void Equal_those_of_the_same_rows_here() => Prop.ForAll<int>(seed => Random(seed).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public async Task Say_which_rows_were_left_out()
    {
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var builder = new TableBuilder(("time", ColumnType.DateTime), ("x", ColumnType.Real));
        for (int i = 0; i < 100; i++)
        {
            builder.AddRow(start.AddHours(i), (double)(i % 24));
        }

        builder.AddRow(null, 1.0).AddRow(start, null).AddRow(start, double.NaN).AddRow(start, double.PositiveInfinity);
        using PushedTables tables = PushedTables.Of(builder.Build());

        await Compare(tables, new AnomalyOptions { Step = TimeSpan.FromHours(1) });

        tables.Remarks.ShouldContain("1 row has no time. It is left out.");
        tables.Remarks.ShouldContain("1 row has no value. It is left out.");
        tables.Remarks.ShouldContain("2 rows have values that are NaN or infinite. They are left out.");
    }

    [Fact]
    public async Task Of_columns_that_are_no_times_or_numbers_are_refused_with_what_to_do()
    {
        using PushedTables tables = PushedTables.Of(new TableBuilder(("time", ColumnType.String), ("x", ColumnType.String), ("k", ColumnType.Dynamic), ("t", ColumnType.DateTime))
            .AddRow("2024-01-01", "1", "[]", DateTime.UnixEpoch).Build());

        (await Refused(new AnomalyOptions { Time = "time" })).ShouldContain("todatetime(");
        (await Refused(new AnomalyOptions { Time = "t", Value = "x" })).ShouldContain("todouble(");
        (await Refused(new AnomalyOptions { Time = "t", Aggregate = SeriesAggregate.Count, By = ["k"] })).ShouldContain("tostring(");

        async Task<string> Refused(AnomalyOptions options) => (await Should.ThrowAsync<QuarryException>(() => tables.There(AnomalyAnalysis.Entry, options))).Message;
    }

    [Fact]
    public async Task Of_no_rows_are_none_and_of_no_usable_rows_an_error()
    {
        var empty = new TableBuilder(("t", ColumnType.DateTime), ("x", ColumnType.Real));
        using PushedTables none = PushedTables.Of(empty.Build());
        (await none.There(AnomalyAnalysis.Entry, new AnomalyOptions())).RowCount.ShouldBe(0);

        using PushedTables useless = PushedTables.Of(new TableBuilder(("t", ColumnType.DateTime), ("x", ColumnType.Real)).AddRow(null, 1.0).Build());
        (await Should.ThrowAsync<QuarryException>(() => useless.There(AnomalyAnalysis.Entry, new AnomalyOptions()))).Message.ShouldContain("None of 1 rows");
    }

    [Fact]
    public async Task Of_one_row_a_step_do_not_fetch_the_rows()
    {
        using PushedTables tables = PushedTables.Of(Events(3, 5000, spread: 200));

        Table found = await tables.There(AnomalyAnalysis.Entry, new AnomalyOptions { Step = TimeSpan.FromHours(1), Aggregate = SeriesAggregate.Count, Period = ["24"] });

        found.RowCount.ShouldBeLessThanOrEqualTo(201);
        tables.Queries.Skip(1).ShouldAllBe(query => query.Contains("| summarize ", StringComparison.Ordinal));
    }

    private static async Task Random(int seed)
    {
        var random = new System.Random(seed);
        SeriesAggregate aggregate = Aggregates[random.Next(Aggregates.Length)];
        bool infers = random.Next(2) == 0;
        using PushedTables tables = PushedTables.Of(infers ? Ticks(seed) : Events(seed, random.Next(1, 400), spread: 100));
        await Compare(tables, new AnomalyOptions
        {
            Time = "t",
            Value = aggregate == SeriesAggregate.Count && random.Next(2) == 0 ? null : (string[])["x", "n", "w", "d", "b"] is { } names ? names[random.Next(5)] : null,
            Aggregate = aggregate,
            Fill = Fillings[random.Next(Fillings.Length)],
            By = ((string[][])[[], ["k"], ["k", "i"]])[random.Next(3)],
            Step = infers ? null : TimeSpan.FromMinutes(random.Next(1, 4) * 30),
            Period = ["3"],
            View = (AnomalyView)random.Next(3),
        });
    }

    // Rows at any times, with gaps, nulls and equal times; numbers whose sums are exact.
    private static Table Events(int seed, int rows, int spread)
    {
        var random = new System.Random(seed);
        var builder = Builder();
        var used = new HashSet<long>();
        for (int row = 0; row < rows; row++)
        {
            long ticks = (long)(random.NextDouble() * spread * TimeSpan.TicksPerHour);
            AddRow(builder, random, used.Add(ticks) ? new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(ticks) : null);
        }

        return builder.Build();
    }

    // Rows at even steps from an odd origin, with gaps and a few that stand between.
    private static Table Ticks(int seed)
    {
        var random = new System.Random(seed);
        var builder = Builder();
        DateTime time = new DateTime(2024, 3, 1, 0, 7, 11, DateTimeKind.Utc).AddTicks(13);
        for (int row = 0; row < random.Next(2, 150); row++)
        {
            time = time.AddMinutes(5 * (random.Next(8) == 0 ? random.Next(1, 4) : 1));
            AddRow(builder, random, random.Next(60) == 0 ? time.AddSeconds(1) : time);
        }

        return builder.Build();
    }

    private static TableBuilder Builder() => new(
        ("k", ColumnType.String), ("x", ColumnType.Real), ("t", ColumnType.DateTime), ("n", ColumnType.Long), ("w", ColumnType.TimeSpan), ("d", ColumnType.Decimal),
        ("b", ColumnType.Bool), ("i", ColumnType.Int));

    private static void AddRow(TableBuilder builder, System.Random random, DateTime? time)
    {
        object? Rarely(object value) => random.Next(20) == 0 ? null : value;
        builder.AddRow(
            ((string[])["a", "b", "é", ""])[random.Next(4)], Rarely(random.Next(20) == 0 ? double.NaN : random.Next(-8, 9) / 4.0), time, Rarely((long)random.Next(100)),
            Rarely(TimeSpan.FromSeconds(random.Next(50))), Rarely((decimal)random.Next(9) / 2), Rarely(random.Next(2) == 0), Rarely(random.Next(2)));
    }

    private static async Task Compare(PushedTables tables, AnomalyOptions options)
    {
        (Table? Rows, string? Error) here = await Try(() => tables.Here(AnomalyAnalysis.Entry, options)), there = await Try(() => tables.There(AnomalyAnalysis.Entry, options));
        (there.Error is null).ShouldBe(here.Error is null, $"{options}\nhere: {here.Error}\nthere: {there.Error}");
        if (here.Rows is not null && there.Rows is not null)
        {
            there.Rows.Schema.ToArray().ShouldBe(here.Rows.Schema.ToArray());
            Lines(there.Rows, options).ShouldBe(Lines(here.Rows, options), $"{options}\n{string.Join("\n\n", tables.Queries)}");
        }
    }

    private static async Task<(Table? Rows, string? Error)> Try(Func<Task<Table>> run)
    {
        try
        {
            return (await run(), null);
        }
        catch (QuarryException error) when (error is not Quarry.Data.Kql.KqlException)
        {
            return (null, error.Message);
        }
    }

    // Series may come in another order, their points not.
    private static string[] Lines(Table table, AnomalyOptions options)
    {
        IEnumerable<object?[]> rows = table.Rows();
        int keys = options.View == AnomalyView.Periods ? 5 : 9;
        rows = rows.OrderBy(row => string.Join('|', row.Skip(keys).Take(options.By.Count)), StringComparer.Ordinal);
        return [.. rows.Select(row => string.Join(" | ", row.Select(cell => cell switch
        {
            DateTime time => time.ToString("O"),
            double value => Math.Round(value, 9).ToString("R"),
            _ => $"{cell}",
        })))];
    }
}
