namespace Quarry.Tables;

/// <summary>A column of fixed-size values.</summary>
/// <typeparam name="T">The .NET type that <see cref="ColumnTypes.ClrType"/> gives for the column's type.</typeparam>
public sealed class ValueColumn<T> : Column
    where T : unmanaged
{
    private readonly ReadOnlyMemory<T> _values;

    internal ValueColumn(ColumnType type, ReadOnlyMemory<T> values, ValidityMask validity)
        : base(type, values.Length, validity)
    {
        _values = values;
    }

    /// <summary>The values, one a row; what stands at a null row means nothing.</summary>
    public ReadOnlySpan<T> Values => _values.Span;

    /// <summary>The value of a row, or null.</summary>
    public T? this[int row] => IsNull(row) ? null : _values.Span[row];

    /// <inheritdoc/>
    public override object? GetValue(int row) => this[row];

    /// <inheritdoc/>
    public override Column Slice(int first, int count)
    {
        CheckSlice(first, count);
        return new ValueColumn<T>(Type, _values.Slice(first, count), Validity.Slice(first));
    }
}
