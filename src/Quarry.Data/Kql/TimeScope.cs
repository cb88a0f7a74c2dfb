using System.Globalization;
using Quarry.Data.Engine;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>The rows of tables that a run may see: those of a time. Each table gives way to a view of it.</summary>
internal static class TimeScope
{
    private const char Prefix = 's';

    /// <summary>The name in SQL of what a run sees of a table.</summary>
    public static string SqlNameOf(KqlTable table, KqlRunOptions options) =>
        options.HasRange && TimeColumn(table, options) >= 0 ? Prefix + table.SqlName : table.SqlName;

    /// <summary>The table's own name, of a name that <see cref="SqlNameOf"/> gave.</summary>
    public static string TableOf(string sqlName) => sqlName[0] == Prefix ? sqlName[1..] : sqlName;

    /// <summary>Makes the view, where there is one.</summary>
    public static void Open(DuckDbConnection connection, string sqlName, KqlTable table, KqlRunOptions options)
    {
        if (sqlName[0] != Prefix)
        {
            return;
        }

        // Ticks are what datetimes are stored as.
        string column = string.Create(CultureInfo.InvariantCulture, $"c{TimeColumn(table, options)}");
        string from = options.From is { } start ? string.Create(CultureInfo.InvariantCulture, $"{column} >= {Utc(start).Ticks}") : $"{column} IS NOT NULL";
        string to = options.To is { } end ? string.Create(CultureInfo.InvariantCulture, $" AND {column} < {Utc(end).Ticks}") : "";
        connection.Execute($"CREATE TEMPORARY VIEW {sqlName} AS SELECT * FROM {table.SqlName} WHERE {from}{to}");
    }

    private static int TimeColumn(KqlTable table, KqlRunOptions options) => options.TimeColumns
        .Select(table.Schema.IndexOf)
        .FirstOrDefault(ordinal => ordinal >= 0 && table.Schema[ordinal].Type == ColumnType.DateTime, -1);

    private static DateTime Utc(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time;
}
