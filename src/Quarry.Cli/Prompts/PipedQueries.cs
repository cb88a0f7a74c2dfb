using System.Text;

namespace Quarry.Cli.Prompts;

/// <summary>Queries from a file or pipe as at the prompt: each ends in a semicolon or an empty line.</summary>
internal static class PipedQueries
{
    private const int Longest = 16 << 20;

    /// <summary>The queries, as they are read.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="isWhole">Whether a text is a whole query.</param>
    public static IEnumerable<string> Of(TextReader reader, Func<string, bool> isWhole)
    {
        var text = new StringBuilder();
        while (reader.ReadLine() is { } line)
        {
            if (text.Length == 0 && line.TrimStart() is ['.', ..])
            {
                yield return line.Trim();
                continue;
            }

            if (text.Length + line.Length > Longest)
            {
                throw new QuarryException("A query on standard input is longer than 16 million characters: is it a query?");
            }

            text.Append(line).Append('\n');
            bool isEnd = string.IsNullOrWhiteSpace(line) || (line.Contains(';', StringComparison.Ordinal) && isWhole(text.ToString()));
            if (isEnd && TakeFrom(text) is { } query)
            {
                yield return query;
            }
        }

        if (TakeFrom(text) is { } last)
        {
            yield return last;
        }
    }

    private static string? TakeFrom(StringBuilder text)
    {
        string query = text.ToString().Trim();
        text.Clear();
        return query.Length == 0 ? null : query;
    }
}
