namespace Quarry.Tables;

/// <summary>Collects the values of one column, row by row, and hands them over as a <see cref="Column"/>.</summary>
public abstract class ColumnBuilder
{
    private ulong[]? _words;

    private protected ColumnBuilder(ColumnType type) => Type = type;

    /// <summary>The type of the values.</summary>
    public ColumnType Type { get; }

    /// <summary>The number of rows so far.</summary>
    public int Length { get; private set; }

    /// <summary>A builder for a type.</summary>
    public static ColumnBuilder Create(ColumnType type) => type switch
    {
        ColumnType.Bool => new ValueColumnBuilder<bool>(type),
        ColumnType.Int => new ValueColumnBuilder<int>(type),
        ColumnType.Long => new ValueColumnBuilder<long>(type),
        ColumnType.Real => new ValueColumnBuilder<double>(type),
        ColumnType.Decimal => new ValueColumnBuilder<decimal>(type),
        ColumnType.DateTime => new ValueColumnBuilder<DateTime>(type),
        ColumnType.TimeSpan => new ValueColumnBuilder<TimeSpan>(type),
        ColumnType.Guid => new ValueColumnBuilder<Guid>(type),
        ColumnType.String or ColumnType.Dynamic => new TextColumnBuilder(type),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>Adds a null row.</summary>
    public void AppendNull()
    {
        _words ??= AllValidSoFar();
        AppendNothing();
        MarkAppended(false);
    }

    /// <summary>Adds a value as <see cref="Column.GetValue"/> gives it; null adds a null row.</summary>
    /// <exception cref="ArgumentException">The value is not of the column's .NET type.</exception>
    public abstract void AppendObject(object? value);

    /// <summary>Adds the rows of another column of the same type.</summary>
    /// <exception cref="ArgumentException">The column is of another type.</exception>
    public abstract void AppendAll(Column column);

    /// <summary>Hands over what was collected and begins anew.</summary>
    public abstract Column Build();

    private protected abstract void AppendNothing();

    private protected void MarkAppended(bool valid)
    {
        int row = Length++;
        if (_words is null)
        {
            return;
        }

        if (row >> 6 >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max(4, _words.Length * 2));
        }

        if (valid)
        {
            _words[row >> 6] |= 1ul << (row & 63);
        }
    }

    private protected void MarkAppendedValid(int count)
    {
        if (_words is null)
        {
            Length += count;
            return;
        }

        for (int i = 0; i < count; i++)
        {
            MarkAppended(true);
        }
    }

    private protected ValidityMask TakeValidity()
    {
        var mask = new ValidityMask(_words);
        _words = null;
        Length = 0;
        return mask;
    }

    private ulong[] AllValidSoFar()
    {
        ulong[] words = new ulong[Math.Max(4, (Length >> 6) + 1)];
        words.AsSpan(0, Length >> 6).Fill(ulong.MaxValue);
        words[Length >> 6] = (1ul << (Length & 63)) - 1;
        return words;
    }
}
