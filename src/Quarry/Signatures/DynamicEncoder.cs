using System.Text;
using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>
/// Encodes a column of JSON. A cell is filled where KQL's <c>tostring()</c> of it is not blank: null and a text of only white
/// space are not, <c>[]</c>, <c>{}</c>, 0 and false are. For the reference the values are Python's text of them.
/// </summary>
/// <param name="schema">The column.</param>
/// <param name="isReference">Whether the values are Python's text, and blanks are values.</param>
internal sealed class DynamicEncoder(ColumnSchema schema, bool isReference) : ColumnEncoder(schema, ValueKind.Text)
{
    /// <inheritdoc/>
    protected override void EncodeRows(Column column, int first, Span<int> codes, Span<ulong> presence)
    {
        var json = (TextColumn)column;
        ReadOnlySpan<byte> previous = default;
        (int previousCode, bool previousFilled) = (0, false);
        for (int i = 0; i < codes.Length; i++)
        {
            ReadOnlySpan<byte> value = json[first + i];
            if (!json.Validity.IsValid(first + i))
            {
                codes[i] = 0;
                continue;
            }

            if (i == 0 || !value.SequenceEqual(previous) || previousCode == 0)
            {
                (previousCode, previousFilled) = isReference ? EncodePython(value) : EncodeJson(value);
                previous = value;
            }

            codes[i] = previousCode;
            presence[i >> 6] |= (previousFilled ? 1ul : 0) << (i & 63);
        }
    }

    private (int Code, bool IsFilled) EncodeJson(ReadOnlySpan<byte> value) =>
        IsBlank(value) ? (0, false) : (Values.CodeOf(value), true);

    private (int Code, bool IsFilled) EncodePython(ReadOnlySpan<byte> value) => PythonText.Of(value) is { } text
        ? (Values.CodeOf(Encoding.UTF8.GetBytes(text)), !string.IsNullOrWhiteSpace(text))
        : (0, false);

    private static bool IsBlank(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> trimmed = json.Trim(" \t\r\n"u8);
        if (CellReading.IsBlank(trimmed) || trimmed.SequenceEqual("null"u8))
        {
            return true;
        }

        // Only a text can be blank, and only one that begins with an escape or no printing character of ASCII.
        if (trimmed[0] != (byte)'"' || (trimmed.Length > 2 && trimmed[1] is > 0x20 and < 0x7F and not (byte)'\\'))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(trimmed);
            return reader.Read() && string.IsNullOrWhiteSpace(reader.GetString());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
