using System.Text.Json;
using Quarry.Data.Sources.Answers;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Sources.Sentinel;

/// <summary>Reads what a workspace says of itself: <c>{"tables":[{"name","description","columns":[{"name","type"}]}],"functions":[{"name","parameters"}]}</c>.</summary>
internal static class SentinelMetadata
{
    /// <summary>The tables, and the functions that stand for tables.</summary>
    public static IReadOnlyList<SourceTable> Read(JsonElement metadata, string workspace, ServiceFaults faults)
    {
        if (metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty("tables", out JsonElement tables) || tables.ValueKind != JsonValueKind.Array)
        {
            throw faults.Broken("It lists no tables.");
        }

        var all = new List<SourceTable>();
        foreach (JsonElement table in tables.EnumerateArray())
        {
            all.Add(new SourceTable(NameOf(table, faults), Columns(table, faults)) { Description = Text(table, "description"), Origin = workspace });
        }

        if (metadata.TryGetProperty("functions", out JsonElement functions) && functions.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement function in functions.EnumerateArray())
            {
                all.Add(new SourceTable(NameOf(function, faults), new TableSchema([]))
                {
                    Kind = "function",
                    Description = Text(function, "description"),
                    Parameters = $"({Text(function, "parameters").Trim('(', ')')})",
                    Origin = workspace,
                });
            }
        }

        return all;
    }

    private static string NameOf(JsonElement table, ServiceFaults faults) =>
        Text(table, "name") is { Length: > 0 } name ? name : throw faults.Broken("It lists a table without a name.");

    private static TableSchema Columns(JsonElement table, ServiceFaults faults)
    {
        if (!table.TryGetProperty("columns", out JsonElement columns) || columns.ValueKind != JsonValueKind.Array)
        {
            return new TableSchema([]);
        }

        List<JsonElement> all = [.. columns.EnumerateArray()];
        string[] names = AnswerColumns.Unique([.. all.Select(column => AnswerColumns.NameOf(column) ?? throw faults.Broken("It lists a column without a name."))], (_, _) => { });

        // A type that is new to Quarry does not keep the list from being shown; the answer to a query says it again, and is read strictly.
        return new TableSchema(names.Zip(all, (name, column) => new ColumnSchema(name, AnswerColumns.TypeOf(column) ?? ColumnType.Dynamic)));
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
