namespace Quarry.Data.Queries;

/// <summary>Finds queries by words.</summary>
internal static class QuerySearch
{
    /// <summary>The queries in which each of the words stands, the best first.</summary>
    public static IReadOnlyList<QueryDefinition> In(IReadOnlyList<QueryDefinition> definitions, string words)
    {
        string[] all = words.Split((char[])[' ', '\t', ',', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. definitions.Select(one => (Definition: one, Ranks: all.Select(word => Rank(one, word)).ToArray()))
                .Where(found => found.Ranks.All(rank => rank > 0))
                .OrderByDescending(found => found.Ranks.Sum())
                .ThenBy(found => found.Definition.FullName, StringComparer.OrdinalIgnoreCase)
                .Select(found => found.Definition),
        ];
    }

    private static int Rank(QueryDefinition one, string word) =>
        one.Name.Equals(word, StringComparison.OrdinalIgnoreCase) || one.FullName.Equals(word, StringComparison.OrdinalIgnoreCase) ? 100
        : one.Name.Split('_').Contains(word, StringComparer.OrdinalIgnoreCase) ? 40
        : Holds(one.FullName, word) ? 30
        : one.Tags.Concat(one.Families).Contains(word, StringComparer.OrdinalIgnoreCase) ? 20
        : Holds(one.Description, word) || one.Families.Any(family => Holds(family, word)) ? 10
        : one.Parameters.Any(parameter => Holds(parameter.Name, word) || Holds(parameter.Default ?? "", word)) ? 5
        : Holds(one.Text, word) ? 3
        : 0;

    private static bool Holds(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
