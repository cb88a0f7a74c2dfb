using Quarry.Data.Files;
using Quarry.Tables;

namespace Quarry.Data.Tests.Files.Readers;

public sealed class LineReaderTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a\nb\r\n\nc", "a\nb\n\nc\n")]
    [InlineData("a\n", "a\n")]
    [InlineData("\n", "\n")]
    [InlineData("a\rb\n", "a\rb\n")]
    public void Gives_each_line_without_its_end(string text, string expected)
    {
        (Table table, ReadReport report) = _scratch.Read("a.log", text);

        table.Schema.ToString().ShouldBe("(Line: string)");
        Scratch.Show(table).ShouldBe(expected);
        report.IsClean.ShouldBeTrue();
    }

    [Fact]
    public void Reads_ten_megabytes_of_one_line()
    {
        (Table table, ReadReport report) = _scratch.Read("a.txt", new string('x', 10_000_000));

        table.RowCount.ShouldBe(1);
        table.Text("Line")[0].Length.ShouldBe(10_000_000);
        report.IsClean.ShouldBeTrue();
    }

    [Fact]
    public void Cuts_a_line_over_the_limit_between_characters_and_loses_nothing()
    {
        string line = string.Concat(Enumerable.Repeat("xü€😀", 5000));

        (Table table, ReadReport report) = _scratch.Read("a.txt", $"first\n{line}\nlast\n", new InputOptions { LargestRow = 999 });

        string[] rows = [.. Enumerable.Range(0, table.RowCount).Select(r => (string)table["Line"].GetValue(r)!)];
        rows[0].ShouldBe("first");
        rows[^1].ShouldBe("last");
        string.Concat(rows[1..^1]).ShouldBe(line);
        rows.ShouldAllBe(r => !r.Contains('\uFFFD'));
        report.CutLines.ShouldBe(1);
    }

    [Fact]
    public void A_line_that_ends_where_it_is_cut_has_no_empty_rest()
    {
        (Table table, _) = _scratch.Read("a.txt", new string('x', 2_000_000) + "\nb\n", new InputOptions { LargestRow = 1_000_000 });

        table.RowCount.ShouldBe(3);
    }
}
