using System.Text.Json;
using Quarry.Data.Sources.Answers;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Sources.Kusto;

/// <summary>Reads what <c>.show database schema as json</c> answers: tables, external tables, materialized views and functions with their columns.</summary>
internal static class KustoSchema
{
    private static readonly (string Member, string Kind)[] Kinds =
        [("Tables", "table"), ("ExternalTables", "external table"), ("MaterializedViews", "materialized view"), ("Functions", "function")];

    /// <summary>The tables of the answer, by name.</summary>
    /// <exception cref="SourceException">It is no such answer.</exception>
    public static IReadOnlyList<SourceTable> Read(Stream body, ServiceFaults faults, string database)
    {
        AnswerPart[] parts = [.. new TablesAnswer(body, faults).Read()];
        Table? rows = parts.FirstOrDefault(part => part.Rows is not null).Rows;
        if (rows is null || rows.Schema.IndexOf("DatabaseSchema") is not (>= 0 and var column) || rows[column].GetValue(0) is not string text)
        {
            throw faults.Broken("It has no cell 'DatabaseSchema'.");
        }

        try
        {
            using var schema = JsonDocument.Parse(text);
            return [.. Of(schema.RootElement, database).OrderBy(table => table.Name, StringComparer.OrdinalIgnoreCase)];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw faults.Broken($"The schema is not as expected: {fault.Message}", fault);
        }
    }

    private static IEnumerable<SourceTable> Of(JsonElement schema, string database)
    {
        foreach (JsonElement one in Members(schema, "Databases"))
        {
            string origin = Text(one, "Name") is { Length: > 0 } name ? name : database;
            foreach ((string member, string kind) in Kinds)
            {
                foreach (JsonElement table in Members(one, member))
                {
                    yield return new SourceTable(Text(table, "Name"), Columns(table))
                    {
                        Kind = kind,
                        Description = Text(table, "DocString"),
                        Origin = origin,
                        Parameters = member == "Functions" ? Parameters(table) : "",
                    };
                }
            }
        }
    }

    private static TableSchema Columns(JsonElement table)
    {
        (string Name, ColumnType Type)[] columns =
            [.. Items(table, "OrderedColumns").Concat(Items(table, "OutputColumns")).Select(column => (Text(column, "Name"), AnswerColumns.Type(Csl(column)) ?? ColumnType.Dynamic))];
        string[] names = AnswerColumns.Unique([.. columns.Select(column => column.Name)], (_, _) => { });
        return new TableSchema(columns.Zip(names, (column, name) => new ColumnSchema(name, column.Type)));
    }

    private static string Parameters(JsonElement function) => $"({string.Join(", ", Items(function, "InputParameters").Select(Parameter))})";

    private static string Parameter(JsonElement parameter)
    {
        if (Items(parameter, "Columns").ToArray() is { Length: > 0 } columns)
        {
            return $"{Text(parameter, "Name")}:({string.Join(", ", columns.Select(column => $"{Text(column, "Name")}:{Csl(column)}"))})";
        }

        string type = Csl(parameter);
        string value = Text(parameter, "CslDefaultValue");
        return $"{Text(parameter, "Name")}:{(type.Length > 0 ? type : "(*)")}{(value.Length > 0 ? $"={value}" : "")}";
    }

    private static string Csl(JsonElement column) => Text(column, "CslType") is { Length: > 0 } type ? type : Text(column, "Type");

    private static IEnumerable<JsonElement> Members(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Select(member => member.Value) : [];

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
