using Quarry.Data.Kql;
using Quarry.Data.Tests.Kql.Conformance;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql;

/// <summary>The rows of a query as texts, in their order.</summary>
internal static class Rows
{
    /// <summary>Runs a query in a database without tables.</summary>
    public static async Task<string[]> Of(string query)
    {
        using var database = KqlDatabase.Create();
        Table table = (await database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken)).Table;
        return [.. Enumerable.Range(0, table.RowCount).Select(row => RecordedText.Row(table, row))];
    }
}
