using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Quarry.Data.Engine;

/// <summary>
/// Values of vectors as JSON, as KQL's dynamic holds them: times as ISO 8601, time spans as <c>d.hh:mm:ss.fffffff</c>, numbers
/// that JSON has not (NaN, infinities) as text.
/// </summary>
internal static class VectorJson
{
    /// <summary>How to write: compact, and nothing escaped that JSON does not ask for. DuckDB's own types are bounded in depth.</summary>
    internal static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>Writes the value of a row.</summary>
    /// <exception cref="EngineException">The type is not read.</exception>
    internal static void Write(in DuckDbVector vector, int row, Utf8JsonWriter to)
    {
        if (vector.IsNull(row))
        {
            to.WriteNullValue();
            return;
        }

        DuckDbType type = vector.Type;
        switch (type.Kind)
        {
            case DuckDbTypeKind.List:
                WriteElements(vector, vector.Entries[row], to);
                break;
            case DuckDbTypeKind.Array:
                WriteElements(vector, new DuckDbListEntry((ulong)row * (ulong)type.Size, (ulong)type.Size), to);
                break;
            case DuckDbTypeKind.Struct:
                to.WriteStartObject();
                for (int i = 0; i < type.Members.Count; i++)
                {
                    to.WritePropertyName(type.Members[i].Name);
                    Write(vector.Child(i), row, to);
                }

                to.WriteEndObject();
                break;
            case DuckDbTypeKind.Map:
                WriteMap(vector, vector.Entries[row], to);
                break;
            case DuckDbTypeKind.Varchar when type.IsJson:
                to.WriteRawValue(vector.Bytes(row), skipInputValidation: true);
                break;
            case DuckDbTypeKind.Varchar:
                to.WriteStringValue(vector.Bytes(row));
                break;
            default:
                WriteScalar(Scalar(vector, row), to);
                break;
        }
    }

    /// <summary>Bytes that are not UTF-8 as DuckDB writes them: printable ASCII as it is, the rest as <c>\xNN</c>.</summary>
    internal static string BlobText(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (byte value in bytes)
        {
            if (value is >= 0x20 and < 0x7F and not ((byte)'\\' or (byte)'\'' or (byte)'"'))
            {
                text.Append((char)value);
            }
            else
            {
                text.Append("\\x").Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    private static void WriteElements(in DuckDbVector vector, DuckDbListEntry entry, Utf8JsonWriter to)
    {
        DuckDbVector child = vector.Child();
        to.WriteStartArray();
        for (ulong i = 0; i < entry.Length; i++)
        {
            Write(child, (int)(entry.Offset + i), to);
        }

        to.WriteEndArray();
    }

    private static void WriteMap(in DuckDbVector vector, DuckDbListEntry entry, Utf8JsonWriter to)
    {
        DuckDbVector keys = vector.Child(0);
        DuckDbVector values = vector.Child(1);
        to.WriteStartObject();
        for (ulong i = 0; i < entry.Length; i++)
        {
            int at = (int)(entry.Offset + i);
            to.WritePropertyName(Text(Scalar(keys, at)));
            Write(values, at, to);
        }

        to.WriteEndObject();
    }

    // Times that .NET has none for are null, as in a column of their own.
    private static object? Scalar(in DuckDbVector vector, int row) => vector.Type.Kind switch
    {
        DuckDbTypeKind.Date => ValueConversion.ToDateTime(DuckDbTypeKind.Date, vector.Values<int>()[row]),
        DuckDbTypeKind.Timestamp or DuckDbTypeKind.TimestampTz or DuckDbTypeKind.TimestampSeconds
            or DuckDbTypeKind.TimestampMilliseconds or DuckDbTypeKind.TimestampNanoseconds
            => ValueConversion.ToDateTime(vector.Type.Kind, vector.Values<long>()[row]),
        DuckDbTypeKind.Interval => vector.Values<DuckDbInterval>()[row].ToTimeSpan(),
        DuckDbTypeKind.Blob => Utf8.IsValid(vector.Bytes(row)) ? Encoding.UTF8.GetString(vector.Bytes(row)) : BlobText(vector.Bytes(row)),
        _ => vector.GetValue(row),
    };

    private static void WriteScalar(object? value, Utf8JsonWriter to)
    {
        switch (value)
        {
            case null:
                to.WriteNullValue();
                break;
            case bool truth:
                to.WriteBooleanValue(truth);
                break;
            case double real when double.IsFinite(real):
                to.WriteNumberValue(real);
                break;
            case float real when float.IsFinite(real):
                to.WriteNumberValue(real);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or decimal:
                to.WriteRawValue(Text(value), skipInputValidation: true);
                break;
            default:
                to.WriteStringValue(Text(value));
                break;
        }
    }

    private static string Text(object? value) => value switch
    {
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
