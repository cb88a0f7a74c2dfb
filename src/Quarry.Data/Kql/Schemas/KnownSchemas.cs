using System.Globalization;
using System.IO.Compression;
using Quarry.Tables;

namespace Quarry.Data.Kql.Schemas;

/// <summary>The schemas of Sentinel's and Defender's tables, as <c>eng/refresh-table-schemas.cs</c> wrote them.</summary>
internal static class KnownSchemas
{
    private static readonly Lazy<Dictionary<string, List<KnownSchema>>> All = new(Read);

    /// <summary>The names of all tables.</summary>
    public static IReadOnlyCollection<string> Names => All.Value.Keys;

    /// <summary>The schemas of a table: Sentinel's first, where both have it.</summary>
    public static IReadOnlyList<KnownSchema> Of(string table) => All.Value.TryGetValue(table, out List<KnownSchema>? found) ? found : [];

    /// <summary>
    /// Which of a table's schemas its columns are of: the one with more of them, and of two that have as many the one with
    /// fewer that are not there. Null where none is known, or none of the columns is in it.
    /// </summary>
    public static KnownSchema? Nearest(string table, IReadOnlyCollection<string> columns)
    {
        KnownSchema? best = Of(table)
            .OrderByDescending(schema => Shared(schema, columns))
            .ThenBy(schema => schema.Columns.Count)
            .FirstOrDefault();
        return best is not null && (columns.Count == 0 || Shared(best, columns) > 0) ? best : null;
    }

    private static int Shared(KnownSchema schema, IReadOnlyCollection<string> columns) => columns.Count(name => schema.Columns.IndexOf(name) >= 0);

    private static Dictionary<string, List<KnownSchema>> Read()
    {
        using Stream packed = typeof(KnownSchemas).Assembly.GetManifestResourceStream("table-schemas")!;
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var columns = new List<ColumnSchema>();
        var tables = new Dictionary<string, List<KnownSchema>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split('\t');
            ColumnSchema[] schema = [.. fields.Skip(1).Select(field => Column(field, columns))];
            var known = new KnownSchema(fields[0][0] == 'S' ? "Sentinel" : "Defender", new TableSchema(schema));
            if (!tables.TryAdd(fields[0][1..], [known]))
            {
                tables[fields[0][1..]].Add(known);
            }
        }

        return tables;
    }

    private static ColumnSchema Column(string field, List<ColumnSchema> columns)
    {
        if (field[0] == '@')
        {
            return columns[int.Parse(field.AsSpan(1), CultureInfo.InvariantCulture)];
        }

        columns.Add(new ColumnSchema(field[1..], Type(field[0])));
        return columns[^1];
    }

    private static ColumnType Type(char letter) => letter switch
    {
        'b' => ColumnType.Bool,
        'i' => ColumnType.Int,
        'l' => ColumnType.Long,
        'r' => ColumnType.Real,
        'm' => ColumnType.Decimal,
        'd' => ColumnType.DateTime,
        't' => ColumnType.TimeSpan,
        'g' => ColumnType.Guid,
        'y' => ColumnType.Dynamic,
        _ => ColumnType.String,
    };
}
