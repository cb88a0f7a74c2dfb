namespace Quarry.Tables;

/// <summary>
/// The values of one column, immutable: a <see cref="TextColumn"/> for string and dynamic, a <see cref="ValueColumn{T}"/>
/// for the other types.
/// </summary>
public abstract class Column
{
    private protected Column(ColumnType type, int length, ValidityMask validity)
    {
        Type = type;
        Length = length;
        Validity = validity;
    }

    /// <summary>The type of the values.</summary>
    public ColumnType Type { get; }

    /// <summary>The number of rows.</summary>
    public int Length { get; }

    /// <summary>Which rows hold a value.</summary>
    public ValidityMask Validity { get; }

    /// <summary>Whether a row is null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is below 0 or not below <see cref="Length"/>.</exception>
    public bool IsNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Length);
        return !Validity.IsValid(row);
    }

    /// <summary>The value of a row as an object of the type's .NET type, or null. Convenient, not fast.</summary>
    public abstract object? GetValue(int row);

    /// <summary>The rows from <paramref name="first"/> on, as many as <paramref name="count"/>; nothing is copied.</summary>
    public abstract Column Slice(int first, int count);

    private protected void CheckSlice(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + count, Length, nameof(count));
    }
}
