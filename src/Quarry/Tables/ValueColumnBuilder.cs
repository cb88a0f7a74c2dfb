namespace Quarry.Tables;

/// <summary>Collects a column of fixed-size values.</summary>
/// <typeparam name="T">The .NET type of the column's type.</typeparam>
public sealed class ValueColumnBuilder<T> : ColumnBuilder
    where T : unmanaged
{
    private T[] _values = [];

    internal ValueColumnBuilder(ColumnType type)
        : base(type)
    {
    }

    /// <summary>Adds a value.</summary>
    public void Append(T value)
    {
        Add(value);
        MarkAppended(true);
    }

    /// <summary>Adds a value, or a null row.</summary>
    public void Append(T? value)
    {
        if (value is { } present)
        {
            Append(present);
        }
        else
        {
            AppendNull();
        }
    }

    /// <summary>Adds many values, none of them null.</summary>
    public void AppendAll(ReadOnlySpan<T> values)
    {
        Reserve(values.Length);
        values.CopyTo(_values.AsSpan(Length));
        MarkAppendedValid(values.Length);
    }

    /// <inheritdoc/>
    public override void AppendObject(object? value)
    {
        if (value is null)
        {
            AppendNull();
        }
        else if (value is T typed)
        {
            Append(typed);
        }
        else
        {
            throw new ArgumentException($"A {Type.KqlName()} column takes {typeof(T).Name}, not {value.GetType().Name}.", nameof(value));
        }
    }

    /// <inheritdoc/>
    public override void AppendAll(Column column)
    {
        if (column is not ValueColumn<T> same || column.Type != Type)
        {
            throw new ArgumentException($"A {Type.KqlName()} column cannot take the rows of a {column.Type.KqlName()} column.", nameof(column));
        }

        if (column.Validity.IsAllValid)
        {
            AppendAll(same.Values);
            return;
        }

        for (int row = 0; row < column.Length; row++)
        {
            Append(same[row]);
        }
    }

    /// <inheritdoc/>
    public override Column Build()
    {
        var values = new ReadOnlyMemory<T>(_values, 0, Length);
        _values = [];
        return new ValueColumn<T>(Type, values, TakeValidity());
    }

    private protected override void AppendNothing() => Add(default);

    private void Add(T value)
    {
        Reserve(1);
        _values[Length] = value;
    }

    private void Reserve(int count)
    {
        int needed = checked(Length + count);
        if (needed > _values.Length)
        {
            Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max(needed, Math.Max(16L, _values.Length * 2L))));
        }
    }
}
