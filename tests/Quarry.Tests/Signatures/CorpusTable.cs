using System.Globalization;
using System.Text;
using System.Text.Json;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Tests.Signatures;

/// <summary>Reads a data set of the corpus (RFC 4180 and its schema.json) as a typed table, so that these tests need no reader of the product.</summary>
internal static class CorpusTable
{
    public static Table Read(string name)
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Corpus.PathOf($"data/{name}.schema.json")));
        (string Name, ColumnType Type)[] columns = [.. schema.RootElement.GetProperty("columns").EnumerateArray()
            .Select(c => (c.GetProperty("name").GetString()!, TypeOf(c.GetProperty("type").GetString()!)))];
        using var reader = new StreamReader(Corpus.PathOf($"data/{name}.csv"), Encoding.UTF8);
        string?[] header = Row(reader)!;
        header.ShouldBe(columns.Select(c => c.Name));
        var builder = new TableBuilder(columns);
        while (Row(reader) is { } row)
        {
            builder.AddRow([.. row.Select((text, i) => Value(text, columns[i].Type))]);
        }

        Table table = builder.Build();
        return table.Select(header.OfType<string>().Where(n => n != "_index"));
    }

    private static ColumnType TypeOf(string type) => type switch
    {
        "long" => ColumnType.Long,
        "real" => ColumnType.Real,
        "bool" => ColumnType.Bool,
        "datetime" => ColumnType.DateTime,
        "dynamic" => ColumnType.Dynamic,
        _ => ColumnType.String,
    };

    private static object? Value(string? text, ColumnType type) => text is null ? null : type switch
    {
        ColumnType.Long => long.Parse(text, CultureInfo.InvariantCulture),
        ColumnType.Real => double.Parse(text, CultureInfo.InvariantCulture),
        ColumnType.Bool => bool.Parse(text),
        ColumnType.DateTime => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
        _ => text,
    };

    // An empty field is null unless it is quoted.
    private static string?[]? Row(StreamReader reader)
    {
        var row = new List<string?>();
        var field = new StringBuilder();
        bool isQuoted = false;
        bool wasQuoted = false;
        for (int next; (next = reader.Read()) >= 0;)
        {
            char c = (char)next;
            if (c == '"')
            {
                bool isDoubled = isQuoted && reader.Peek() == '"';
                isQuoted = !isQuoted || isDoubled;
                wasQuoted = true;
                field.Append(isDoubled ? ((char)reader.Read()).ToString() : "");
            }
            else if (isQuoted || c is not (',' or '\n'))
            {
                field.Append(c);
            }
            else
            {
                row.Add(field.Length == 0 && !wasQuoted ? null : field.ToString());
                field.Clear();
                wasQuoted = false;
                if (c == '\n')
                {
                    return [.. row];
                }
            }
        }

        return null;
    }
}
