using System.Globalization;
using Quarry.Data.Engine;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>Tables in DuckDB's own storage.</summary>
internal static class StoredTables
{
    /// <summary>The name of a column in SQL.</summary>
    public static string ColumnName(int ordinal) => string.Create(CultureInfo.InvariantCulture, $"c{ordinal}");

    /// <summary>Makes a table and puts the rows of a stream in it; tells their number and, per column, the values that did not read.</summary>
    public static (long Rows, long[] Unread) Create(DuckDbConnection connection, string sqlName, IReadOnlyList<ColumnSchema> schema, TableStream stream)
    {
        // A table without columns has no rows either, but SQL wants a column.
        string columns = schema.Count == 0 ? "c0 BOOLEAN" : string.Join(", ", schema.Select((column, i) => $"{ColumnName(i)} {KqlStorage.TypeOf(column.Type)}"));
        connection.Execute($"CREATE TABLE {sqlName} ({columns})");
        try
        {
            using var feed = new TableFeed(stream, schema);
            if (schema.Count > 0)
            {
                using DuckDbAppender appender = connection.CreateAppender(sqlName);
                appender.Fill(feed.Fill);
                appender.Complete();
            }

            return (feed.Rows, feed.Unread);
        }
        catch
        {
            connection.Execute($"DROP TABLE {sqlName}");
            throw;
        }
    }

    /// <summary>Per column whether no value is null.</summary>
    public static bool[] NeverNull(DuckDbConnection connection, string sqlName, int columns)
    {
        if (columns == 0)
        {
            return [];
        }

        using DuckDbResult result = connection.Query($"SELECT {string.Join(", ", Enumerable.Range(0, columns).Select(i => $"count(*) = count({ColumnName(i)})"))} FROM {sqlName}");
        foreach (DuckDbChunk chunk in result.Chunks())
        {
            bool[] full = new bool[columns];
            for (int i = 0; i < columns; i++)
            {
                full[i] = chunk[i].Values<bool>()[0];
            }

            return full;
        }

        return new bool[columns];
    }
}
