using System.Text;

namespace Quarry.Tables;

/// <summary>
/// A column of text or of JSON: one buffer of UTF-8 and, for n rows, n + 1 offsets into it. Row i is the bytes from
/// offset i to offset i + 1.
/// </summary>
public sealed class TextColumn : Column
{
    private readonly ReadOnlyMemory<byte> _buffer;
    private readonly ReadOnlyMemory<int> _offsets;

    internal TextColumn(ColumnType type, ReadOnlyMemory<byte> buffer, ReadOnlyMemory<int> offsets, ValidityMask validity)
        : base(type, offsets.Length - 1, validity)
    {
        _buffer = buffer;
        _offsets = offsets;
    }

    /// <summary>
    /// The buffer that <see cref="Offsets"/> point into. In a slice it holds other rows too: this column's text is from
    /// the first offset to the last.
    /// </summary>
    public ReadOnlySpan<byte> Buffer => _buffer.Span;

    /// <summary>Where the rows begin, and after the last row's where it ends; one more than there are rows, never falling.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.Span;

    /// <summary>The UTF-8 of a row; empty where the row is null.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            ReadOnlySpan<int> offsets = _offsets.Span;
            return _buffer.Span[offsets[row]..offsets[row + 1]];
        }
    }

    /// <summary>The text of a row, or null.</summary>
    public string? GetString(int row) => IsNull(row) ? null : Encoding.UTF8.GetString(this[row]);

    /// <inheritdoc/>
    public override object? GetValue(int row) => GetString(row);

    /// <inheritdoc/>
    public override Column Slice(int first, int count)
    {
        CheckSlice(first, count);
        return new TextColumn(Type, _buffer, _offsets.Slice(first, count + 1), Validity.Slice(first));
    }
}
