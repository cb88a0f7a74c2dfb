using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Tests.Signatures;

/// <summary>Exact mode against <see cref="SlowSignatures"/> on random tables, and what it promises on a table that can be read.</summary>
public sealed class ExactModeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(2000)]
    public void Equals_the_obvious_way_on_random_tables(int firstSeed)
    {
        for (int seed = firstSeed; seed < firstSeed + 300; seed++)
        {
            Table table = RandomTable.Create(seed);
            var options = new SignatureOptions
            {
                Threshold = 1 + (seed % 3),
                KeepInvariant = seed % 5 == 0,
                KeepDuplicates = seed % 7 == 0,
                Exclude = seed % 11 == 0 ? ["C1", "C3"] : [],
            };
            Compare(table, table.Signatures(options, threads: 1 + (seed % 2)), options, $"seed {seed}");
        }
    }

    [Fact]
    public void Is_the_same_over_batches_of_any_size_and_on_any_number_of_threads()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Table table = RandomTable.Create(seed, mostRows: 400);
            var options = new SignatureOptions { Threshold = 2 };
            DataSignatures whole = table.Signatures(options, threads: 1);
            foreach ((int batch, int threads) in ((int, int)[])[(1, 1), (7, 3), (64, 2), (100, 8)])
            {
                DataSignatures parts = TableStream.Of(table, batch).Signatures([], options, threads);

                foreach (SignatureView view in Enum.GetValues<SignatureView>())
                {
                    Cells(parts.ToTable(options with { View = view })).ShouldBe(Cells(whole.ToTable(options with { View = view })), $"seed {seed}, {view}");
                }
            }
        }
    }

    [Fact]
    public void Chunks_of_many_values_keep_them_all()
    {
        // Codes of one, two and four bytes, chunks of one value, and chunks that begin as such.
        const int Rows = 100_000;
        var builder = new TableBuilder(("few", ColumnType.String), ("many", ColumnType.String), ("own", ColumnType.Long), ("late", ColumnType.String));
        for (int row = 0; row < Rows; row++)
        {
            builder.Text(0).Append($"f{row % 200}");
            builder.Text(1).Append($"m{row % 40_000}");
            builder.Values<long>(2).Append(row * 3L);
            builder.Text(3).Append(row < 50_000 ? "" : row < 70_000 ? "same" : $"l{row % 300}");
        }

        DataSignatures found = TableStream.Of(builder.Build(), 30_011).Signatures([], threads: 2);

        found.Signatures.Select(s => (s.Pattern, s.Count)).ShouldBe([("1110", 50_000), ("1111", 50_000)]);
        found.Distribution("many", top: 1).DistinctValues.ShouldBe(40_000);
        found.Distribution("own", found[2], 2).ShouldSatisfyAllConditions(
            d => d.DistinctValues.ShouldBe(50_000), d => d.Values[0].Value.ShouldBe("150000"), d => d.RestCount.ShouldBe(49_998));
        found.Distribution("late", top: 2).Values.Select(v => (v.Value, v.Count)).ShouldBe([("same", 20_000), ("l100", 100)]);
        found.Distribution("few", found[1]).Values[0].ShouldBe(new ValueCount("f0", 250, 0.005));
    }

    [Fact]
    public void Keeps_a_column_that_is_constant_where_it_is_filled_and_drops_the_reference_s_way_on_request()
    {
        Table table = Table(["Marker", "x", "Id"], ["m", "1", "a"], [null, "2", "b"], [" ", "2", "c"]);

        table.Signatures().Features.ShouldBe(["Marker", "x", "Id"]);
        table.Signatures().Signatures.Select(s => s.Pattern).ShouldBe(["011", "111"]);
        table.Signatures(new SignatureOptions { Mode = SignatureMode.Reference }).Features.ShouldBe(["Marker", "x", "Id"]);
        Table(["Marker", "x"], ["m", "1"], [null, "2"]).Signatures(new SignatureOptions { Mode = SignatureMode.Reference })
            .Dropped.ShouldBe([new DroppedColumn("Marker", DropReason.Invariant, "one value where filled: m")]);
    }

    [Fact]
    public void Says_what_was_dropped_and_why()
    {
        Table table = Table(
            ["Secret", "StartTime", "Constant", "Empty", "A", "Copy", "EndTime"],
            ["s", "1", "k", "", "a", "a", "1"],
            ["t", "2", "k", null, "b", "b", "2"],
            ["u", "3", "k", " ", null, "  ", "3"]);
        var options = new SignatureOptions { Exclude = ["Secret", "Nothing"], ExcludePattern = ["End", ".*Start", "mpty"] };

        DataSignatures found = table.Signatures(options);

        found.Features.ShouldBe(["A"]);
        found.Dropped.ShouldBe(
        [
            new DroppedColumn("Secret", DropReason.Named, "excluded by name"),
            new DroppedColumn("StartTime", DropReason.Pattern, "matches .*Start"),
            new DroppedColumn("EndTime", DropReason.Pattern, "matches End"),
            new DroppedColumn("Constant", DropReason.Invariant, "one value in every row: k"),
            new DroppedColumn("Empty", DropReason.Invariant, "never filled"),
            new DroppedColumn("Copy", DropReason.Duplicate, "equals A"),
        ]);
        found.Remarks().ShouldBe(
        [
            "1 column was left out as asked: Secret.",
            "2 columns were left out as asked: StartTime, EndTime.",
            "2 columns were dropped, never filled or one value in every row (--keep-invariant keeps them): Constant, Empty.",
            "1 column was dropped, equal to an earlier one (--keep-duplicates keeps them): Copy.",
            "--view dropped says why each was.",
        ]);
        table.Signatures(options with { KeepInvariant = true, KeepDuplicates = true }).Features.ShouldBe(["Constant", "Empty", "A", "Copy"]);
    }

    [Fact]
    public void Unique_values_are_in_no_other_signature_and_all_are_listed()
    {
        Table table = Table(
            ["Kind", "Mark", "Extra"],
            ["read", "m", "e1"], ["read", "m", "e2"], ["read", "n", null], ["read", "n", null], ["write", "o", null]);

        DataSignatures one = table.Signatures();
        DataSignatures two = table.Signatures(new SignatureOptions { Threshold = 2 });

        one.Signatures.Select(s => s.Pattern).ShouldBe(["110", "111"]);
        one.Detail(one[1]).Unique.ShouldBeEmpty();
        one.Detail(one[2]).Unique.ShouldBe([new FeatureValue("Mark", "m", 2, 1)]);
        one.Detail(one[2]).Always.ShouldBe([new FeatureValue("Kind", "read", 2, 0.5), new FeatureValue("Mark", "m", 2, 1)]);
        two.Detail(two[1]).Unique.ShouldBe([new FeatureValue("Kind", "write", 1, 1), new FeatureValue("Mark", "n", 2, 1), new FeatureValue("Mark", "o", 1, 1)]);
        two.Detail(two[2]).Unique.ShouldBe([new FeatureValue("Mark", "m", 2, 1), new FeatureValue("Extra", "e1", 1, 1), new FeatureValue("Extra", "e2", 1, 1)]);
    }

    [Fact]
    public void A_signature_of_one_row_is_marked()
    {
        DataSignatures found = Table(["A", "B"], ["1", "x"], ["2", "y"], ["3", null]).Signatures();

        found.Signatures.Select(s => s.IsSingleRow).ShouldBe([false, true]);
        Cells(found.ToTable(new SignatureOptions { Signature = 2 })).ShouldContain("note");
    }

    [Fact]
    public void Rare_signatures_come_rarest_first_and_name_the_columns_that_make_them_so()
    {
        Table table = Table(
            ["A", "B", "C"],
            ["1", "x", null], ["2", "y", null], ["3", "x", null], ["4", "y", null], ["5", null, null], [null, null, "!"]);

        IReadOnlyList<RareSignature> rare = table.Signatures().Rare();

        rare.Select(r => r.Signature.Pattern).ShouldBe(["001", "100", "110"]);
        rare[0].Surprise.ShouldBe(Math.Log2(6), 1e-12);
        rare[0].Deviation.ShouldBe(Math.Log2(6) + Math.Log2(3) + Math.Log2(6), 1e-12);
        rare[0].UnusualFeatures.Select(u => (u.Feature, u.IsPresent)).ShouldBe([("A", false), ("C", true), ("B", false)]);
        rare[1].UnusualFeatures.ShouldBe([new UnusualFeature("B", false, 1 - (4 / 6.0))]);
    }

    [Fact]
    public void Pivot_columns_are_those_that_split_the_rows_most_evenly()
    {
        Table table = Table(["A", "B", "C"], ["1", "x", null], ["2", "y", null], ["3", null, null], ["4", null, "!"]);

        table.Signatures().Pivots().ShouldBe(
        [
            new PivotColumn("B", 2, 0.5, 1, 2, 1),
            new PivotColumn("C", 1, 0.25, 1, 2, (-0.25 * Math.Log2(0.25)) - (0.75 * Math.Log2(0.75))),
            new PivotColumn("A", 4, 1, 3, 0, 0),
        ]);
    }

    private static void Compare(Table table, DataSignatures found, SignatureOptions options, string label)
    {
        var slow = new SlowSignatures(table, options);
        found.Features.ShouldBe(slow.Features, label);
        (found.Features.Count + found.Dropped.Count).ShouldBe(table.Columns.Count, label);
        found.RowCount.ShouldBe(table.RowCount);
        found.Signatures.Select(s => s.Pattern).ShouldBe(slow.Signatures.Select(s => s.Pattern), label);
        for (int i = 0; i < found.Signatures.Count; i++)
        {
            RowSignature signature = found.Signatures[i];
            signature.Number.ShouldBe(i + 1);
            found.RowsOf(signature).ToArray().ShouldBe(slow.Signatures[i].Rows, label);
            signature.FirstRow.ShouldBe(slow.Signatures[i].Rows[0]);
            signature.PresentFeatures.ShouldBe(slow.Features.Where((_, f) => signature.Pattern[f] == '1'), label);
            signature.MissingFeatures.ShouldBe(slow.Features.Where((_, f) => signature.Pattern[f] == '0'), label);
            SignatureDetail detail = found.Detail(signature);
            Count(detail.Always).ShouldBe(Count(slow.Always(i)), label);
            Count(detail.Unique).ShouldBe(Count(slow.Unique(i, options.Threshold)), label);
            detail.Always.Count.ShouldBe(detail.DistinctValues.Count(d => d == 1), label);
            foreach (string feature in found.Features)
            {
                Compare(found.Distribution(feature, signature, 3), slow.Distribution(feature, i), label);
            }
        }

        foreach (string feature in found.Features)
        {
            Compare(found.Distribution(feature, null, 3), slow.Distribution(feature, null), label);
        }

        // The texts of values differ in form (a number's type is before it in the slow ones): features, counts and shares are compared.
        static string[] Count(IEnumerable<object> values) => [.. values.Select(v => v is FeatureValue f
            ? $"{f.Feature}={Shown(f.Value)} x{f.Count} {f.Share:R}"
            : v.ToString()!.Replace("=text ", "=", StringComparison.Ordinal).Replace("=number ", "=", StringComparison.Ordinal)
                .Replace("=flag 1 ", "=true ", StringComparison.Ordinal).Replace("=flag 0 ", "=false ", StringComparison.Ordinal))];

        static string Shown(string value) => DateTime.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss'Z'", null, System.Globalization.DateTimeStyles.AdjustToUniversal, out DateTime time)
            ? $"time {time.Ticks}"
            : value;
    }

    private static void Compare(FeatureDistribution found, (string Value, int Count)[] slow, string label)
    {
        found.DistinctValues.ShouldBe(slow.Length, label);
        found.Rows.ShouldBe(slow.Sum(v => v.Count), label);
        found.Values.Select(v => v.Count).ShouldBe(slow.Take(3).Select(v => (long)v.Count), label);
        found.RestCount.ShouldBe(slow.Skip(3).Sum(v => v.Count), label);
        found.Values.Select(v => v.Probability).ShouldBe(slow.Take(3).Select(v => (double)v.Count / slow.Sum(s => s.Count)), label);
    }

    private static string Cells(Table table) => string.Join("\n", Enumerable.Range(0, table.RowCount)
        .Select(row => string.Join("|", table.Columns.Select(c => CellReading.ReadText(c, row)))));

    private static Table Table(string[] names, params string?[][] rows)
    {
        var builder = new TableBuilder(names.Select(n => (n, ColumnType.String)));
        foreach (string?[] row in rows)
        {
            builder.AddRow([.. row]);
        }

        return builder.Build();
    }
}
