using System.Text;

namespace Quarry.Data.Tests.Files.Readers;

/// <summary>Delimited text, character by character, as slowly and plainly as its rules can be written down.</summary>
internal static class ReferenceCsv
{
    /// <summary>The good rows behind the header, null for an unquoted empty field, and the number of malformed ones.</summary>
    public static (List<string?[]> Rows, int Malformed) Read(string text, char delimiter = ',')
    {
        var rows = new List<string?[]>();
        int at = 0, malformed = 0, expected = 0;
        while (at < text.Length)
        {
            int end = ReadRow(text, at, delimiter, expected, out List<string?> fields);
            if (end < 0)
            {
                malformed++;
                at = LineEnd(text, at);
                continue;
            }

            bool isBlank = fields.Count == 1 && fields[0] is null && expected != 1;
            at = end;
            if (isBlank)
            {
                continue;
            }

            if (expected == 0)
            {
                expected = fields.Count;
            }
            else
            {
                rows.Add([.. fields]);
            }
        }

        return (rows, malformed);
    }

    private static int ReadRow(string text, int at, char delimiter, int expected, out List<string?> fields)
    {
        fields = [];
        while (true)
        {
            if (expected > 0 && fields.Count == expected)
            {
                return -1;
            }

            if (at < text.Length && text[at] == '"')
            {
                var content = new StringBuilder();
                for (at++; ; at++)
                {
                    if (at == text.Length)
                    {
                        return -1;
                    }

                    if (text[at] != '"')
                    {
                        content.Append(text[at]);
                    }
                    else if (at + 1 < text.Length && text[at + 1] == '"')
                    {
                        content.Append('"');
                        at++;
                    }
                    else
                    {
                        break;
                    }
                }

                at++;
                fields.Add(content.ToString());
                if (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n'))
                {
                    return -1;
                }
            }
            else
            {
                int start = at;
                while (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n'))
                {
                    at++;
                }

                fields.Add(at == start ? null : text[start..at]);
            }

            if (at == text.Length || text[at] != delimiter)
            {
                bool isBlank = fields.Count == 1 && fields[0] is null;
                bool isRight = expected == 0 || fields.Count == expected || isBlank;
                return isRight ? LineEnd(text, at) : -1;
            }

            at++;
        }
    }

    private static int LineEnd(string text, int at)
    {
        while (at < text.Length && text[at] is not ('\r' or '\n'))
        {
            at++;
        }

        return at == text.Length ? at : text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
    }
}
