// Writes the schemas of Sentinel's and Defender's tables that src/Quarry.Data/Kql/Schemas embeds.
//
//   dotnet run eng/refresh-table-schemas.cs -- SCHEMAS [OUTPUT]
//
// SCHEMAS a local JSON file: { "sentinel": { TABLE: { COLUMN: TYPE, … }, … }, "m365": { … } }.
// OUTPUT  the file to write, src/Quarry.Data/Kql/Schemas/tables.txt.gz by default.
//
// Only the facts are taken: names and types. A line a table: the product's letter (S or D), the name, and its columns, each
// with the letter of its type in front, divided by tabs; a column is written as @N where it was written before as the Nth.

#:property PublishAot=false

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

if (args.Length is < 1 or > 2)
{
    Console.Error.WriteLine("usage: dotnet run eng/refresh-table-schemas.cs -- SCHEMAS [OUTPUT]");
    return 2;
}

string output = args.Length > 1 ? args[1] : Path.Combine("src", "Quarry.Data", "Kql", "Schemas", "tables.txt.gz");
using JsonDocument schemas = JsonDocument.Parse(File.ReadAllBytes(args[0]));
var text = new StringBuilder();
var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
int tables = 0;
foreach ((string product, char letter) in new[] { ("sentinel", 'S'), ("m365", 'D') })
{
    foreach (JsonProperty table in schemas.RootElement.GetProperty(product).EnumerateObject().OrderBy(t => t.Name, StringComparer.Ordinal))
    {
        tables++;
        text.Append(letter).Append(table.Name);
        foreach (JsonProperty column in table.Value.EnumerateObject())
        {
            string entry = Letter(column.Value.GetString()!) + column.Name;
            text.Append('\t');
            if (numbers.TryGetValue(entry, out int number))
            {
                text.Append('@').Append(number.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                numbers.Add(entry, numbers.Count);
                text.Append(entry);
            }
        }

        text.Append('\n');
    }
}

Directory.CreateDirectory(Path.GetDirectoryName(output)!);
using (var zip = new GZipStream(File.Create(output), CompressionLevel.SmallestSize))
{
    zip.Write(Encoding.UTF8.GetBytes(text.ToString()));
}

Console.WriteLine($"{tables} tables, {numbers.Count} columns, {new FileInfo(output).Length:N0} bytes in {output}");
return 0;

static string Letter(string type) => type switch
{
    "bool" or "boolean" => "b",
    "int" => "i",
    "long" => "l",
    "real" or "double" => "r",
    "decimal" => "m",
    "datetime" => "d",
    "timespan" => "t",
    "string" => "s",
    "guid" => "g",
    "dynamic" => "y",
    _ => throw new InvalidOperationException($"There is no type '{type}'."),
};
