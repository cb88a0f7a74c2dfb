using Quarry.Cli.Prompts;
using Quarry.Kql.Completion;

namespace Quarry.Cli.Tests.Prompts;

public class LineEditorTests
{
    private readonly QueryHistory _history = new(null);
    private readonly StringWriter _screen = new();

    [Theory]
    [InlineData("print 1;\r", "print 1;")]
    [InlineData("print 1\r\r", "print 1")]
    [InlineData("T\r| count;\r", "T\n| count;")]
    [InlineData("let x = 1;\rprint x;\r", "let x = 1;\nprint x;")]
    [InlineData("print 12\b\b3;\r", "print 3;")]
    [InlineData("rint 1;\u0001p\u0005\r", "print 1;")]
    [InlineData("print one two\u0017\u0017 1;\r", "print  1;")]
    [InlineData("x\u0015print 1;\r", "print 1;")]
    [InlineData("print 1;xx\u0002\u0002\u000b\r", "print 1;")]
    [InlineData(".tables\r", ".tables")]
    [InlineData("print '\u001b[2J\u0007'\r\r", "print '[2J'")]
    public void What_is_typed_becomes_a_query(string keys, string expected) => Read(keys).ShouldBe(expected);

    [Fact]
    public void Tab_completes_one_candidate_and_lists_several()
    {
        Read("pri\t1;\r").ShouldBe("print 1;");
        Read("T | project-\tk\t A;\r").ShouldBe("T | project-keep  A;");
        _screen.ToString().ShouldContain("project-away");
    }

    [Fact]
    public void Arrows_go_through_the_history_and_back_to_what_was_typed()
    {
        _history.Add("first;");
        _history.Add("second;\nline");

        Read("\u0010\u0010\r").ShouldBe("second;\nline");
        Read("ty\u0010\u0010\u0010\u000e\u000e\u000eped;\r").ShouldBe("typed;");
    }

    [Fact]
    public void Control_C_gives_the_text_up_and_control_D_ends()
    {
        Read("T | wh\u0003").ShouldBe("");
        Read("\u0004").ShouldBeNull();
    }

    [Fact]
    public void Nothing_in_the_history_or_in_a_candidate_reaches_the_terminal_as_a_control()
    {
        _history.Add("print '\u001b]0;owned\u0007\u009b31m\u202e'");

        Read("\u0010\u0005;\r");

        _screen.ToString().ShouldNotContain("\u001b]0");
        _screen.ToString().ShouldNotContain("\u0007");
        _screen.ToString().ShouldNotContain("\u009b");
        _screen.ToString().ShouldNotContain("\u202e");
    }

    [Fact]
    public void A_line_longer_than_the_terminal_is_drawn_over_several_rows()
    {
        Read(new string('x', 100) + ";\r").ShouldBe(new string('x', 100) + ";");

        _screen.ToString().Split("\r\n").ShouldAllBe(row => row.Length < 4000);
        _screen.ToString().ShouldContain("\u001b[2A");
    }

    private string? Read(string keys)
    {
        var waiting = new Queue<char>(keys);
        var editor = new LineEditor(
            () => Key(waiting.Dequeue()), _screen, () => 40, (text, caret) => KqlCompletion.At(text, caret, new Dictionary<string, Quarry.Tables.TableSchema>()), StatementEnd.IsReached, _history);
        return editor.Read();
    }

    private static ConsoleKeyInfo Key(char character) => new(
        character,
        character switch { '\r' => ConsoleKey.Enter, '\t' => ConsoleKey.Tab, '\b' => ConsoleKey.Backspace, _ => ConsoleKey.None },
        shift: false, alt: false, control: character is '\u0003' or '\u0004');
}
