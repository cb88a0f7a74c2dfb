using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Copies rows of text columns in another order, into one buffer of the right size.</summary>
internal static class TextGather
{
    /// <summary>Rows of a column and of a second one behind it.</summary>
    /// <param name="first">The column.</param>
    /// <param name="second">The rows that are numbered from the column's length on; null if there are none.</param>
    /// <param name="rows">The rows to copy; -1 is null.</param>
    /// <exception cref="QuarryException">They are more than one column can hold.</exception>
    public static TextColumn Of(TextColumn first, TextColumn? second, ReadOnlySpan<int> rows)
    {
        int[] offsets = new int[rows.Length + 1];
        ulong[]? valid = null;
        long size = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            TextColumn from = row < first.Length ? first : second!;
            row -= row < first.Length ? 0 : first.Length;
            if (row < 0 || !from.Validity.IsValid(row))
            {
                valid ??= AllValid(rows.Length);
                valid[i >> 6] &= ~(1ul << (i & 63));
            }
            else
            {
                size += from.Offsets[row + 1] - from.Offsets[row];
            }

            if (size > TextColumnBuilder.MaxBytes)
            {
                throw new QuarryException(
                    $"A text column of one table holds at most {TextColumnBuilder.MaxBytes:N0} bytes, and one of the trees needs more. Work on fewer rows, or on one process with --root.");
            }

            offsets[i + 1] = (int)size;
        }

        byte[] buffer = GC.AllocateUninitializedArray<byte>((int)size);
        ReadOnlySpan<byte> source = first.Buffer;
        ReadOnlySpan<int> starts = first.Offsets;
        for (int i = 0; i < rows.Length; i++)
        {
            int length = offsets[i + 1] - offsets[i];
            if (length > 0)
            {
                ReadOnlySpan<byte> text = rows[i] < first.Length ? source.Slice(starts[rows[i]], length) : second![rows[i] - first.Length];
                text.CopyTo(buffer.AsSpan(offsets[i]));
            }
        }

        return new TextColumn(first.Type, buffer, offsets, new ValidityMask(valid));
    }

    private static ulong[] AllValid(int rows)
    {
        ulong[] words = new ulong[(rows >> 6) + 1];
        words.AsSpan().Fill(ulong.MaxValue);
        return words;
    }
}
