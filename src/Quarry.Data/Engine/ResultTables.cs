using Quarry.Tables;

namespace Quarry.Data.Engine;

/// <summary>Results as tables of KQL's types.</summary>
/// <remarks>
/// BOOLEAN becomes bool; integers up to 32 bits int; UINTEGER and BIGINT long; FLOAT and DOUBLE real; UBIGINT, HUGEINT, UHUGEINT
/// and DECIMAL decimal; DATE and timestamps datetime; TIME and INTERVAL timespan (a month is 30 days); UUID guid; VARCHAR, ENUM
/// and BLOB string (bytes that are not UTF-8 as <c>\xNN</c>); JSON, lists, structs and maps dynamic. Times beyond KQL's range
/// (infinite, before the year 1, after 9999) become null. Columns of one name are told apart by a number.
/// </remarks>
public static class ResultTables
{
    /// <summary>The most text in a batch before it is handed on, whatever its rows.</summary>
    private const long BatchBytes = 32 << 20;

    /// <summary>The rows left as one table.</summary>
    /// <exception cref="EngineException">A column's type is not read, or a number does not fit a decimal.</exception>
    /// <exception cref="OperationCanceledException">The stream's token was cancelled.</exception>
    public static Table ToTable(this DuckDbResult result)
    {
        TableSchema schema = ColumnTypeMapping.Schema(result.Columns);
        return Table.Concat(schema, Batches(result, schema, 65_536).Select(b => b.Table));
    }

    /// <summary>The rows left as batches, each copied out of DuckDB's memory. The stream owns the result.</summary>
    /// <exception cref="EngineException">A column's type is not read.</exception>
    public static TableStream ToTableStream(this DuckDbResult result, int batchRows = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchRows);
        TableSchema schema = ColumnTypeMapping.Schema(result.Columns);
        return new TableStream(schema, Batches(result, schema, batchRows), result);
    }

    private static IEnumerable<TableBatch> Batches(DuckDbResult result, TableSchema schema, int batchRows)
    {
        using var reader = new ColumnReader();
        var builder = new TableBuilder(schema);
        long first = 0;
        foreach (DuckDbChunk chunk in result.Chunks())
        {
            for (int column = 0; column < schema.Count; column++)
            {
                reader.Read(chunk[column], builder[column]);
            }

            if (builder.RowCount >= batchRows || builder.TextBytes >= BatchBytes)
            {
                Table table = builder.Build();
                yield return new TableBatch(table, first);
                first += table.RowCount;
            }
        }

        if (builder.RowCount > 0)
        {
            yield return new TableBatch(builder.Build(), first);
        }
    }
}
