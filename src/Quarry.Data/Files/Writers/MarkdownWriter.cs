using System.Globalization;
using System.Text;
using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>
/// Writes a Markdown table (GitHub's dialect). What Markdown or HTML would take for markup is escaped; line breaks and
/// other control characters are written as <c>\n</c>, <c>\x1b</c>, so that a row stays a row.
/// </summary>
public sealed class MarkdownWriter : ITableWriter
{
    private readonly Utf8Output _output;

    /// <summary>A writer to a stream, which stays open; the header is written at once.</summary>
    public MarkdownWriter(Stream stream, TableSchema schema)
    {
        _output = new Utf8Output(stream);
        _output.Write("|"u8);
        foreach (ColumnSchema column in schema)
        {
            WriteCell(column.Name);
        }

        _output.Write("\n|"u8);
        foreach (ColumnSchema column in schema)
        {
            _output.Write(column.Type is ColumnType.Int or ColumnType.Long or ColumnType.Real or ColumnType.Decimal ? " ---: |"u8 : " --- |"u8);
        }

        _output.Write((byte)'\n');
    }

    /// <inheritdoc/>
    public void Write(Table table)
    {
        for (int row = 0; row < table.RowCount; row++)
        {
            _output.Write((byte)'|');
            foreach (Column column in table.Columns)
            {
                WriteCell(CellText.Of(column, row));
            }

            _output.Write((byte)'\n');
            _output.DrainIfFull();
        }
    }

    /// <inheritdoc/>
    public void Complete() => _output.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void WriteCell(string text)
    {
        var cell = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            switch (c)
            {
                case '<': cell.Append("&lt;"); break;
                case '>': cell.Append("&gt;"); break;
                case '&': cell.Append("&amp;"); break;
                case '\n': cell.Append("\\\\n"); break;
                case '\r': cell.Append("\\\\r"); break;
                case '\t': cell.Append("\\\\t"); break;
                case '\\' or '|' or '`' or '*' or '_' or '[' or ']' or '#' or '~' or '!': cell.Append('\\').Append(c); break;
                case var other when TextEscapes.IsUnsafe(other): cell.Append(CultureInfo.InvariantCulture, $"\\\\u{(int)other:x4}"); break;
                default: cell.Append(c); break;
            }
        }

        _output.Write((byte)' ');
        _output.Write(Encoding.UTF8.GetBytes(cell.ToString()));
        _output.Write(" |"u8);
    }
}
