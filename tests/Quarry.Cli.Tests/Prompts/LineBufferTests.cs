using Quarry.Cli.Prompts;

namespace Quarry.Cli.Tests.Prompts;

public class LineBufferTests
{
    [Fact]
    public void The_caret_moves_between_lines_and_stays_in_them()
    {
        var buffer = new LineBuffer();
        buffer.Set("first line\nx\nthird");

        buffer.Up();
        buffer.Caret.ShouldBe(12);
        buffer.Up();
        buffer.Caret.ShouldBe(1);
        buffer.IsInFirstLine.ShouldBeTrue();
        buffer.Down();
        buffer.Line.ShouldBe("x");
        buffer.End();
        buffer.Insert("y");
        buffer.Text.ShouldBe("first line\nxy\nthird");
    }

    [Fact]
    public void A_character_of_two_units_is_one()
    {
        var buffer = new LineBuffer();
        buffer.Set("a😀b");

        buffer.Left();
        buffer.Backspace();

        buffer.Text.ShouldBe("ab");
        buffer.Home();
        buffer.Delete();
        buffer.Text.ShouldBe("b");
    }

    [Fact]
    public void Any_keys_leave_the_caret_in_the_text()
    {
        var random = new Random(7);
        var buffer = new LineBuffer();
        for (int i = 0; i < 20_000; i++)
        {
            switch (random.Next(16))
            {
                case 0: buffer.Left(); break;
                case 1: buffer.Right(); break;
                case 2: buffer.Home(); break;
                case 3: buffer.End(); break;
                case 4: buffer.KillToEnd(); break;
                case 5: buffer.KillToStart(); break;
                case 6: buffer.KillWord(); break;
                case 7: buffer.Backspace(); break;
                case 8: buffer.Delete(); break;
                case 9: buffer.WordLeft(); break;
                case 10: buffer.WordRight(); break;
                case 11 when !buffer.IsInFirstLine: buffer.Up(); break;
                case 12 when !buffer.IsInLastLine: buffer.Down(); break;
                default: buffer.Insert(random.Next(4) switch { 0 => "\n", 1 => "😀", 2 => "ab ", _ => "\ud83d" }); break;
            }

            buffer.Caret.ShouldBeInRange(0, buffer.Text.Length);
        }
    }
}
