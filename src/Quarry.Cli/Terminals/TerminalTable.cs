using System.Globalization;
using System.Text;
using Quarry.Data.Files.Writers;
using Quarry.Tables;
using Spectre.Console;

namespace Quarry.Cli.Terminals;

/// <summary>Writes a table for a person at a terminal: some columns, long cells cut, every control character made visible.</summary>
internal sealed class TerminalTable : ITableWriter
{
    private const int LongestCell = 240;

    private readonly Terminal _terminal;
    private readonly TableSchema _schema;
    private readonly int[] _shown;
    private readonly Spectre.Console.Table _table;
    private int _rows;

    /// <summary>A table that shows the named columns of the schema, or all where none is named.</summary>
    public TerminalTable(Terminal terminal, TableSchema schema, IReadOnlyList<string> shown)
    {
        _terminal = terminal;
        _schema = schema;
        _shown = shown.Count == 0 ? [.. Enumerable.Range(0, schema.Count)] : [.. shown.Select(schema.IndexOf).Where(i => i >= 0)];
        _table = new Spectre.Console.Table { Border = TableBorder.Rounded, UseSafeBorder = true };
        foreach (int i in _shown)
        {
            var column = new TableColumn(new Text(SafeText.Escape(schema[i].Name), new Style(decoration: Decoration.Bold)));
            if (schema[i].Type is ColumnType.Int or ColumnType.Long or ColumnType.Real or ColumnType.Decimal)
            {
                column.RightAligned();
            }

            _table.AddColumn(column);
        }
    }

    /// <inheritdoc/>
    public void Write(Tables.Table table)
    {
        for (int row = 0; row < table.RowCount; row++, _rows++)
        {
            _table.AddRow(_shown.Select(i => new Text(Shorten(SafeText.Escape(CellText.Of(table[i], row))))));
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_rows == 0)
        {
            _terminal.Error.WriteLine("Nothing found.");
            return;
        }

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
        console.Write(_table);
        writer.Flush();
        int hidden = _schema.Count - _shown.Length;
        string more = hidden == 0 ? "" : $"  ({hidden} more columns: --format jsonl, or -o FILE)";
        _terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_rows:N0} {(_rows == 1 ? "row" : "rows")}{more}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
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
