using Quarry.Data.Files;
using Quarry.Tables;

namespace Quarry.Data.Tests.Files.Readers;

public sealed class WholeTextReaderTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_script_is_one_row_with_its_lines_as_they_are() =>
        Read("script.ps1", "$a = 'x'\r\n\r\n$b, $c\r\n", new InputOptions { PlainText = FileFormat.Text })
            .ShouldBe(["$a = 'x'\r\n\r\n$b, $c\r\n"]);

    [Fact]
    public void Without_being_asked_for_plain_text_is_read_by_lines() =>
        Read("script.ps1", "a\nb\n", new InputOptions()).ShouldBe(["a", "b"]);

    [Fact]
    public void A_log_is_read_by_lines_all_the_same() =>
        Read("a.log", "a\nb\n", new InputOptions { PlainText = FileFormat.Text }).ShouldBe(["a", "b"]);

    [Fact]
    public void A_text_longer_than_the_sample_is_read_by_lines_all_the_same() =>
        Read("a.txt", new string('x', 2000) + "\nb\n", new InputOptions { PlainText = FileFormat.Text, SampleBytes = 1000 }).Length.ShouldBe(2);

    [Theory]
    [InlineData("aaaa\nbbbb\ncccc\n")]
    [InlineData("aaaabbbbcccc")]
    [InlineData("éééééééé")]
    [InlineData("aéééééééé")]
    [InlineData("\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00")]
    public void A_text_over_the_limit_is_cut_between_characters_and_nothing_is_lost(string text)
    {
        string[] rows = Read("a.txt", text, new InputOptions { Format = FileFormat.Text, LargestRow = 7 });

        rows.Length.ShouldBeGreaterThan(1);
        string.Concat(rows).ShouldBe(text);
    }

    private string[] Read(string name, string text, InputOptions options)
    {
        string path = _scratch.Write(name, text);
        using TableInput input = TableInput.Open([path], options);
        Table table = input.Stream.Gather();
        return [.. Enumerable.Range(0, table.RowCount).Select(r => ((TextColumn)table[0]).GetString(r)!)];
    }
}
