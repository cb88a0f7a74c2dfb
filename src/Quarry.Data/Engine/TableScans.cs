using Quarry.Data.Engine.Native;
using Quarry.Tables;

namespace Quarry.Data.Engine;

/// <summary>Tables as relations of SQL.</summary>
/// <remarks>
/// bool, int, long, real, string and guid become what DuckDB calls so; decimal DECIMAL(38, s), with s as the values need it;
/// datetime TIMESTAMP (microseconds: a seventh digit of a second is cut off); timespan INTERVAL; dynamic JSON.
/// </remarks>
public static class TableScans
{
    private static long _count;

    /// <summary>
    /// Lets statements of the connection read a table under a name, where it lies: only the columns a statement needs are
    /// handed to DuckDB, 2,048 rows at a time. The database keeps the table until it ends. A table or view of the name is hidden.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="name">The name, as it is (not quoted).</param>
    /// <param name="table">The table.</param>
    /// <param name="keepOrder">
    /// Whether the rows come in their order. Otherwise several threads read them, and what a statement computes for each row
    /// is computed on all of them.
    /// </param>
    /// <exception cref="EngineException">Two columns' names differ in letter case alone, which DuckDB does not tell apart.</exception>
    public static void AddTable(this DuckDbConnection connection, string name, Table table, bool keepOrder = true)
    {
        string function = $"quarry_table_{Interlocked.Increment(ref _count)}";
        connection.Register(Function(function, table, keepOrder));
        connection.Execute($"CREATE OR REPLACE TEMPORARY VIEW {NativeText.Identifier(name)} AS SELECT * FROM {function}()");
    }

    /// <summary>Makes a table of DuckDB's own with the rows of a table.</summary>
    /// <exception cref="EngineException">
    /// A table of the name is there, or two columns' names differ in letter case alone, which DuckDB does not tell apart.
    /// </exception>
    public static void CreateTable(this DuckDbConnection connection, string name, Table table)
    {
        DuckDbColumn[] columns = Columns(table);
        string declared = string.Join(", ", columns.Select(c => $"{NativeText.Identifier(c.Name)} {c.Type}"));
        connection.Execute($"CREATE TABLE {NativeText.Identifier(name)} ({declared})");
        using DuckDbAppender appender = connection.CreateAppender(name);
        appender.Fill(Filler(table, [.. Enumerable.Range(0, columns.Length)]));
        appender.Complete();
    }

    /// <summary>A table function without arguments that gives the rows of a table.</summary>
    /// <exception cref="EngineException">Two columns' names differ in letter case alone, which DuckDB does not tell apart.</exception>
    public static DuckDbTableFunction Function(string name, Table table, bool keepOrder = true)
    {
        var scan = new DuckDbTableScan
        {
            Columns = Columns(table),
            RowCount = table.RowCount,
            MaxThreads = keepOrder ? 1 : Environment.ProcessorCount,
            Open = columns => Filler(table, columns),
        };
        return new DuckDbTableFunction { Name = name, Bind = _ => scan };
    }

    internal static DuckDbColumn[] Columns(Table table)
    {
        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ColumnSchema column in table.Schema)
        {
            if (!taken.TryAdd(column.Name, column.Name))
            {
                throw new EngineException($"Columns '{taken[column.Name]}' and '{column.Name}' differ in letter case alone, which DuckDB does not tell apart. Rename one.");
            }
        }

        return table.Schema.Count == 0
            ? throw new EngineException("A table without columns cannot be read in SQL.")
            : [.. table.Schema.Select((c, i) => new DuckDbColumn(c.Name, ColumnTypeMapping.Of(table[i])))];
    }

    internal static DuckDbChunkFiller Filler(Table table, IReadOnlyList<int> columns)
    {
        long next = 0;
        return chunk =>
        {
            long first = Interlocked.Add(ref next, DuckDbOutputChunk.Capacity) - DuckDbOutputChunk.Capacity;
            int rows = (int)Math.Clamp(table.RowCount - first, 0, DuckDbOutputChunk.Capacity);
            if (rows == 0)
            {
                return 0;
            }

            for (int i = 0; i < columns.Count; i++)
            {
                ColumnWriter.Write(table[columns[i]], (int)first, rows, chunk[i]);
            }

            return rows;
        };
    }
}
