using System.Globalization;
using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Writes a table of trees as text: a block a process, set in by its level.</summary>
/// <remarks>
/// Nothing in a log can forge a line: control characters are written as escapes. A text of more than 2,000 characters is cut and
/// says so. Levels deeper than the width allows stand at the deepest indentation and say which they are.
/// </remarks>
public static class ProcessTreeText
{
    private const int LongestText = 600, Step = 3, NarrowestText = 44, FewestLevels = 4;

    /// <summary>Writes a result of the analysis.</summary>
    /// <param name="result">The table of trees, or a summary.</param>
    /// <param name="options">The options it was made with.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="width">How many columns a line has.</param>
    public static void Write(Table result, ProcessTreeOptions options, TextWriter writer, int width = 80)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(writer);
        if (TreeRows.Of(result, options) is not { } rows)
        {
            WriteCounts(result, writer);
            return;
        }

        if (result.RowCount == 0)
        {
            writer.Write("No processes.\n");
        }

        int mostLevels = Math.Max(FewestLevels, (width - NarrowestText) / Step);
        int[] levels = new int[result.RowCount];
        for (int row = 0; row < levels.Length; row++)
        {
            levels[row] = rows.Parents[row] < 0 ? 0 : levels[rows.Parents[row]] + 1;
            WriteProcess(rows, row, levels[row], mostLevels, writer, Math.Max(width, NarrowestText));
        }
    }

    private static void WriteProcess(TreeRows rows, int row, int level, int mostLevels, TextWriter writer, int width)
    {
        int shown = Math.Min(level, mostLevels);
        string mark = new string(' ', shown * Step) + (level == 0 ? "+  " : "+--  ");
        string depth = level > shown ? string.Create(CultureInfo.InvariantCulture, $"[level {level:N0}] ") : "";
        int indent = mark.Length;
        string name = Visible(rows.Text(row, ProcessField.ProcessName)) ?? Visible(rows.Text(row, "new_process_lc")) ?? "unknown";
        string synthetic = rows.IsSynthetic(row) ? "  (not in the log)" : "";
        WriteLine(writer, width, mark, indent, $"{depth}Process: {name}  PID: {Visible(rows.Text(row, ProcessField.ProcessId)) ?? "unknown"}{synthetic}");
        string margin = new(' ', indent);
        if (level == 0 && Visible(rows.Text(row, ProcessField.Host)) is { } host)
        {
            WriteLine(writer, width, margin, indent, $"Host: {host}");
        }

        if (rows.Start(row) is { } start)
        {
            WriteLine(writer, width, margin, indent, $"Time: {start.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)}");
        }
        else if (Visible(rows.Text(row, ProcessField.Time)) is { } time)
        {
            WriteLine(writer, width, margin, indent, $"Time: {time} (not understood)");
        }

        if (Visible(rows.Text(row, ProcessField.CommandLine)) is { } command)
        {
            WriteLine(writer, width, margin, indent, $"Cmdline: {command}");
        }

        string[] account = [.. Account(rows, row)];
        if (account.Length > 0)
        {
            WriteLine(writer, width, margin, indent, string.Join("  ", account));
        }
    }

    private static IEnumerable<string> Account(TreeRows rows, int row)
    {
        string? user = Visible(rows.Text(row, ProcessField.UserName));
        string? id = Visible(rows.Text(row, ProcessField.UserId));
        if (user is not null || id is not null)
        {
            yield return user is null || id is null ? $"Account: {user ?? id}" : $"Account: {user} ({id})";
        }

        if (Visible(rows.Text(row, TreeColumns.First)) is { } logon)
        {
            yield return $"LogonId: {logon}";
        }
    }

    private static string? Visible(string? text) => text is null ? null
        : text.Length <= LongestText ? VisibleText.Escape(text)
        : string.Create(CultureInfo.InvariantCulture, $"{VisibleText.Escape(text[..LongestText])}… ({text.Length - LongestText:N0} more characters)");

    // Broken at blanks where there are any within the line; what follows is set in further.
    private static void WriteLine(TextWriter writer, int width, string mark, int indent, string text)
    {
        writer.Write(mark);
        ReadOnlySpan<char> rest = text;
        int room = width - indent;
        while (rest.Length > room)
        {
            int end = rest[..(room + 1)].LastIndexOf(' ');
            bool isBlank = end > room / 3;
            end = isBlank ? end : char.IsHighSurrogate(rest[room - 1]) ? room - 1 : room;
            writer.Write(rest[..end]);
            writer.Write('\n');
            writer.Write(new string(' ', indent + Step));
            rest = rest[(isBlank ? end + 1 : end)..];
            room = width - indent - Step;
        }

        writer.Write(rest);
        writer.Write('\n');
    }

    private static void WriteCounts(Table result, TextWriter writer)
    {
        int longest = result.Schema.Max(column => column.Name.Length);
        for (int row = 0; row < result.RowCount; row++)
        {
            for (int i = 0; i < result.Schema.Count; i++)
            {
                string value = result[i] is ValueColumn<long> counts ? counts.Values[row].ToString("N0", CultureInfo.InvariantCulture) : CellReading.ReadText(result[i], row) ?? "";
                writer.Write($"{result.Schema[i].Name.PadRight(longest)}  {value}\n");
            }
        }
    }
}
