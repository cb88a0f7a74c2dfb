using System.Text;
using Quarry.Tables;

namespace Quarry.Tests.Processes;

/// <summary>Reads a CSV file (RFC 4180) as a table of text, as the command does; an empty field is null.</summary>
internal static class CsvTable
{
    public static Table Read(string path)
    {
        List<string[]> rows = [.. Rows(File.ReadAllText(path, Encoding.UTF8))];
        var builder = new TableBuilder(rows[0].Select(name => (name, ColumnType.String)));
        foreach (string[] row in rows.Skip(1))
        {
            builder.AddRow([.. row.Select(cell => cell.Length == 0 ? null : (object)cell)]);
        }

        return builder.Build();
    }

    private static IEnumerable<string[]> Rows(string text)
    {
        var row = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"')
            {
                bool isDoubled = isQuoted && i + 1 < text.Length && text[i + 1] == '"';
                isQuoted = !isQuoted || isDoubled;
                if (isDoubled)
                {
                    field.Append('"');
                    i++;
                }
            }
            else if (isQuoted || c is not (',' or '\n'))
            {
                field.Append(c);
            }
            else
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    yield return [.. row];
                    row.Clear();
                }
            }
        }
    }
}
