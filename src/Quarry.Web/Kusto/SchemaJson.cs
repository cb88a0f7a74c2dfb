using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>Schemas as Kusto's commands give them in JSON.</summary>
internal static class SchemaJson
{
    /// <summary>All tables of a database: what clients ask for to complete names.</summary>
    public static string OfDatabase(ServedDatabase served) => Written(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("Plugins");
        json.WriteEndObject();
        json.WriteStartObject("Databases");
        json.WriteStartObject(served.Name);
        json.WriteString("Name", served.Name);
        json.WriteStartObject("Tables");
        foreach ((string name, TableSchema schema) in served.Engine.Tables.Select(table => (table.Name, table.Schema)))
        {
            json.WritePropertyName(name);
            WriteTable(json, name, schema);
        }

        json.WriteEndObject();
        foreach (string empty in (string[])["ExternalTables", "MaterializedViews", "EntityGroups", "Functions"])
        {
            json.WriteStartObject(empty);
            json.WriteEndObject();
        }

        json.WriteNumber("MajorVersion", 1);
        json.WriteNumber("MinorVersion", 0);
        json.WriteString("DatabaseAccessMode", "ReadOnly");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>One table.</summary>
    public static string OfTable(string name, TableSchema schema) => Written(json => WriteTable(json, name, schema));

    /// <summary>The columns of a table as a command that makes one has them: <c>Time:datetime,Count:long</c>.</summary>
    public static string Csl(TableSchema schema) =>
        string.Join(',', schema.Select(column => $"{(IsPlain(column.Name) ? column.Name : Quarry.Kql.Syntax.KqlLiteral.Name(column.Name))}:{column.Type.KqlName()}"));

    private static void WriteTable(Utf8JsonWriter json, string name, TableSchema schema)
    {
        json.WriteStartObject();
        json.WriteString("Name", name);
        json.WriteString("Folder", "");
        json.WriteString("DocString", "");
        json.WriteStartArray("OrderedColumns");
        foreach (ColumnSchema column in schema)
        {
            json.WriteStartObject();
            json.WriteString("Name", column.Name);
            json.WriteString("Type", KustoTypes.FullName(column.Type));
            json.WriteString("CslType", column.Type.KqlName());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static bool IsPlain(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            write(json);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
