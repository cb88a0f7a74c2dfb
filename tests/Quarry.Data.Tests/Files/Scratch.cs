using System.Text;
using Quarry.Data.Files;
using Quarry.Tables;

namespace Quarry.Data.Tests.Files;

/// <summary>A folder for the files of one test, gone with it; and short ways to read them.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch() => Folder = Directory.CreateTempSubdirectory("quarry-files-").FullName;

    public string Folder { get; }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public (Table Table, ReadReport Report) Read(string name, string text, InputOptions? options = null) =>
        Read([Write(name, text)], options);

    public (Table Table, ReadReport Report) Read(string name, byte[] content, InputOptions? options = null) =>
        Read([Write(name, content)], options);

    public static (Table Table, ReadReport Report) Read(IEnumerable<string> patterns, InputOptions? options = null)
    {
        using var input = TableInput.Open(patterns, options);
        Table table = input.Stream.Gather();
        return (table, input.Report);
    }

    /// <summary>The cells of a table, a row a line, null as ∅, cells between bars.</summary>
    public static string Show(Table table)
    {
        var text = new StringBuilder();
        for (int row = 0; row < table.RowCount; row++)
        {
            text.AppendJoin('|', table.Columns.Select(c => Show(c.GetValue(row)))).Append('\n');
        }

        return text.ToString();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Show(object? value) => value switch
    {
        null => "∅",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
