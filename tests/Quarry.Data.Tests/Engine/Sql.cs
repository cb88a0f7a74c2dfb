using Quarry.Data.Engine;

namespace Quarry.Data.Tests.Engine;

/// <summary>Short ways to ask a connection.</summary>
internal static class Sql
{
    internal static object? Scalar(DuckDbConnection connection, string sql)
    {
        using DuckDbResult result = connection.Query(sql);
        return result.Rows().Single().Single();
    }

    internal static List<object?[]> Rows(DuckDbConnection connection, string sql)
    {
        using DuckDbResult result = connection.Query(sql);
        return [.. result.Rows()];
    }
}
