using System.Collections;

namespace Quarry.Tables;

/// <summary>The columns of a table, in order. Names are unique; letter case counts.</summary>
public sealed class TableSchema : IReadOnlyList<ColumnSchema>, IEquatable<TableSchema>
{
    private readonly ColumnSchema[] _columns;
    private readonly Dictionary<string, int> _ordinals;

    /// <summary>A schema of the given columns.</summary>
    /// <exception cref="QuarryException">Two columns have the same name.</exception>
    public TableSchema(params IEnumerable<ColumnSchema> columns)
    {
        _columns = [.. columns];
        _ordinals = new Dictionary<string, int>(_columns.Length, StringComparer.Ordinal);
        for (int i = 0; i < _columns.Length; i++)
        {
            if (!_ordinals.TryAdd(_columns[i].Name, i))
            {
                throw new QuarryException($"Two columns are named '{_columns[i].Name}'. Give each column a name of its own.");
            }
        }
    }

    /// <summary>The number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>The column at a position from 0.</summary>
    public ColumnSchema this[int ordinal] => _columns[ordinal];

    /// <summary>The position of a column, or -1.</summary>
    public int IndexOf(string name) => _ordinals.GetValueOrDefault(name, -1);

    /// <summary>The position of a column that has to be there.</summary>
    /// <exception cref="UnknownColumnException">No column has that name; the message lists those there are and the nearest.</exception>
    public int Require(string name)
    {
        int ordinal = IndexOf(name);
        return ordinal >= 0 ? ordinal : throw new UnknownColumnException(name, _columns.Select(c => c.Name));
    }

    /// <inheritdoc/>
    public bool Equals(TableSchema? other) => other is not null && _columns.AsSpan().SequenceEqual(other._columns);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TableSchema);

    /// <inheritdoc/>
    public override int GetHashCode() => _columns.Aggregate(_columns.Length, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<ColumnSchema> GetEnumerator() => ((IEnumerable<ColumnSchema>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>KQL's form, for example <c>(Time: datetime, Count: long)</c>.</summary>
    public override string ToString() => $"({string.Join(", ", _columns.Select(c => c.ToString()))})";
}
