using System.Globalization;
using Quarry.Kql.Diagnostics;
using Spectre.Console;

namespace Quarry.Cli.Terminals;

/// <summary>
/// The errors of a text, each with its line and the place marked under it. Control characters are made visible, and of a long
/// line only what stands around the place is shown.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="width">The columns there are.</param>
/// <param name="color">Whether colours are wanted.</param>
internal sealed class MarkedErrors(string text, int width, bool color)
{
    // What is left of a line that does not fit, before and behind the place.
    private const int Before = 24;
    private const int LeastWidth = 20;

    // Nobody reads more at once, and a text of a megabyte may have a hundred.
    private const int MostShown = 10;

    private const string Red = "\u001b[1;31m", Bold = "\u001b[1m", Dim = "\u001b[2m", Plain = "\u001b[0m";

    /// <summary>Writes the errors.</summary>
    public void Write(IReadOnlyList<KqlDiagnostic> errors, TextWriter to)
    {
        foreach (KqlDiagnostic error in errors.Take(MostShown))
        {
            Write(error, to);
        }

        if (errors.Count > MostShown)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"quarry: and {errors.Count - MostShown:N0} more errors"));
        }
    }

    private void Write(KqlDiagnostic error, TextWriter to)
    {
        int start = Math.Clamp(error.Span.Start, 0, text.Length);

        // What is missing at the end is marked behind the last thing that is there, not on an empty line below it.
        if (start == text.Length && text.AsSpan().TrimEnd().Length < start)
        {
            start = text.AsSpan().TrimEnd().Length;
        }

        (int line, int column) = KqlDiagnostic.LineAndColumn(text, start);
        int first = start - (column - 1);
        int next = text.IndexOf('\n', start);
        int last = next < 0 ? text.Length : next;
        last = last > first && text[last - 1] == '\r' ? Math.Max(start, last - 1) : last;
        int end = Math.Clamp(error.Span.End, start, last);

        string number = line.ToString(CultureInfo.InvariantCulture);
        int room = Math.Max(LeastWidth, width - number.Length - 4);
        (string before, string marked, string behind) = Cut(text[first..start], text[start..end], text[end..last], room);
        string margin = new(' ', number.Length);
        string caret = marked.Length == 0 ? "^" : new string('^', Math.Max(1, marked.GetCellWidth()));
        to.WriteLine($"{In(Red, "error")}{In(Bold, $": {SafeText.Escape(error.Message)}")} {In(Dim, string.Create(CultureInfo.InvariantCulture, $"(line {line}, column {column})"))}");
        to.WriteLine($" {In(Dim, $"{number} │")} {before}{In(Red, marked)}{behind}");
        to.WriteLine($" {In(Dim, $"{margin} │")} {new string(' ', before.GetCellWidth())}{In(Red, caret)}");
    }

    private string In(string style, string part) => color && part.Length > 0 ? $"{style}{part}{Plain}" : part;

    // In cells, since that is what the mark below is measured by. The parts may be megabytes: they are cut before they are made visible.
    private static (string Before, string Marked, string Behind) Cut(string before, string marked, string behind, int room)
    {
        string left = Visible(before.Length > 4 * room ? before[^(4 * room)..] : before);
        bool isWhole = left.Length == 0 || before.Length <= 4 * room;
        string middle = Head(Visible(marked.Length > 4 * room ? marked[..(4 * room)] : marked), room * 2 / 3);
        string right = Visible(behind.Length > 4 * room ? behind[..(4 * room)] : behind);
        if (isWhole && left.GetCellWidth() + middle.GetCellWidth() + right.GetCellWidth() <= room && behind.Length <= 4 * room)
        {
            return (left, middle, right);
        }

        int forLeft = Math.Min(left.GetCellWidth(), Math.Max(Before, room - middle.GetCellWidth() - right.GetCellWidth()));
        forLeft = Math.Max(0, Math.Min(forLeft, room - middle.GetCellWidth()));
        left = isWhole && left.GetCellWidth() <= forLeft ? left : Tail(left, forLeft);
        right = Head(right, Math.Max(0, room - left.GetCellWidth() - middle.GetCellWidth()));
        return (left, middle, right);
    }

    private static string Visible(string part) => SafeText.Escape(part.Replace('\t', ' '));

    private static string Head(string part, int cells)
    {
        if (part.GetCellWidth() <= cells)
        {
            return part;
        }

        int length = 0, used = 0;
        while (length < part.Length)
        {
            int step = char.IsHighSurrogate(part[length]) && length + 1 < part.Length ? 2 : 1;
            int wide = part.Substring(length, step).GetCellWidth();
            if (used + wide > cells - 1)
            {
                break;
            }

            used += wide;
            length += step;
        }

        return cells < 1 ? "" : $"{part[..length]}…";
    }

    private static string Tail(string part, int cells)
    {
        int from = part.Length, used = 0;
        while (from > 0)
        {
            int step = char.IsLowSurrogate(part[from - 1]) && from > 1 ? 2 : 1;
            int wide = part.Substring(from - step, step).GetCellWidth();
            if (used + wide > cells - 1)
            {
                break;
            }

            used += wide;
            from -= step;
        }

        return cells < 1 ? "" : $"…{part[from..]}";
    }
}
