using FsCheck.Fluent;
using Quarry.Data.Kql;
using Quarry.Data.PushDown;
using Quarry.Data.Sources;
using Quarry.Data.Tests.Kql;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Data.Tests.PushDown;

/// <summary>Signatures that are counted where the rows are, against those of the fetched rows.</summary>
public sealed class PushedSignaturesTests
{
    [Fact]
    public void Equal_those_of_the_same_rows_here() => Prop.ForAll<int>(seed => Compare(AnyTable.Of(seed), seed).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    [Theory]
    [InlineData("office_activity_user.csv")]
    [InlineData("processes_on_host.csv")]
    public async Task Equal_those_of_the_corpus(string name)
    {
        using PushedTables tables = await PushedTables.OfCorpus(name);

        await Compare(tables, new SignatureOptions { Threshold = 2 }, 1);
        tables.Queries.ShouldAllBe(query => query.Length < 100_000);
    }

    [Fact]
    public async Task Reach_over_more_columns_than_strcat_takes_arguments()
    {
        (string, ColumnType)[] schema = [.. Enumerable.Range(0, 130).Select(i => ($"c{i}", (ColumnType)(i % 10)))];
        var builder = new TableBuilder(schema);
        for (int row = 0; row < 40; row++)
        {
            builder.AddRow([.. Enumerable.Range(0, 130).Select(i => (row * 7 + i) % 5 == 0 ? null : Cell((ColumnType)(i % 10), row))]);
        }

        using PushedTables tables = PushedTables.Of(builder.Build());

        await Compare(tables, SignatureOptions.Default, 1);

        static object Cell(ColumnType type, int row) => type switch
        {
            ColumnType.Bool => row > 20,
            ColumnType.Int => row,
            ColumnType.Long => (long)row,
            ColumnType.Real => row / 2.0,
            ColumnType.Decimal => (decimal)row,
            ColumnType.DateTime => new DateTime(2024, 1, 1 + (row % 9), 0, 0, 0, DateTimeKind.Utc),
            ColumnType.TimeSpan => TimeSpan.FromMinutes(row),
            ColumnType.Guid => new Guid(row, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            ColumnType.Dynamic => "{\"a\":1}",
            _ => $"v{row}",
        };
    }

    [Fact]
    public async Task Send_only_aggregates()
    {
        using PushedTables tables = PushedTables.Of(AnyTable.Of(5));
        foreach (SignatureView view in Enum.GetValues<SignatureView>())
        {
            await tables.There(SignatureAnalysis.Entry, new SignatureOptions { View = view });

            tables.Queries[0].ShouldBe("T\n| take 0");
            tables.Queries.Skip(1).ShouldAllBe(query => query.Contains("| summarize ", StringComparison.Ordinal) && !query.Contains("evaluate", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Say_what_cannot_be_known_there()
    {
        using PushedTables tables = PushedTables.Of(AnyTable.Of(5));

        Table found = await tables.There(SignatureAnalysis.Entry, SignatureOptions.Default);

        Enumerable.Range(0, found.RowCount).ShouldAllBe(row => found["first_row"].IsNull(row));
        tables.Remarks.ShouldContain(remark => remark.Contains("no order of rows", StringComparison.Ordinal));
        (await Should.ThrowAsync<QuarryException>(() => tables.There(SignatureAnalysis.Entry, new SignatureOptions { Mode = SignatureMode.Reference })))
            .Message.ShouldContain("--mode reference");
    }

    [Fact]
    public async Task Name_what_is_not_there_as_the_analysis_does()
    {
        using PushedTables tables = PushedTables.Of(new TableBuilder(("a", ColumnType.String), ("b", ColumnType.Long)).AddRow("x", 1L).AddRow("", 2L).Build());

        await Should.ThrowAsync<UnknownColumnException>(() => tables.There(SignatureAnalysis.Entry, new SignatureOptions { Feature = "z" }));
        await Should.ThrowAsync<UnknownColumnException>(() => tables.There(SignatureAnalysis.Entry, SignatureOptions.Default, "z"));
        (await Should.ThrowAsync<QuarryException>(() => tables.There(SignatureAnalysis.Entry, new SignatureOptions { Signature = 9 }))).Message.ShouldContain("no signature 9");
        (await Should.ThrowAsync<QuarryException>(() => tables.There(SignatureAnalysis.Entry, new SignatureOptions { Feature = "b", Exclude = ["b"] }))).Message.ShouldContain("excluded");
    }

    [Fact]
    public async Task Of_too_many_patterns_are_refused_with_what_to_do()
    {
        // Seventeen columns give each of 2^17 patterns.
        using var database = KqlDatabase.Create();
        string columns = string.Join(", ", Enumerable.Range(0, 17).Select(i => $"c{i} = iff(binary_and(binary_shift_right(x, {i}), 1) == 1, 1, int(null))"));
        await using var source = new Quarry.Data.Sources.Local.LocalSource(database);

        (await Should.ThrowAsync<QuarryException>(() => PushedAnalysis.RunAsync(
            source, $"range x from 0 to 131071 step 1 | project {columns}", SignatureAnalysis.Entry, SignatureOptions.Default, new())))
            .Message.ShouldContain("shorter time range");
    }

    private static async Task Compare(Table table, int seed)
    {
        using PushedTables tables = PushedTables.Of(table);
        var options = new SignatureOptions { KeepInvariant = seed % 3 == 1, KeepDuplicates = seed % 5 == 1, Threshold = 1 + Math.Abs(seed % 3), Top = 1000 };
        await Compare(tables, options, 1);
    }

    // The signatures here and there, once those of equal counts have the same order.
    private static async Task Compare(PushedTables tables, SignatureOptions options, int details)
    {
        options = options with { Top = 1_000_000 };
        Table here = await tables.Here(SignatureAnalysis.Entry, options), there = await tables.There(SignatureAnalysis.Entry, options);
        int[] order = [.. Enumerable.Range(0, here.RowCount).OrderByDescending(row => (long)here["count"].GetValue(row)!).ThenBy(row => (string)here["pattern"].GetValue(row)!, StringComparer.Ordinal)];
        var number = order.Select((row, i) => (Here: (long)row + 1, There: (long)i + 1)).ToDictionary(one => one.Here, one => one.There);
        Lines(there, null, sorts: false).ShouldBe(Lines(here, number, sorts: false, order));

        foreach (SignatureView view in Enum.GetValues<SignatureView>().Except([SignatureView.Signatures]))
        {
            SignatureOptions viewed = options with { View = view };
            bool sorts = view != SignatureView.Dropped && view != SignatureView.Pivots;
            string[] expected = Lines(await tables.Here(SignatureAnalysis.Entry, viewed), number, sorts);
            Lines(await tables.There(SignatureAnalysis.Entry, viewed), null, sorts).ShouldBe(expected, $"{view}: {string.Join("\n\n", tables.Queries)}");
        }

        foreach (string feature in (await tables.Source.QueryAsync("T | take 0")).Table.Schema.Select(column => column.Name).Take(2))
        {
            SignatureOptions viewed = options with { Feature = feature };
            Lines(await tables.There(SignatureAnalysis.Entry, viewed), null).ShouldBe(Lines(await tables.Here(SignatureAnalysis.Entry, viewed), number), feature);
            if (order.Length > 0)
            {
                Lines(await tables.There(SignatureAnalysis.Entry, viewed with { Signature = 1 }), null)
                    .ShouldBe(Lines(await tables.Here(SignatureAnalysis.Entry, viewed with { Signature = order[0] + 1 }), number), feature);
            }
        }

        for (int i = 0; i < Math.Min(details, order.Length); i++)
        {
            Lines(await tables.There(SignatureAnalysis.Entry, options with { Signature = i + 1 }), null)
                .ShouldBe(Lines(await tables.Here(SignatureAnalysis.Entry, options with { Signature = order[i] + 1 }), number));
        }
    }

    private static string[] Lines(Table table, Dictionary<long, long>? number, bool sorts = true, int[]? order = null)
    {
        int signature = table.Schema.IndexOf("signature"), first = table.Schema.IndexOf("first_row");
        IEnumerable<object?[]> rows = table.Rows().Select(row => row.Select((cell, i) =>
            i == first ? null : i == signature && cell is long one && number is not null ? number[one] : cell).ToArray());
        rows = order is null ? rows : order.Select(row => rows.ElementAt(row)).ToArray();
        IEnumerable<string> lines = rows.Select(row => string.Join(" | ", row.Select(cell => cell is double real ? real.ToString("R") : $"{cell}")));
        return [.. sorts ? lines.Order(StringComparer.Ordinal) : lines];
    }
}
