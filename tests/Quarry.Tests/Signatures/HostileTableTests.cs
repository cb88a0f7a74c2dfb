using System.Diagnostics;
using System.Text;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Tests.Signatures;

/// <summary>Tables and options made to break it.</summary>
public sealed class HostileTableTests
{
    [Fact]
    public void Ten_thousand_columns_each_row_with_a_signature_of_its_own()
    {
        var random = new Random(1);
        var builder = new TableBuilder(Enumerable.Range(0, 10_000).Select(i => ($"c{i}", ColumnType.String)));
        for (int row = 0; row < 100; row++)
        {
            for (int i = 0; i < 10_000; i++)
            {
                builder.Text(i).Append(random.Next(2) == 0 ? "" : "v");
            }
        }

        Table table = builder.Build();
        DataSignatures found = table.Signatures();

        found.Signatures.Count.ShouldBe(100);
        found.Features.Count.ShouldBeGreaterThan(9_990);
        found.Signatures.ShouldAllBe(s => s.Pattern.Length == found.Features.Count && s.IsSingleRow);
        found.Unique().Count().ShouldBe(0); // a list of half a million would be printed
        found.ToTables(SignatureOptions.Default).Sum(t => t.RowCount).ShouldBe(100);
        found.ToTables(SignatureOptions.Default).Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Ten_thousand_columns_that_differ_in_the_last_row_only()
    {
        var builder = new TableBuilder(Enumerable.Range(0, 10_000).Select(i => ($"c{i}", ColumnType.String)));
        for (int row = 0; row < 20; row++)
        {
            for (int i = 0; i < 10_000; i++)
            {
                builder.Text(i).Append(row < 19 ? "same" : (i / 2).ToString("d6"));
            }
        }

        DataSignatures found = builder.Build().Signatures();

        found.Features.Count.ShouldBe(5_000);
        found.Dropped[0].ShouldBe(new DroppedColumn("c1", DropReason.Duplicate, "equals c0"));
    }

    [Theory]
    [InlineData(SignatureMode.Exact)]
    [InlineData(SignatureMode.Reference)]
    public void No_rows_one_row_no_columns_one_column_and_nothing_but_nulls(SignatureMode mode)
    {
        var options = new SignatureOptions { Mode = mode };
        Table one = new TableBuilder(("a", ColumnType.String), ("", ColumnType.Long)).AddRow("x", 1L).Build();
        Table nulls = new TableBuilder(("a", ColumnType.String), ("b", ColumnType.Real), ("c", ColumnType.Dynamic)).AddRow(null, null, null).AddRow(null, null, null).Build();
        Table column = new TableBuilder(("a", ColumnType.String)).AddRow("x").AddRow("y").AddRow(" ").Build();

        one.Slice(0, 0).Signatures(options).Signatures.ShouldBeEmpty();
        one.Signatures(options).Signatures.Select(s => (s.Pattern, s.Count, s.IsSingleRow)).ShouldBe([("", 1, true)]);
        one.Signatures(options with { KeepInvariant = true })[1].PresentFeatures.ShouldBe(["a", ""]);
        new Table(new TableSchema()).Signatures(options).Signatures.ShouldBeEmpty();
        nulls.Signatures(options).Signatures.Select(s => (s.Pattern, s.Count)).ShouldBe([("", 2)]);
        nulls.Signatures(options with { KeepInvariant = true }).Signatures.Select(s => (s.Pattern, s.Count)).ShouldBe([("0", 2)]);
        nulls.Signatures(options with { KeepInvariant = true, KeepDuplicates = true })[1].Pattern.ShouldBe("000");
        column.Signatures(options).Signatures.Select(s => (s.Pattern, s.Count)).ShouldBe([("1", 2), ("0", 1)]);
        foreach (SignatureView view in Enum.GetValues<SignatureView>())
        {
            foreach (Table table in (Table[])[one, one.Slice(0, 0), new Table(new TableSchema()), nulls, column])
            {
                table.Signatures(options).ToTable(options with { View = view }).Schema.ShouldBe(SignatureTables.SchemaOf(options with { View = view }));
            }
        }
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(.*a){20}")]
    public void A_pattern_that_explodes_elsewhere_is_matched_in_linear_time(string pattern)
    {
        Table table = new TableBuilder((new string('a', 20_000) + "!", ColumnType.String)).AddRow("x").AddRow("y").Build();
        long start = Stopwatch.GetTimestamp();

        table.Signatures(new SignatureOptions { ExcludePattern = [pattern] });

        Stopwatch.GetElapsedTime(start).TotalSeconds.ShouldBeLessThan(20);
    }

    [Theory]
    [InlineData("(", "not a regular expression")]
    [InlineData("a)|(b", "not a regular expression")]
    [InlineData(@"(a)\1", "linear time")]
    [InlineData("(?!Time).*", "linear time")]
    public void Refuses_a_pattern_that_cannot_be_used(string pattern, string why)
    {
        Should.Throw<QuarryException>(() => new SignatureOptions { ExcludePattern = [pattern] }).Message.ShouldContain(why);
    }

    [Fact]
    public void Refuses_numbers_that_mean_nothing()
    {
        Should.Throw<QuarryException>(() => new SignatureOptions { Threshold = 0 });
        Should.Throw<QuarryException>(() => new SignatureOptions { Top = -1 });
        Should.Throw<QuarryException>(() => new SignatureOptions { Signature = 0 });
        Option("--threshold", "0").ShouldContain("1 or more");
        Option("--signature", "x").ShouldContain("--signature");
        Option("--exclude-pattern", "(").ShouldContain("not a regular expression");

        static string Option(string name, string text) => Should.Throw<QuarryException>(
            () => SignatureAnalysis.Entry.Option(name).With(SignatureOptions.Default, text)).Message;
    }

    [Fact]
    public void Refuses_a_signature_or_column_that_is_not_there()
    {
        Table table = new TableBuilder(("User", ColumnType.String), ("Secret", ColumnType.String)).AddRow("a", "s").AddRow("b", null).Build();
        DataSignatures found = table.Signatures(new SignatureOptions { Exclude = ["Secret"] });

        Should.Throw<QuarryException>(() => found[2]).Message.ShouldContain("there are 1, numbered from 1");
        Should.Throw<UnknownColumnException>(() => found.Distribution("Usr")).Message.ShouldContain("User");
        Should.Throw<QuarryException>(() => found.Distribution("Secret")).Message.ShouldContain("was excluded");
        Should.Throw<QuarryException>(() => table.Slice(0, 0).Signatures()[1]).Message.ShouldContain("no rows");
    }

    [Fact]
    public void Huge_cells_and_control_characters_are_values_like_others()
    {
        string huge = new('x', 3_000_000);
        const string Control = "\u001b[31m\u202e\0";
        Table table = new TableBuilder(("a", ColumnType.String), ("b\u001b", ColumnType.String))
            .AddRow(huge, "1").AddRow(huge + "!", "2").AddRow(huge, Control).AddRow(null, Control).Build();
        DataSignatures found = table.Signatures(new SignatureOptions { Threshold = 3 });
        using var text = new StringWriter();

        found.Distribution("a").Values.Select(v => (v.Value.Length, v.Count)).ShouldBe([(3_000_000, 2), (3_000_001, 1)]);
        var options = new SignatureOptions { Signature = 1, Threshold = 3 };
        SignatureAnalysis.Entry.WriteText(found.ToTable(options), options, text, 80);
        text.ToString().ShouldContain(@"b\u001b");
        text.ToString().ShouldNotContain('\u001b');
        text.ToString().Length.ShouldBeLessThan(3_000);
        var feature = new SignatureOptions { Feature = "b\u001b" };
        ((Charts.BarChart)SignatureAnalysis.Entry.Draw(found.ToTable(feature), feature)[0]).Bars[0].Value.ShouldBe(2);
    }

    [Fact]
    public void Text_that_is_no_utf8_keeps_its_values_apart()
    {
        var builder = new TableBuilder(("a", ColumnType.String), ("b", ColumnType.String));
        foreach (byte[] bytes in (byte[][])[[0xFF], [0xFE], [0xFF], [0xC0, 0x80]])
        {
            builder.Text(0).Append(bytes);
            builder.Text(1).Append(Encoding.ASCII.GetBytes("v"));
        }

        builder.Build().Signatures().Distribution("a").DistinctValues.ShouldBe(3);
    }
}
