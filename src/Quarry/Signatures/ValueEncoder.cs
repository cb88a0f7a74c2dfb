using System.Text;
using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>Encodes a column of fixed-size values.</summary>
/// <typeparam name="T">Their .NET type.</typeparam>
/// <param name="schema">The column.</param>
/// <param name="kind">What the keys are.</param>
/// <param name="write">Writes a value's key.</param>
/// <param name="nullText">What null counts as; null where it is no value.</param>
internal sealed class ValueEncoder<T>(ColumnSchema schema, ValueKind kind, ValueKeys.Writer<T> write, string? nullText = null)
    : ColumnEncoder(schema, kind)
    where T : unmanaged
{
    /// <inheritdoc/>
    protected override void EncodeRows(Column column, int first, Span<int> codes, Span<ulong> presence)
    {
        ReadOnlySpan<T> values = ((ValueColumn<T>)column).Values.Slice(first, codes.Length);
        Span<byte> key = stackalloc byte[ValueKeys.Longest];
        T previous = default;
        int previousCode = 0; // known from the first row with a value on
        for (int i = 0; i < codes.Length; i++)
        {
            int code;
            if (!column.Validity.IsValid(first + i))
            {
                code = nullText is null ? 0 : Values.CodeOf(Encoding.ASCII.GetBytes(nullText));
            }
            else if (previousCode != 0 && EqualityComparer<T>.Default.Equals(values[i], previous))
            {
                code = previousCode;
            }
            else
            {
                int length = write(values[i], key);
                code = length < 0 ? 0 : Values.CodeOf(key[..length]);
                (previous, previousCode) = (values[i], code);
            }

            codes[i] = code;
            presence[i >> 6] |= (code != 0 ? 1ul : 0) << (i & 63);
        }
    }
}
