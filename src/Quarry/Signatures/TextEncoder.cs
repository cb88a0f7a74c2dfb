using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>
/// Encodes a column of text. Blank text is never filled; it is no value at all either, but for the reference, to which every
/// blank is a value of its own.
/// </summary>
/// <param name="schema">The column.</param>
/// <param name="isReference">Whether blanks are values.</param>
internal sealed class TextEncoder(ColumnSchema schema, bool isReference) : ColumnEncoder(schema, ValueKind.Text)
{
    /// <inheritdoc/>
    protected override int? EncodeAtOnce(Column column, int first, int count, Span<ulong> presence)
    {
        var text = (TextColumn)column;
        if (text.Offsets[first] != text.Offsets[first + count])
        {
            return null;
        }

        return !isReference ? 0 : text.Validity.IsAllValid ? Values.CodeOf([]) : null;
    }

    /// <inheritdoc/>
    protected override void EncodeRows(Column column, int first, Span<int> codes, Span<ulong> presence)
    {
        var text = (TextColumn)column;
        ReadOnlySpan<byte> buffer = text.Buffer;
        ReadOnlySpan<int> offsets = text.Offsets.Slice(first, codes.Length + 1);
        ReadOnlySpan<byte> previous = default;
        int previousCode = 0; // known from the first filled row on
        int start = offsets[0];
        for (int i = 0; i < codes.Length; i++)
        {
            int end = offsets[i + 1];
            ReadOnlySpan<byte> value = buffer[start..end];
            start = end;
            // The first test is IsBlank's own, without the call: nearly every cell passes it.
            if ((value.IsEmpty || value[0] is <= 0x20 or >= 0x7F) && CellReading.IsBlank(value))
            {
                // A null row's text is empty.
                codes[i] = isReference && text.Validity.IsValid(first + i) ? Values.CodeOf(value) : 0;
                continue;
            }

            if (previousCode == 0 || !value.SequenceEqual(previous))
            {
                previous = value;
                previousCode = Values.CodeOf(value);
            }

            codes[i] = previousCode;
            presence[i >> 6] |= 1ul << (i & 63);
        }
    }
}
