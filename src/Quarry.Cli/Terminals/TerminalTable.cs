using System.Globalization;
using System.Text;
using Quarry.Cli.Running;
using Quarry.Data.Files.Writers;
using Quarry.Tables;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Quarry.Cli.Terminals;

/// <summary>
/// Writes a table for a person at a terminal: the telling columns, those without any value left out, long cells cut, every
/// control character made visible.
/// </summary>
internal sealed class TerminalTable : ITableWriter
{
    private const int LongestCell = 240;
    private const int KeptWhole = 24;

    // Room that a column of long texts should have; columns further back in the headline make way for it.
    private const int LeastRoom = 36;
    private const int TightRoom = 16;
    private const int ColumnFrame = 3;

    private readonly Terminal _terminal;
    private readonly TableSchema _schema;
    private readonly int[] _shown;
    private readonly ResultView _view;
    private readonly TableBuilder _table;
    private readonly List<string[]> _rows = [];

    /// <summary>A table that shows the headline's columns, or all where none of them is there, and the bars of its charts below.</summary>
    public TerminalTable(Terminal terminal, TableSchema schema, ResultView view)
    {
        _terminal = terminal;
        _schema = schema;
        _view = view;
        _table = new TableBuilder(schema);
        int[] headline = [.. view.Headline.Select(schema.IndexOf).Where(i => i >= 0)];
        _shown = headline.Length == 0 ? [.. Enumerable.Range(0, schema.Count)] : headline;
    }

    /// <inheritdoc/>
    public void Write(Tables.Table table)
    {
        _table.AppendAll(table);
        for (int row = 0; row < table.RowCount; row++)
        {
            _rows.Add([.. _shown.Select(i => Shorten(SafeText.Escape(TextOf(table[i], row))))]);
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_rows.Count == 0)
        {
            _terminal.Error.WriteLine("Nothing found.");
            return;
        }

        int[] filled = FitToWidth([.. Enumerable.Range(0, _shown.Length).Where(i => _rows.Any(r => r[i].Length > 0))]);
        IRenderable[] charts = [.. _view.Draw(_table.Build()).SelectMany(chart => TerminalCharts.Of(chart, _terminal))];
        if (_view.IsDrawn && charts.Length > 0)
        {
            Print(charts);
            _terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_rows.Count:N0} {(_rows.Count == 1 ? "row" : "rows")}, drawn; without render they are shown."));
            return;
        }

        Print([Arrange(filled), .. charts]);
        int hidden = _schema.Count - filled.Length;
        string more = hidden == 0 ? "" : $"  ({hidden} more columns: --format jsonl, or -o FILE)";
        _terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_rows.Count:N0} {(_rows.Count == 1 ? "row" : "rows")}{more}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // The headline goes from what matters most to what matters least.
    private int[] FitToWidth(int[] columns)
    {
        int longs = columns.Count(i => !IsShort(i));
        int shorts = columns.Where(IsShort).Sum(i => Width(i) + ColumnFrame);
        int least = Math.Min(LeastRoom, _terminal.Width / 2);
        int share = longs == 0 ? least : ((_terminal.Width - 1 - shorts) / longs) - ColumnFrame;
        bool isTight = longs * (least + ColumnFrame) >= _terminal.Width;
        if (isTight || (_view.Headline.Count == 0 && share >= TightRoom))
        {
            // Long texts share what the short ones leave, where they are many or where no column matters more than another.
            least = Math.Clamp(share, TightRoom, Math.Max(TightRoom, least));
        }

        int room = _terminal.Width - 1 - (longs * (least + ColumnFrame));
        var kept = new List<int>();
        foreach (int i in columns)
        {
            // The room of a long one is taken already; where there is none, it goes back to those that follow.
            int width = IsShort(i) ? Width(i) + ColumnFrame : 0;
            if (width <= room || kept.Count == 0)
            {
                room -= width;
                kept.Add(i);
            }
            else if (width == 0)
            {
                room += least + ColumnFrame;
            }
        }

        return [.. kept];
    }

    private bool IsShort(int column) => _rows.Max(r => r[column].Length) <= KeptWhole;

    private int Width(int column) => Math.Max(_rows.Max(r => r[column].GetCellWidth()), _schema[_shown[column]].Name.GetCellWidth());

    private static string TextOf(Column column, int row) =>
        column is ValueColumn<double> reals && !column.IsNull(row)
            ? NumberText.Rounded(reals.Values[row])
            : CellText.Of(column, row);

    private Spectre.Console.Table Arrange(int[] columns)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Rounded, UseSafeBorder = true };
        foreach (int i in columns)
        {
            ColumnSchema schema = _schema[_shown[i]];
            var column = new TableColumn(new Text(SafeText.Escape(schema.Name), new Style(decoration: Decoration.Bold)));
            if (schema.Type is ColumnType.Int or ColumnType.Long or ColumnType.Real or ColumnType.Decimal)
            {
                column.RightAligned();
            }

            // Short values stay on one line, so that the long ones get the room.
            if (IsShort(i))
            {
                column.NoWrap();
            }

            table.AddColumn(column);
        }

        foreach (string[] row in _rows)
        {
            table.AddRow(columns.Select(i => new Text(row[i])));
        }

        return table;
    }

    private void Print(IReadOnlyList<IRenderable> parts)
    {
        using var writer = new StreamWriter(_terminal.Output, new UTF8Encoding(false), leaveOpen: true);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _terminal.Color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = _terminal.Color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = _terminal.Width;
        console.Profile.Capabilities.Unicode = true;
        foreach (IRenderable part in parts)
        {
            console.Write(part);
        }

        writer.Flush();
    }

    private static string Shorten(string text)
    {
        if (text.Length <= LongestCell)
        {
            return text;
        }

        int end = char.IsHighSurrogate(text[LongestCell - 1]) ? LongestCell - 1 : LongestCell;
        return $"{text.AsSpan(0, end)}…";
    }
}
