using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>Writes a table's rows as JSON objects.</summary>
internal sealed class JsonRows
{
    private readonly byte[][] _names;
    private readonly Utf8Output _output;

    public JsonRows(TableSchema schema, Utf8Output output)
    {
        _output = output;
        _names = new byte[schema.Count][];
        for (int i = 0; i < _names.Length; i++)
        {
            using var memory = new MemoryStream();
            var name = new Utf8Output(memory);
            name.WriteJsonString(System.Text.Encoding.UTF8.GetBytes(schema[i].Name));
            name.Write((byte)':');
            name.Flush();
            _names[i] = memory.ToArray();
        }
    }

    public void Write(Table table, int row)
    {
        _output.Write((byte)'{');
        for (int i = 0; i < _names.Length; i++)
        {
            if (i > 0)
            {
                _output.Write((byte)',');
            }

            _output.Write(_names[i]);
            WriteValue(table[i], row);
        }

        _output.Write((byte)'}');
    }

    private void WriteValue(Column column, int row)
    {
        if (column.IsNull(row))
        {
            _output.Write("null"u8);
            return;
        }

        switch (column)
        {
            case TextColumn { Type: ColumnType.Dynamic } json:
                WriteJson(json[row]);
                break;
            case TextColumn text:
                _output.WriteJsonString(text[row]);
                break;
            case ValueColumn<bool> flags:
                _output.Write(flags.Values[row] ? "true"u8 : "false"u8);
                break;
            case ValueColumn<int> numbers:
                _output.Write((long)numbers.Values[row]);
                break;
            case ValueColumn<long> numbers:
                _output.Write(numbers.Values[row]);
                break;
            case ValueColumn<double> numbers when double.IsFinite(numbers.Values[row]):
                _output.Write(numbers.Values[row]);
                break;
            case ValueColumn<decimal> numbers:
                _output.Write(numbers.Values[row]);
                break;
            default:
                // Times, identifiers, and the numbers that JSON has no form for (NaN, Infinity), as Kusto does.
                _output.Write((byte)'"');
                WriteQuoted(column, row);
                _output.Write((byte)'"');
                break;
        }
    }

    private void WriteQuoted(Column column, int row)
    {
        switch (column)
        {
            case ValueColumn<DateTime> times: _output.Write(times.Values[row]); break;
            case ValueColumn<TimeSpan> spans: _output.Write(spans.Values[row], "c"); break;
            case ValueColumn<Guid> ids: _output.Write(ids.Values[row], "D"); break;
            case ValueColumn<double> numbers: _output.Write(numbers.Values[row]); break;
            default: throw new NotSupportedException(column.GetType().Name);
        }
    }

    // A dynamic value is JSON already, but the table's builder takes any text: what is not JSON goes out as a string,
    // and line breaks between its tokens must not break a row in two.
    private void WriteJson(ReadOnlySpan<byte> json)
    {
        if (!IsJson(json))
        {
            _output.WriteJsonString(json);
            return;
        }

        int from = 0;
        for (int next; (next = json[from..].IndexOfAny((byte)'\n', (byte)'\r')) >= 0; from += next + 1)
        {
            _output.Write(json.Slice(from, next));
            _output.Write((byte)' ');
        }

        _output.Write(json[from..]);
    }

    private static bool IsJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
