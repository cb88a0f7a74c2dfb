using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Reads a table of trees again, for text and for charts.</summary>
internal sealed class TreeRows
{
    private readonly Table _table;
    private readonly ProcessColumns _columns;
    private readonly TextColumn _index, _parent;
    private readonly ValueColumn<bool> _synthetic;

    private TreeRows(Table table, ProcessColumns columns)
    {
        _table = table;
        _columns = columns;
        _index = table.Text("source_index");
        _parent = table.Text("parent_index");
        _synthetic = (ValueColumn<bool>)table["IsSynthetic"];
        Parents = FindParents();
    }

    /// <summary>The row of the parent of each row; -1 where the table does not have it.</summary>
    public int[] Parents { get; }

    /// <summary>The rows of a result; null if it is no table of trees.</summary>
    public static TreeRows? Of(Table result, ProcessTreeOptions options) => result.Schema.IndexOf(TreeColumns.First) < 0
        ? null
        : new TreeRows(result, ProcessColumns.Of(TreeColumns.InputOf(result.Schema), options));

    public bool IsSynthetic(int row) => _synthetic.Values[row];

    public string? Text(int row, ProcessField field) =>
        _columns.Has(field) && CellReading.IsFilled(_table[_columns[field]], row) ? CellReading.ReadText(_table[_columns[field]], row) : null;

    public string? Text(int row, string column) => _table.Text(column).GetString(row);

    public DateTime? Start(int row) => Time(row, ProcessField.StartTime) ?? Time(row, ProcessField.Time);

    private DateTime? Time(int row, ProcessField field) =>
        _columns.Has(field) && CellReading.ReadTime(_table[_columns[field]], row, out DateTime time) == CellState.Read ? time : null;

    // A parent stands before its children: the last rows that have no end yet are the way down to the row.
    private int[] FindParents()
    {
        int[] parents = new int[_table.RowCount];
        var way = new Stack<int>();
        for (int row = 0; row < parents.Length; row++)
        {
            while (way.TryPeek(out int last) && (_parent.IsNull(row) || !_index[last].SequenceEqual(_parent[row])))
            {
                way.Pop();
            }

            parents[row] = way.TryPeek(out int parent) ? parent : -1;
            way.Push(row);
        }

        return parents;
    }
}
