using System.Text.Json;
using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>Names and types of columns as services write them.</summary>
internal static class AnswerColumns
{
    /// <summary>The name: <c>ColumnName</c> of Kusto, <c>name</c> of Log Analytics; null where there is none.</summary>
    public static string? NameOf(JsonElement column) => Text(column, "ColumnName") ?? Text(column, "name");

    /// <summary>The type: <c>ColumnType</c> or, of version 1, .NET's <c>DataType</c>; <c>type</c> of Log Analytics. Null where there is none such.</summary>
    public static ColumnType? TypeOf(JsonElement column) => Type(Text(column, "ColumnType") ?? Text(column, "type") ?? Text(column, "DataType"));

    /// <summary>The type of a name: KQL's, its other spellings, or .NET's.</summary>
    public static ColumnType? Type(string? name) => name?.ToLowerInvariant().Replace("system.", "", StringComparison.Ordinal) switch
    {
        "bool" or "boolean" or "sbyte" => ColumnType.Bool,
        "int" or "int32" => ColumnType.Int,
        "long" or "int64" => ColumnType.Long,
        "real" or "double" => ColumnType.Real,
        "decimal" or "sqldecimal" or "data.sqltypes.sqldecimal" => ColumnType.Decimal,
        "datetime" or "date" => ColumnType.DateTime,
        "timespan" or "time" => ColumnType.TimeSpan,
        "guid" or "uuid" or "uniqueid" => ColumnType.Guid,
        "string" => ColumnType.String,
        "dynamic" or "object" => ColumnType.Dynamic,
        _ => null,
    };

    /// <summary>
    /// The names, each once: one that is taken gets the first free number after it, as KQL names the columns of a join; one that is
    /// empty is <c>Column1</c> by its position.
    /// </summary>
    /// <param name="names">The names as they were sent.</param>
    /// <param name="onRenamed">Told what was given and what was made of it.</param>
    public static string[] Unique(IReadOnlyList<string> names, Action<string, string> onRenamed)
    {
        // A name that is sent as it stands is not given away to one before it: a, a, a1.
        var taken = new HashSet<string>(names, StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        string[] unique = new string[names.Count];
        for (int i = 0; i < unique.Length; i++)
        {
            string name = names[i];
            if (name.Length > 0 && used.Add(name))
            {
                unique[i] = name;
                continue;
            }

            string wanted = name.Length > 0 ? name : "Column";
            int number = name.Length > 0 ? numbers.GetValueOrDefault(name) : i;
            string made;
            do
            {
                made = wanted + ++number;
            }
            while (!taken.Add(made));

            numbers[name] = number;
            used.Add(made);
            unique[i] = made;
            onRenamed(name, made);
        }

        return unique;
    }

    private static string? Text(JsonElement column, string name) =>
        column.ValueKind == JsonValueKind.Object && column.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
