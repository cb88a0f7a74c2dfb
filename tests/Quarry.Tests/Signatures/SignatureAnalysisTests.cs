using Quarry.Catalogue;
using Quarry.Charts;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Tests.Signatures;

public sealed class SignatureAnalysisTests
{
    private static readonly Table Sample = new TableBuilder(
            ("Operation", ColumnType.String), ("File", ColumnType.String), ("Sid", ColumnType.String), ("Type", ColumnType.String))
        .AddRow("Read", "a.txt", null, "O").AddRow("Read", "b.txt", null, "O").AddRow("Write", "a.txt", "", "O")
        .AddRow("Login", "", "S-1", "O").Build();

    [Fact]
    public void Lists_the_signatures()
    {
        Table result = Run(SignatureOptions.Default);

        result.Schema.Select(c => c.Name).ShouldBe(SignatureAnalysis.Entry.Output.Select(c => c.Name));
        Rows(result).ShouldBe(
        [
            """1|3|0.75|["Operation","File"]|["Sid"]|110|0|false""",
            """2|1|0.25|["Operation","Sid"]|["File"]|101|3|true""",
        ]);
    }

    [Fact]
    public void A_terminal_shows_all_of_a_view_but_the_long_columns_of_the_list()
    {
        string[] hidden = [.. Enum.GetValues<SignatureView>().Select(view => new SignatureOptions { View = view })
            .Append(new SignatureOptions { Signature = 1 }).Append(new SignatureOptions { Feature = "Operation" })
            .SelectMany(SignatureTables.SchemaOf).Select(c => c.Name).Except(SignatureAnalysis.Entry.Headline)];

        hidden.ShouldBe(["present_features", "pattern", "first_row"]);
    }

    [Fact]
    public void Shows_one_signature()
    {
        Rows(Run(new SignatureOptions { Signature = 2 })).ShouldBe(
        [
            "2|signature||101|1|0.25|",
            "2|note||One row: too small to generalise. All it holds is constant, and most of it unique.|||",
            "2|present|Operation||1|1|1",
            "2|present|Sid||1|1|1",
            "2|missing|File||0|0|",
            "2|always|Operation|Login|1|1|",
            "2|always|Sid|S-1|1|1|",
            "2|unique|Operation|Login|1|1|",
            "2|unique|Sid|S-1|1|1|",
            @"2|kql||where tostring(['Operation']) matches regex @'[^\t-\r\x{85}\p{Z}]' and not(tostring(['File']) matches regex @'[^\t-\r\x{85}\p{Z}]') and tostring(['Sid']) matches regex @'[^\t-\r\x{85}\p{Z}]'|||",
        ]);
    }

    [Fact]
    public void Counts_the_values_of_a_feature_and_adds_up_the_rest()
    {
        var options = new SignatureOptions { Feature = "Operation", Top = 1 };

        Rows(Run(options)).ShouldBe(["|Operation|value|Read|2|0.5", "|Operation|rest|2 more|2|0.5"]);
        Rows(Run(options with { Signature = 1 })).ShouldBe(["1|Operation|value|Read|2|0.6666666666666666", "1|Operation|rest|1 more|1|0.3333333333333333"]);
        Rows(Run(options with { Signature = 1, Feature = "Sid" })).ShouldBeEmpty();
        Rows(Run(options with { Feature = "Type" })).ShouldBe(["|Type|value|O|4|1"], "a column that was dropped as invariant still has its values");
    }

    [Fact]
    public void Draws_the_distribution_as_bars()
    {
        var options = new SignatureOptions { Feature = "Operation", Top = 1 };

        var chart = (BarChart)SignatureAnalysis.Entry.Draw(Run(options), options).Single();

        chart.Title.ShouldBe("Operation in all rows");
        chart.LabelName.ShouldBe("Operation");
        chart.Bars.ShouldBe([new Bar("Read", 2), new Bar("2 more", 2, IsRest: true)]);
        ((BarChart)SignatureAnalysis.Entry.Draw(Run(SignatureOptions.Default), SignatureOptions.Default).Single()).Bars.ShouldBe([new Bar("1", 3), new Bar("2", 1)]);
        SignatureAnalysis.Entry.Draw(Run(new SignatureOptions { View = SignatureView.Rare }), new SignatureOptions { View = SignatureView.Rare }).ShouldBeEmpty();
    }

    [Fact]
    public void Has_a_view_for_what_is_rare_splits_identifies_and_was_dropped()
    {
        Rows(Run(new SignatureOptions { View = SignatureView.Rare })).ShouldBe(
        [
            """2|1|0.25|2|4|[{"feature":"File","is":"missing","share":0.25},{"feature":"Sid","is":"present","share":0.25}]|3""",
            "1|3|0.75|0.4150374992788438|0.8300749985576876|[]|0",
        ]);
        Rows(Run(new SignatureOptions { View = SignatureView.Pivots })).Select(r => r.Split('|')[0]).ShouldBe(["File", "Sid", "Operation"]);
        Rows(Run(new SignatureOptions { View = SignatureView.Unique })).ShouldBe(["2|Operation|Login|1|1|true", "2|Sid|S-1|1|1|true"]);
        Rows(Run(new SignatureOptions { View = SignatureView.Dropped })).ShouldBe(["Type|invariant|one value in every row: O"]);
        Rows(Run(new SignatureOptions { View = SignatureView.Kql, Signature = 1 })).Single().ShouldStartWith("1|3|tostring(['Operation'])");
    }

    [Fact]
    public void Looks_at_the_columns_that_were_asked_for_and_remarks_what_it_left_out()
    {
        var remarks = new List<string>();
        var context = new AnalysisContext { Columns = ["Type", "Sid", "File"], Remark = remarks.Add };

        Table result = SignatureAnalysis.Entry.Run(TableStream.Of(Sample), new SignatureOptions { Exclude = ["Nothing"] }, context).Gather();

        Rows(result)[0].ShouldBe("""1|3|0.75|["File"]|["Sid"]|01|0|false""");
        remarks.ShouldBe(
        [
            "There is no column 'Nothing' to exclude.",
            "1 column was dropped, never filled or one value in every row (--keep-invariant keeps them): Type.",
            "--view dropped says why each was.",
        ]);
    }

    [Fact]
    public void Refuses_columns_that_are_not_there_before_it_reads()
    {
        TableStream Unread() => new(Sample.Schema, Enumerable.Range(0, 1).Select<int, TableBatch>(_ => throw new InvalidOperationException("was read")));

        Should.Throw<UnknownColumnException>(() => SignatureAnalysis.Entry.Run(Unread(), new SignatureOptions { Feature = "Nothing" }, AnalysisContext.Default));
        Should.Throw<UnknownColumnException>(() => SignatureAnalysis.Entry.Run(Unread(), SignatureOptions.Default, new AnalysisContext { Columns = ["Nothing"] }));
        SignatureAnalysis.Entry.Run(Unread(), SignatureOptions.Default, AnalysisContext.Default).Schema.Count.ShouldBe(8);
    }

    [Fact]
    public void Writes_a_signature_for_a_person()
    {
        var options = new SignatureOptions { Signature = 1 };
        using var text = new StringWriter { NewLine = "\n" };

        SignatureAnalysis.Entry.WriteText(Run(options), options, text, 80);

        text.ToString().ShouldBe(
            """
            signature 1: 3 rows (75 %)

            filled
              Operation: 2 values
              File: 2 values

            not filled
              Sid

            KQL
              where tostring(['Operation']) matches regex @'[^\t-\r\x{85}\p{Z}]' and tostring(['File']) matches regex @'[^\t-\r\x{85}\p{Z}]' and not(tostring(['Sid']) matches regex @'[^\t-\r\x{85}\p{Z}]')

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Writes_every_view_as_text()
    {
        using var text = new StringWriter { NewLine = "\n" };
        foreach (SignatureView view in Enum.GetValues<SignatureView>())
        {
            var options = new SignatureOptions { View = view };
            SignatureAnalysis.Entry.WriteText(Run(options), options, text, 40);
        }

        text.ToString().ShouldStartWith("signature 1: 3 rows (75 %), 2 of 3 columns\n  missing: Sid\nsignature 2: 1 row (25 %), 2 of 3 columns, too small to generalise\n  missing: File\n");
        text.ToString().ShouldContain("feature: Type\n  reason: invariant\n");
    }

    private static Table Run(SignatureOptions options) =>
        SignatureAnalysis.Entry.Run(TableStream.Of(Sample, 3), options, AnalysisContext.Default).Gather();

    private static string[] Rows(Table table) => [.. Enumerable.Range(0, table.RowCount)
        .Select(row => string.Join("|", table.Columns.Select(c => CellReading.ReadText(c, row))))];
}
