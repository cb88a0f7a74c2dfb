using Quarry.Cli.Terminals;
using Quarry.Kql.Diagnostics;

namespace Quarry.Cli.Tests.Terminals;

public class MarkedErrorsTests
{
    [Fact]
    public void The_place_is_marked_under_its_line()
    {
        Marked("T\n| wher x", new TextSpan(4, 4)).ShouldBe(
            """
            error: wrong (line 2, column 3)
             2 │ | wher x
               │   ^^^^

            """);
    }

    [Fact]
    public void What_is_missing_at_the_end_is_marked_behind_the_last_word()
    {
        Marked("T |\n\n", new TextSpan(5, 0)).ShouldBe(
            """
            error: wrong (line 1, column 4)
             1 │ T |
               │    ^

            """);
    }

    [Fact]
    public void Control_characters_are_seen_and_wide_ones_are_measured()
    {
        string[] lines = Marked("\u001b[2J日本\t x", new TextSpan(8, 1)).Split('\n');

        lines[1].ShouldNotContain("\u001b");
        lines[1].ShouldContain("日本");
        (lines[2].IndexOf('^') - lines[1].IndexOf('x')).ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    [InlineData(1_000_000)]
    [InlineData(1_999_990)]
    public void Of_a_long_line_what_stands_around_the_place_is_shown(int at)
    {
        string text = new string('a', at) + "WRONG" + new string('b', 2_000_000 - at - 5);

        string[] lines = Marked(text, new TextSpan(at, 5)).Split('\n');

        lines[1].Length.ShouldBeLessThanOrEqualTo(80);
        lines[1].ShouldContain("WRONG");
        lines[2].IndexOf('^').ShouldBe(lines[1].IndexOf('W'));
    }

    [Fact]
    public void A_place_over_everything_is_cut()
    {
        string[] lines = Marked(new string('x', 10_000), new TextSpan(0, 10_000)).Split('\n');

        lines.ShouldAllBe(line => line.Length <= 80);
        lines[2].ShouldContain("^^^^");
    }

    [Fact]
    public void Any_place_of_any_text_is_marked()
    {
        var random = new Random(11);
        for (int i = 0; i < 2_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => "ab \t\r\n日\ud83d\ude00\u001b\u202e"[random.Next(12)]));
            int start = random.Next(text.Length + 3);

            Marked(text, new TextSpan(start, random.Next(100))).ShouldContain("^");
        }
    }

    private static string Marked(string text, TextSpan span)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        new MarkedErrors(text, 80, color: false).Write([new KqlDiagnostic(DiagnosticKind.Name, span, "wrong")], writer);
        return writer.ToString();
    }
}
