using System.Text;
using Quarry.Cli.Terminals;
using Quarry.Kql.Completion;
using Spectre.Console;

namespace Quarry.Cli.Prompts;

/// <summary>Reads queries from the keys of a terminal: editing over several lines, history, completion.</summary>
/// <param name="readKey">Waits for a key.</param>
/// <param name="terminal">Draws.</param>
/// <param name="width">The terminal's width; it may change.</param>
/// <param name="complete">What may stand at a place.</param>
/// <param name="isWhole">Whether a text is a whole query.</param>
/// <param name="history">The queries before.</param>
internal sealed class LineEditor(
    Func<ConsoleKeyInfo> readKey, TextWriter terminal, Func<int> width, Func<string, int, KqlCompletion> complete, Func<string, bool> isWhole, QueryHistory history)
{
    private const string First = "kql> ", Further = "   > ";
    private const int MostShown = 60;

    private LineBuffer _buffer = new();
    private int _rowOfCaret;

    /// <summary>Reads a query; null at the end of input (Ctrl-D), and empty where the user gave it up (Ctrl-C).</summary>
    public string? Read()
    {
        _buffer = new LineBuffer();
        _rowOfCaret = 0;
        history.Leave();
        Draw();
        while (true)
        {
            ConsoleKeyInfo key = readKey();
            if (key is { Key: ConsoleKey.Enter } or { KeyChar: '\r' or '\n' } && Enter())
            {
                Finish();
                return _buffer.Text.Trim();
            }

            if (IsControl(key, ConsoleKey.C, '\u0003'))
            {
                Finish("^C");
                return "";
            }

            if (IsControl(key, ConsoleKey.D, '\u0004') && _buffer.Text.Length == 0)
            {
                Finish();
                return null;
            }

            Handle(key);
            Draw();
        }
    }

    private static bool IsControl(ConsoleKeyInfo key, ConsoleKey letter, char character) =>
        key.KeyChar == character || (key.Key == letter && key.Modifiers == ConsoleModifiers.Control);

    // Whether the query is whole; else the line is broken.
    private bool Enter()
    {
        string text = _buffer.Text;
        bool atEnd = _buffer.Caret >= text.TrimEnd().Length;
        if (string.IsNullOrWhiteSpace(text) || (atEnd && (text[0] == '.' || string.IsNullOrWhiteSpace(_buffer.Line) || isWhole(text))))
        {
            return true;
        }

        _buffer.Insert("\n");
        Draw();
        return false;
    }

    private void Handle(ConsoleKeyInfo key)
    {
        bool control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.Enter: break;
            case ConsoleKey.LeftArrow when control: _buffer.WordLeft(); break;
            case ConsoleKey.RightArrow when control: _buffer.WordRight(); break;
            case ConsoleKey.LeftArrow: _buffer.Left(); break;
            case ConsoleKey.RightArrow: _buffer.Right(); break;
            case ConsoleKey.UpArrow: Up(); break;
            case ConsoleKey.DownArrow: Down(); break;
            case ConsoleKey.Home: _buffer.Home(); break;
            case ConsoleKey.End: _buffer.End(); break;
            case ConsoleKey.Delete: _buffer.Delete(); break;
            case ConsoleKey.Backspace: _buffer.Backspace(); break;
            case ConsoleKey.Tab: Complete(); break;
            default: HandleCharacter(key); break;
        }
    }

    private void HandleCharacter(ConsoleKeyInfo key)
    {
        switch (key.KeyChar)
        {
            case '\u0001': _buffer.Home(); break;
            case '\u0002': _buffer.Left(); break;
            case '\u0004': _buffer.Delete(); break;
            case '\u0005': _buffer.End(); break;
            case '\u0006': _buffer.Right(); break;
            case '\b' or '\u007f': _buffer.Backspace(); break;
            case '\t': Complete(); break;
            case '\u000b': _buffer.KillToEnd(); break;
            case '\u000e': Down(); break;
            case '\u0010': Up(); break;
            case '\u0015': _buffer.KillToStart(); break;
            case '\u0017': _buffer.KillWord(); break;
            case '\u000c': terminal.Write("\u001b[H\u001b[2J"); _rowOfCaret = 0; break;
            case >= ' ' when !key.Modifiers.HasFlag(ConsoleModifiers.Alt): _buffer.Insert(key.KeyChar.ToString()); break;
        }
    }

    private void Up()
    {
        if (!_buffer.IsInFirstLine)
        {
            _buffer.Up();
        }
        else if (history.Previous(_buffer.Text) is { } before)
        {
            _buffer.Set(before);
        }
    }

    private void Down()
    {
        if (!_buffer.IsInLastLine)
        {
            _buffer.Down();
        }
        else if (history.Next() is { } next)
        {
            _buffer.Set(next);
        }
    }

    private void Complete()
    {
        if (string.IsNullOrWhiteSpace(_buffer.Line) && _buffer.Text.Length > 0 && _buffer.Line.Length > 0)
        {
            _buffer.Insert("  ");
            return;
        }

        KqlCompletion found = complete(_buffer.Text, _buffer.Caret);
        if (found.Candidates.Count == 0)
        {
            return;
        }

        string common = found.CommonStart();
        if (found.Candidates.Count == 1 || common.Length > found.Length)
        {
            KqlCandidate only = found.Candidates[0];
            bool isCall = found.Candidates.Count == 1 && only.Kind is CandidateKind.Function or CandidateKind.Aggregate or CandidateKind.Plugin;
            _buffer.ReplaceFrom(found.Start, found.Candidates.Count > 1 ? common : isCall ? $"{only.Text}(" : $"{only.Text} ");
            return;
        }

        Show(found.Candidates);
    }

    // Below what is typed, in columns; the prompt is drawn anew under them.
    private void Show(IReadOnlyList<KqlCandidate> candidates)
    {
        ToLastRow();
        string[] shown = [.. candidates.Take(MostShown).Select(one => SafeText.Escape(one.Text))];
        int cell = Math.Min(width() - 1, shown.Max(one => one.GetCellWidth()) + 2);
        int columns = Math.Max(1, (width() - 1) / Math.Max(1, cell));
        var text = new StringBuilder("\r\n");
        for (int i = 0; i < shown.Length; i++)
        {
            text.Append(shown[i]).Append(' ', Math.Max(1, cell - shown[i].GetCellWidth()));
            text.Append((i + 1) % columns == 0 || i + 1 == shown.Length ? "\r\n" : "");
        }

        if (candidates.Count > MostShown)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"… and {candidates.Count - MostShown} more\r\n");
        }

        terminal.Write(text.ToString());
        _rowOfCaret = 0;
    }

    private void Finish(string behind = "")
    {
        ToLastRow();
        terminal.Write($"{behind}\r\n");
        _rowOfCaret = 0;
    }

    private void ToLastRow()
    {
        _buffer.ToLast();
        Draw();
    }

    // Everything is drawn anew from the first row: a query has few lines, and no state of the terminal has to be known.
    private void Draw()
    {
        int columns = Math.Max(10, width());
        var text = new StringBuilder(_rowOfCaret > 0 ? $"\r\u001b[{_rowOfCaret}A\u001b[J" : "\r\u001b[J");
        int rows = 0, caretRow = 0, caretColumn = 0, position = 0;
        foreach (string line in _buffer.Text.Split('\n'))
        {
            text.Append(position == 0 ? "" : "\r\n").Append(position == 0 ? First : Further);
            rows += position == 0 ? 0 : 1;
            int column = First.Length;
            for (int i = 0; i <= line.Length; i++)
            {
                if (position + i == _buffer.Caret)
                {
                    (caretRow, caretColumn) = (rows, column);
                }

                if (i < line.Length)
                {
                    int step = char.IsHighSurrogate(line[i]) && i + 1 < line.Length ? 2 : 1;
                    string shown = Shown(line.Substring(i, step));
                    int cells = shown.GetCellWidth();
                    if (column + cells >= columns)
                    {
                        text.Append("\r\n");
                        (rows, column) = (rows + 1, 0);
                        (caretRow, caretColumn) = position + i == _buffer.Caret ? (rows, 0) : (caretRow, caretColumn);
                    }

                    text.Append(shown);
                    column += cells;
                    i += step - 1;
                }
            }

            position += line.Length + 1;
        }

        text.Append(rows > caretRow ? $"\u001b[{rows - caretRow}A" : "").Append('\r').Append(caretColumn > 0 ? $"\u001b[{caretColumn}C" : "");
        _rowOfCaret = caretRow;
        terminal.Write(text.ToString());
        terminal.Flush();
    }

    // What would do something to the terminal is shown as one sign for it.
    private static string Shown(string character) => SafeText.Escape(character) == character && !char.IsSurrogate(character[^1]) | character.Length == 2 ? character : "\ufffd";
}
