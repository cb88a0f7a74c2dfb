namespace Quarry.Tables;

/// <summary>An immutable table: columns of KQL's types, all of the same length.</summary>
public sealed class Table
{
    private readonly Column[] _columns;

    /// <summary>A table of the given columns.</summary>
    /// <exception cref="ArgumentException">The columns do not fit the schema, or differ in length.</exception>
    public Table(TableSchema schema, params IEnumerable<Column> columns)
    {
        _columns = [.. columns];
        Schema = schema;
        RowCount = _columns.Length == 0 ? 0 : _columns[0].Length;
        if (_columns.Length != schema.Count)
        {
            throw new ArgumentException($"The schema has {schema.Count} columns, not {_columns.Length}.", nameof(columns));
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Type != schema[i].Type)
            {
                throw new ArgumentException($"Column '{schema[i].Name}' is {_columns[i].Type.KqlName()}, the schema says {schema[i].Type.KqlName()}.", nameof(columns));
            }

            if (_columns[i].Length != RowCount)
            {
                throw new ArgumentException($"Column '{schema[i].Name}' has {_columns[i].Length} rows, the first has {RowCount}.", nameof(columns));
            }
        }
    }

    /// <summary>Names and types of the columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The columns, in the schema's order.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>The column of a name.</summary>
    /// <exception cref="UnknownColumnException">No column has that name.</exception>
    public Column this[string name] => _columns[Schema.Require(name)];

    /// <summary>The column at a position from 0.</summary>
    public Column this[int ordinal] => _columns[ordinal];

    /// <summary>The text column of a name.</summary>
    /// <exception cref="UnknownColumnException">No column has that name.</exception>
    /// <exception cref="QuarryException">The column is neither string nor dynamic.</exception>
    public TextColumn Text(string name) => this[name] as TextColumn
        ?? throw new QuarryException($"Column '{name}' is {this[name].Type.KqlName()}; text (string or dynamic) is needed.");

    /// <summary>The rows from <paramref name="first"/> on, as many as <paramref name="count"/>; nothing is copied.</summary>
    public Table Slice(int first, int count) => new(Schema, _columns.Select(c => c.Slice(first, count)));

    /// <summary>The table with only the named columns, in the given order; nothing is copied.</summary>
    /// <exception cref="UnknownColumnException">A name is not there.</exception>
    public Table Select(params IEnumerable<string> names)
    {
        int[] ordinals = [.. names.Select(Schema.Require)];
        return new Table(new TableSchema(ordinals.Select(i => Schema[i])), ordinals.Select(i => _columns[i]));
    }

    /// <summary>The rows of several tables of the same schema, one after another.</summary>
    /// <exception cref="ArgumentException">A table's schema is another one.</exception>
    /// <exception cref="QuarryException">A text column of the result would exceed <see cref="TextColumnBuilder.MaxBytes"/>.</exception>
    public static Table Concat(TableSchema schema, IEnumerable<Table> tables)
    {
        var builder = new TableBuilder(schema);
        foreach (Table table in tables)
        {
            builder.AppendAll(table);
        }

        return builder.Build();
    }
}
