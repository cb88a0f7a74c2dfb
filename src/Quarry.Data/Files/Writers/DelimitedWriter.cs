using System.Buffers;
using System.Text;
using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>
/// Writes comma- or tab-separated values by RFC 4180 with line feeds. A null is an empty field, an empty text is
/// <c>""</c>, so that both come back as what they were.
/// </summary>
public sealed class DelimitedWriter : ITableWriter
{
    private readonly Utf8Output _output;
    private readonly byte _delimiter;
    private readonly bool _guard;
    private readonly SearchValues<byte> _quoted;

    /// <summary>A writer to a stream, which stays open; the header is written at once.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="delimiter">What stands between fields: a comma or a tab.</param>
    /// <param name="options">Whether formulas are guarded against.</param>
    public DelimitedWriter(Stream stream, TableSchema schema, char delimiter = ',', WriterOptions? options = null)
    {
        _output = new Utf8Output(stream);
        _delimiter = checked((byte)delimiter);
        _guard = (options ?? WriterOptions.Default).GuardFormulas;
        _quoted = SearchValues.Create([_delimiter, (byte)'"', (byte)'\r', (byte)'\n']);
        for (int i = 0; i < schema.Count; i++)
        {
            Separate(i);
            WriteText(Encoding.UTF8.GetBytes(schema[i].Name));
        }

        _output.Write((byte)'\n');
    }

    /// <inheritdoc/>
    public void Write(Table table)
    {
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int i = 0; i < table.Columns.Count; i++)
            {
                Separate(i);
                WriteValue(table[i], row);
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

    private void Separate(int ordinal)
    {
        if (ordinal > 0)
        {
            _output.Write(_delimiter);
        }
    }

    private void WriteValue(Column column, int row)
    {
        if (column.IsNull(row))
        {
            return;
        }

        switch (column)
        {
            case TextColumn text: WriteText(text[row]); break;
            case ValueColumn<bool> flags: _output.Write(flags.Values[row] ? "true"u8 : "false"u8); break;
            case ValueColumn<int> numbers: _output.Write((long)numbers.Values[row]); break;
            case ValueColumn<long> numbers: _output.Write(numbers.Values[row]); break;
            case ValueColumn<double> numbers: _output.Write(numbers.Values[row]); break;
            case ValueColumn<decimal> numbers: _output.Write(numbers.Values[row]); break;
            case ValueColumn<DateTime> times: _output.Write(times.Values[row]); break;
            case ValueColumn<TimeSpan> spans: _output.Write(spans.Values[row], "c"); break;
            case ValueColumn<Guid> ids: _output.Write(ids.Values[row], "D"); break;
            default: throw new NotSupportedException(column.GetType().Name);
        }
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        bool formula = _guard && text.Length > 0 && IsFormulaStart(text[0]);
        if (text.Length > 0 && !formula && !text.ContainsAny(_quoted))
        {
            _output.Write(text);
            return;
        }

        _output.Write((byte)'"');
        if (formula)
        {
            _output.Write((byte)'\'');
        }

        int from = 0;
        for (int next; (next = text[from..].IndexOf((byte)'"')) >= 0; from += next + 1)
        {
            _output.Write(text.Slice(from, next + 1));
            _output.Write((byte)'"');
        }

        _output.Write(text[from..]);
        _output.Write((byte)'"');
    }

    private static bool IsFormulaStart(byte first) =>
        first is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r';
}
