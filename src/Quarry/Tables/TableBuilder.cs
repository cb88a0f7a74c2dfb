namespace Quarry.Tables;

/// <summary>Collects rows into a <see cref="Table"/>: by column through <see cref="this[int]"/>, or by whole rows.</summary>
public sealed class TableBuilder
{
    private readonly ColumnBuilder[] _columns;

    /// <summary>A builder for a schema.</summary>
    public TableBuilder(TableSchema schema)
    {
        Schema = schema;
        _columns = [.. schema.Select(c => ColumnBuilder.Create(c.Type))];
    }

    /// <summary>A builder for the given columns.</summary>
    public TableBuilder(params IEnumerable<(string Name, ColumnType Type)> columns)
        : this(new TableSchema(columns.Select(c => new ColumnSchema(c.Name, c.Type))))
    {
    }

    /// <summary>Names and types of the columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>The number of rows so far, counted in the first column.</summary>
    public int RowCount => _columns.Length == 0 ? 0 : _columns[0].Length;

    /// <summary>The bytes of text collected so far.</summary>
    public long TextBytes => _columns.Sum(c => c is TextColumnBuilder text ? (long)text.ByteCount : 0);

    /// <summary>The builder of a column. Every column has to be given the same number of rows before <see cref="Build"/>.</summary>
    public ColumnBuilder this[int ordinal] => _columns[ordinal];

    /// <summary>The builder of a string or dynamic column.</summary>
    public TextColumnBuilder Text(int ordinal) => (TextColumnBuilder)_columns[ordinal];

    /// <summary>The builder of a column of fixed-size values.</summary>
    public ValueColumnBuilder<T> Values<T>(int ordinal)
        where T : unmanaged
        => (ValueColumnBuilder<T>)_columns[ordinal];

    /// <summary>Adds a row of values, one a column, each of the column's .NET type or null.</summary>
    /// <exception cref="ArgumentException">Their number or a type does not fit; nothing was added.</exception>
    public TableBuilder AddRow(params ReadOnlySpan<object?> values)
    {
        if (values.Length != _columns.Length)
        {
            throw new ArgumentException($"A row of this table has {_columns.Length} values, not {values.Length}.", nameof(values));
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value && value.GetType() != Schema[i].Type.ClrType())
            {
                throw new ArgumentException($"Column '{Schema[i].Name}' takes {Schema[i].Type.ClrType().Name}, not {value.GetType().Name}.", nameof(values));
            }
        }

        for (int i = 0; i < values.Length; i++)
        {
            _columns[i].AppendObject(values[i]);
        }

        return this;
    }

    /// <summary>Adds every row of a table of the same schema.</summary>
    /// <exception cref="ArgumentException">The table's schema is another one.</exception>
    public void AppendAll(Table table)
    {
        if (!table.Schema.Equals(Schema))
        {
            throw new ArgumentException($"The table's schema is {table.Schema}, {Schema} is needed.", nameof(table));
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].AppendAll(table[i]);
        }
    }

    /// <summary>Hands over the table and begins anew.</summary>
    /// <exception cref="ArgumentException">The columns were given different numbers of rows.</exception>
    public Table Build() => new(Schema, _columns.Select(c => c.Build()));
}
