namespace Quarry.Cli.Prompts;

/// <summary>Text of one or several lines that is being typed, with its caret. Control characters but line breaks do not get in.</summary>
internal sealed class LineBuffer
{
    // What is pasted by mistake must not fill the memory; no query is as long.
    private const int Longest = 1 << 20;

    /// <summary>The text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where the next character goes.</summary>
    public int Caret { get; private set; }

    /// <summary>Whether the caret is in the first line.</summary>
    public bool IsInFirstLine => LineStart == 0;

    /// <summary>Whether the caret is in the last line.</summary>
    public bool IsInLastLine => LineEnd == Text.Length;

    /// <summary>The line that the caret is in.</summary>
    public string Line => Text[LineStart..LineEnd];

    private int LineStart => Caret == 0 ? 0 : Text.LastIndexOf('\n', Caret - 1) + 1;

    private int LineEnd => Text.IndexOf('\n', Caret) is >= 0 and int end ? end : Text.Length;

    /// <summary>Puts another text in place of all, with the caret behind it.</summary>
    public void Set(string text)
    {
        Text = "";
        Caret = 0;
        Insert(text);
    }

    /// <summary>Puts text in at the caret.</summary>
    public void Insert(string text)
    {
        string clean = string.Concat(text.ReplaceLineEndings("\n").Replace('\t', ' ').Where(c => c == '\n' || !char.IsControl(c)));
        if (Text.Length + clean.Length > Longest)
        {
            return;
        }

        Text = Text.Insert(Caret, clean);
        Caret += clean.Length;
    }

    /// <summary>Puts text in place of what stands before the caret from a position on.</summary>
    public void ReplaceFrom(int start, string text)
    {
        Text = Text.Remove(start, Caret - start);
        Caret = start;
        Insert(text);
    }

    /// <summary>Takes away the character before the caret.</summary>
    public void Backspace()
    {
        int end = Caret;
        Left();
        Text = Text.Remove(Caret, end - Caret);
    }

    /// <summary>Takes away the character behind the caret.</summary>
    public void Delete() => Text = Text.Remove(Caret, StepRight());

    /// <summary>Moves by a character.</summary>
    public void Left() => Caret -= Caret == 0 ? 0 : Caret > 1 && char.IsLowSurrogate(Text[Caret - 1]) && char.IsHighSurrogate(Text[Caret - 2]) ? 2 : 1;

    /// <summary>Moves by a character.</summary>
    public void Right() => Caret += StepRight();

    /// <summary>Moves to where the word before begins.</summary>
    public void WordLeft()
    {
        while (Caret > 0 && !char.IsLetterOrDigit(Text[Caret - 1]))
        {
            Caret--;
        }

        while (Caret > 0 && char.IsLetterOrDigit(Text[Caret - 1]))
        {
            Caret--;
        }
    }

    /// <summary>Moves behind the next word.</summary>
    public void WordRight()
    {
        while (Caret < Text.Length && !char.IsLetterOrDigit(Text[Caret]))
        {
            Caret++;
        }

        while (Caret < Text.Length && char.IsLetterOrDigit(Text[Caret]))
        {
            Caret++;
        }
    }

    /// <summary>Moves to the beginning of the line.</summary>
    public void Home() => Caret = LineStart;

    /// <summary>Moves to the end of the line.</summary>
    public void End() => Caret = LineEnd;

    /// <summary>Moves behind all text.</summary>
    public void ToLast() => Caret = Text.Length;

    /// <summary>Takes away the rest of the line; at its end, the line break.</summary>
    public void KillToEnd() => Text = Text.Remove(Caret, LineEnd > Caret ? LineEnd - Caret : StepRight());

    /// <summary>Takes away the line up to the caret.</summary>
    public void KillToStart()
    {
        int start = LineStart;
        Text = Text.Remove(start, Caret - start);
        Caret = start;
    }

    /// <summary>Takes away the word before the caret, with the blanks behind it.</summary>
    public void KillWord()
    {
        int end = Caret;
        while (Caret > 0 && char.IsWhiteSpace(Text[Caret - 1]))
        {
            Caret--;
        }

        while (Caret > 0 && !char.IsWhiteSpace(Text[Caret - 1]))
        {
            Caret--;
        }

        Text = Text.Remove(Caret, end - Caret);
    }

    /// <summary>Moves to the line above.</summary>
    public void Up()
    {
        int column = Caret - LineStart;
        Caret = LineStart - 1;
        Caret = Math.Min(LineStart + column, LineEnd);
    }

    /// <summary>Moves to the line below.</summary>
    public void Down()
    {
        int column = Caret - LineStart;
        Caret = LineEnd + 1;
        Caret = Math.Min(Caret + column, LineEnd);
    }

    private int StepRight() => Caret >= Text.Length ? 0
        : char.IsHighSurrogate(Text[Caret]) && Caret + 1 < Text.Length && char.IsLowSurrogate(Text[Caret + 1]) ? 2 : 1;
}
