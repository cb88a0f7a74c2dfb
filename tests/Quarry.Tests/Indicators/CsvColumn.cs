using System.Text;

namespace Quarry.Tests.Indicators;

/// <summary>Reads one column of the corpus's CSV files (RFC 4180), so that these tests need no reader of the product.</summary>
internal static class CsvColumn
{
    public static IEnumerable<string> Read(string path, string column)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        int index = Array.IndexOf(Row(reader)!, column);
        while (Row(reader) is { } row)
        {
            yield return row[index];
        }
    }

    private static string[]? Row(StreamReader reader)
    {
        var row = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int next; (next = reader.Read()) >= 0;)
        {
            char c = (char)next;
            if (c == '"')
            {
                bool isDoubled = isQuoted && reader.Peek() == '"';
                isQuoted = !isQuoted || isDoubled;
                field.Append(isDoubled ? ((char)reader.Read()).ToString() : "");
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
                    return [.. row];
                }
            }
        }

        return row.Count == 0 && field.Length == 0 ? null : [.. row, field.ToString()];
    }
}
