using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>Writes cells as JSON values.</summary>
internal sealed class JsonCells(Utf8Output output)
{
    /// <summary>Writes a cell: null, a bool, a number, or in quotes what JSON has no form for; dynamic as it is.</summary>
    public void Write(Column column, int row)
    {
        if (column.IsNull(row))
        {
            output.Write("null"u8);
            return;
        }

        switch (column)
        {
            case TextColumn { Type: ColumnType.Dynamic } json:
                WriteJson(json[row]);
                break;
            case TextColumn text:
                output.WriteJsonString(text[row]);
                break;
            case ValueColumn<bool> flags:
                output.Write(flags.Values[row] ? "true"u8 : "false"u8);
                break;
            case ValueColumn<int> numbers:
                output.Write((long)numbers.Values[row]);
                break;
            case ValueColumn<long> numbers:
                output.Write(numbers.Values[row]);
                break;
            case ValueColumn<double> numbers when double.IsFinite(numbers.Values[row]):
                output.Write(numbers.Values[row]);
                break;
            case ValueColumn<decimal> numbers:
                output.Write(numbers.Values[row]);
                break;
            default:
                // Times, identifiers, and the numbers that JSON has no form for (NaN, Infinity), as Kusto does.
                output.Write((byte)'"');
                WriteQuoted(column, row);
                output.Write((byte)'"');
                break;
        }
    }

    private void WriteQuoted(Column column, int row)
    {
        switch (column)
        {
            case ValueColumn<DateTime> times: output.Write(times.Values[row]); break;
            case ValueColumn<TimeSpan> spans: output.Write(spans.Values[row], "c"); break;
            case ValueColumn<Guid> ids: output.Write(ids.Values[row], "D"); break;
            case ValueColumn<double> numbers: output.Write(numbers.Values[row]); break;
            default: throw new NotSupportedException(column.GetType().Name);
        }
    }

    // A dynamic value is JSON already, but the table's builder takes any text: what is not JSON goes out as a string,
    // and line breaks between its tokens must not break a row in two.
    private void WriteJson(ReadOnlySpan<byte> json)
    {
        if (!IsJson(json))
        {
            output.WriteJsonString(json);
            return;
        }

        int from = 0;
        for (int next; (next = json[from..].IndexOfAny((byte)'\n', (byte)'\r')) >= 0; from += next + 1)
        {
            output.Write(json.Slice(from, next));
            output.Write((byte)' ');
        }

        output.Write(json[from..]);
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
