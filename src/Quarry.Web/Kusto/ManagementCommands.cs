using System.Reflection;
using Microsoft.AspNetCore.Http;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>The commands that clients ask for a schema with. Nothing is changed by one: the database is read only.</summary>
internal static class ManagementCommands
{
    private const string Supported =
        ".show version, .show cluster, .show databases, .show database NAME details, .show database schema [as json], .show databases schema as json, .show tables [details], "
        + ".show table NAME [details], .show table NAME schema as json, .show table NAME cslschema, .show functions, .show materialized-views, .show queries, .cancel query ID";

    /// <summary>Answers a command.</summary>
    /// <exception cref="RequestException">It is not one of those that are answered.</exception>
    public static Table Run(ServedDatabase served, string command)
    {
        IReadOnlyList<string> words = CommandWords.Of(command);
        string[] lower = [.. words.Select(word => word.ToLowerInvariant())];
        return lower switch
        {
            [".show", "version"] => Version(),
            [".show", "cluster"] => Rows([("NodeId", ColumnType.String), ("Address", ColumnType.String), ("Name", ColumnType.String)], [["local", "127.0.0.1", "Quarry"]]),
            [".show", "cluster", "databases", ..] or [".show", "databases"] or [".show", "databases", "details" or "identity"] or [".show", "database"] or [".show", "database", "details" or "identity"] => Databases(served),
            [".show", "databases" or "database", "schema", .., "as", "json"] or [".show", "schema", "as", "json"] => DatabaseSchema(served),
            [".show", "databases", _, "schema", "as", "json"] => Of(served, words[2], DatabaseSchema),
            [".show", "database", _, "schema", .., "as", "json"] => Of(served, words[2], DatabaseSchema),
            [".show", "database", "schema"] or [".show", "schema"] or [".show", "database", "schema", "details"] => Columns(served),
            [".show", "database", _, "schema", ..] => Of(served, words[2], Columns),
            [".show", "database", _, "details" or "identity" or "policies"] => Of(served, words[2], Databases),
            [".show", "tables"] => Tables(served, served.Engine.Tables),
            [".show", "tables", "details"] => TableDetails(served, served.Engine.Tables),
            [".show", "table", _] => Columns(served, Require(served, words[2])),
            [".show", "table", _, "details"] => TableDetails(served, [Require(served, words[2])]),
            [".show", "table", _, "schema", "as", "json"] => TableSchema(served, Require(served, words[2]), table => SchemaJson.OfTable(table.Name, table.Schema)),
            [".show", "table", _, "cslschema"] or [".show", "table", _, "schema", "as", "csl"] => TableSchema(served, Require(served, words[2]), table => SchemaJson.Csl(table.Schema)),
            [".show", "functions"] => Rows([("Name", ColumnType.String), ("Parameters", ColumnType.String), ("Body", ColumnType.String), ("Folder", ColumnType.String), ("DocString", ColumnType.String)], []),
            [".show", "materialized-views", ..] => Rows([("Name", ColumnType.String), ("SourceTable", ColumnType.String), ("Query", ColumnType.String), ("Folder", ColumnType.String), ("DocString", ColumnType.String)], []),
            [".show", "external", "tables", ..] => Rows([("TableName", ColumnType.String), ("TableType", ColumnType.String), ("Folder", ColumnType.String), ("DocString", ColumnType.String)], []),
            [".show", "queries" or "running"] or [".show", "running", "queries"] => Rows([("ClientActivityId", ColumnType.String), ("State", ColumnType.String)], [.. served.Running.Select(id => (object?[])[id, "InProgress"])]),
            [".cancel", "query", _, ..] => Cancel(served, words[2]),
            [".show", ..] or [".cancel", ..] => throw JsonBody.Bad($"This server does not answer '{string.Join(' ', words)}'. It answers: {Supported}."),
            _ => throw JsonBody.Bad($"The database is read only: this server changes nothing and takes nothing in. It answers: {Supported}."),
        };
    }

    /// <summary>Whether a database of a request is the one that is served: its name, whatever its letter case, or none.</summary>
    /// <exception cref="RequestException">It is another.</exception>
    public static void RequireDatabase(ServedDatabase served, string name)
    {
        if (name.Length > 0 && !name.Equals(served.Name, StringComparison.OrdinalIgnoreCase) && !name.Equals("NetDefaultDB", StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestException(StatusCodes.Status400BadRequest, "BadRequest_EntityNotFound", $"There is no database '{name}' here; the one that is served is '{served.Name}'.");
        }
    }

    private static Table Of(ServedDatabase served, string name, Func<ServedDatabase, Table> answer)
    {
        RequireDatabase(served, name);
        return answer(served);
    }

    private static KqlTable Require(ServedDatabase served, string name) => served.Engine.Tables.FirstOrDefault(table => table.Name == name)
        ?? throw new RequestException(StatusCodes.Status400BadRequest, "BadRequest_EntityNotFound", $"There is no table '{name}' here; .show tables lists them.");

    private static Table Version() => Rows(
        [("BuildVersion", ColumnType.String), ("BuildTime", ColumnType.DateTime), ("ServiceType", ColumnType.String), ("ProductVersion", ColumnType.String)],
        [[VersionText, null, "Engine", $"Quarry {VersionText}"]]);

    private static string VersionText => typeof(ManagementCommands).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static Table Databases(ServedDatabase served) => Rows(
        [("DatabaseName", ColumnType.String), ("PersistentStorage", ColumnType.String), ("Version", ColumnType.String), ("IsCurrent", ColumnType.Bool), ("DatabaseAccessMode", ColumnType.String), ("PrettyName", ColumnType.String), ("DatabaseId", ColumnType.Guid)],
        [[served.Name, "", "v1.0", true, "ReadOnly", "", Guid.Empty]]);

    private static Table DatabaseSchema(ServedDatabase served) => Rows([("DatabaseSchema", ColumnType.String)], [[SchemaJson.OfDatabase(served)]]);

    private static Table Columns(ServedDatabase served) => Columns(served, [.. served.Engine.Tables]);

    private static Table Columns(ServedDatabase served, params IReadOnlyList<KqlTable> tables) => Rows(
        [("DatabaseName", ColumnType.String), ("TableName", ColumnType.String), ("ColumnName", ColumnType.String), ("ColumnType", ColumnType.String)],
        [.. tables.SelectMany(table => table.Schema.Select(column => (object?[])[served.Name, table.Name, column.Name, KustoTypes.FullName(column.Type)]))]);

    private static Table Tables(ServedDatabase served, IEnumerable<KqlTable> tables) => Rows(
        [("TableName", ColumnType.String), ("DatabaseName", ColumnType.String), ("Folder", ColumnType.String), ("DocString", ColumnType.String)],
        [.. tables.Select(table => (object?[])[table.Name, served.Name, "", ""])]);

    private static Table TableDetails(ServedDatabase served, IEnumerable<KqlTable> tables) => Rows(
        [("TableName", ColumnType.String), ("DatabaseName", ColumnType.String), ("Folder", ColumnType.String), ("DocString", ColumnType.String), ("TotalRowCount", ColumnType.Long)],
        [.. tables.Select(table => (object?[])[table.Name, served.Name, "", "", table.RowCount])]);

    private static Table TableSchema(ServedDatabase served, KqlTable table, Func<KqlTable, string> schema) => Rows(
        [("TableName", ColumnType.String), ("Schema", ColumnType.String), ("DatabaseName", ColumnType.String), ("Folder", ColumnType.String), ("DocString", ColumnType.String)],
        [[table.Name, schema(table), served.Name, "", ""]]);

    private static Table Cancel(ServedDatabase served, string id) => served.Cancel(id)
        ? Rows([("RunningQueryCanceled", ColumnType.Bool), ("ClientRequestId", ColumnType.String)], [[true, id]])
        : throw new RequestException(StatusCodes.Status400BadRequest, "BadRequest_EntityNotFound", $"No query of the id '{id}' is running.");

    private static Table Rows((string Name, ColumnType Type)[] columns, IReadOnlyList<object?[]> rows)
    {
        var builder = new TableBuilder(new TableSchema(columns.Select(column => new ColumnSchema(column.Name, column.Type))));
        foreach (object?[] row in rows)
        {
            builder.AddRow(row);
        }

        return builder.Build();
    }
}
