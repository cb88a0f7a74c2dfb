using System.Text;
using Quarry.Indicators;
using Quarry.Tables;

namespace Quarry.Tests.Indicators;

public class IndicatorTablesTests
{
    [Fact]
    public void Gives_one_row_for_each_observable_of_a_cell_in_order()
    {
        Table table = TwoColumns(("b.example.com 1.1.1.1 1.1.1.1", "me@c.org"), (null, "x"), ("1[.]1.1.1", null));

        Table found = table.ExtractIndicators(["A", "B"]);

        found.Schema.Select(column => column.Name).ShouldBe(
            ["IoCType", "Observable", "SourceIndex", "Input", "Column", "Offset", "Length", "Original", "Reference"]);
        Rows(found).ShouldBe(
        [
            "dns|b.example.com|0|b.example.com 1.1.1.1 1.1.1.1|A|0|13||",
            "ipv4|1.1.1.1|0|b.example.com 1.1.1.1 1.1.1.1|A|14|7||",
            "email|me@c.org|0|me@c.org|B|0|8||",
            "dns|c.org|0|me@c.org|B|3|5||",
            "ipv4|1[.]1.1.1|2|1[.]1.1.1|A|0|9|1[.]1.1.1|",
        ]);
    }

    [Fact]
    public void Gives_the_same_on_any_number_of_threads_and_in_batches_of_any_size()
    {
        Table table = TwoColumns([.. Enumerable.Range(0, 500).Select(i => ($"10.0.{i % 200}.1 a{i}.example.com", (string?)$"u{i}@b.org"))]);
        string[] expected = Rows(table.ExtractIndicators(["A", "B"]));

        foreach ((int size, int degree) in new[] { (1, 1), (7, 2), (64, 4), (1000, 2) })
        {
            using TableStream stream = TableStream.Of(table, size).ExtractIndicators(["A", "B"], degree: degree);
            Rows(stream.Gather()).ShouldBe(expected);
        }
    }

    [Fact]
    public void A_column_that_is_not_there_is_named_with_the_nearest_and_all()
    {
        QuarryException error = Should.Throw<UnknownColumnException>(
            () => new TableBuilder(("CommandLine", ColumnType.String), ("Id", ColumnType.Long)).Build().ExtractIndicators("CommandLin"));

        error.Message.ShouldContain("'CommandLine'");
        error.Message.ShouldContain("Id");
    }

    [Fact]
    public void Columns_that_are_not_text_and_tables_without_rows_have_none()
    {
        var builder = new TableBuilder(("Id", ColumnType.Long));
        builder.AddRow(7L);

        builder.Build().ExtractIndicators("Id").RowCount.ShouldBe(0);
        TwoColumns().ExtractIndicators("A").Schema.ShouldBe(IndicatorTables.Schema);
        Should.Throw<QuarryException>(() => TwoColumns().ExtractIndicators([])).Message.ShouldContain("at least one");
    }

    [Fact]
    public void Indicators_of_decoded_layers_carry_the_reference_of_the_layer()
    {
        Table table = TwoColumns(("seen.example.com <1>", null), ("none", null));

        Table found = table.ExtractIndicators(["A"], layers: new TwoLayers());

        Rows(found).ShouldBe(
        [
            "dns|seen.example.com|0|seen.example.com <1>|A|0|16||",
            "dns|hidden.example.com|0|seen.example.com <1>|A|17|18||1",
            "dns|deep.example.com|0|seen.example.com <1>|A|0|16||1.1",
        ]);
    }

    [Fact]
    public void Input_is_cut_where_a_cell_would_be_repeated_too_often()
    {
        string cell = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"é{i}.example.com "));

        using TableStream stream = TableStream.Of(TwoColumns((cell, null))).ExtractIndicators(["A"]);
        Table found = stream.Gather();

        found.RowCount.ShouldBe(20_000);
        found.Text("Input").GetString(19_999)!.ShouldEndWith("…");
        found.Text("Input").Buffer.Length.ShouldBeLessThan(1 << 25);
    }

    private static Table TwoColumns(params (string? A, string? B)[] rows)
    {
        var builder = new TableBuilder(("A", ColumnType.String), ("B", ColumnType.String));
        foreach ((string? a, string? b) in rows)
        {
            builder.AddRow(a, b);
        }

        return builder.Build();
    }

    private static string[] Rows(Table table) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => string.Join('|', table.Columns.Select(column => column.GetValue(row))))];

    private sealed class TwoLayers : ICellLayers
    {
        public void Visit(ReadOnlySpan<byte> cell, LayerSink sink)
        {
            if (cell.IndexOf((byte)'<') >= 0)
            {
                sink("1", "seen.example.com hidden.example.com"u8);
                sink("1.1", Encoding.UTF8.GetBytes("deep.example.com"));
            }
        }
    }
}
