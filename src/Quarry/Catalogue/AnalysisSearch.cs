namespace Quarry.Catalogue;

/// <summary>Finds analyses by word.</summary>
public static class AnalysisSearch
{
    private const int MostWords = 16;
    private const int LongestWord = 64;

    // A word this short is inside, or one letter away from, nearly everything.
    private const int ShortestInside = 3;
    private const int ShortestMisspelt = 4;

    private static readonly char[] Separators =
        [' ', '\t', '\r', '\n', '.', ',', ';', ':', '(', ')', '"', '\'', '/'];

    /// <summary>
    /// The analyses in which at least one word is found, first those in which more words are, then by where and how well
    /// (name before keyword before option before column before summary; whole before beginning before inside before
    /// misspelt), then in the order given. Beyond 16 words and 64 characters a word the query is cut.
    /// </summary>
    /// <param name="analyses">Where to look.</param>
    /// <param name="words">What to look for, separated by blanks.</param>
    public static IReadOnlyList<SearchHit> Find(IEnumerable<Analysis> analyses, string words)
    {
        string[] wanted = [.. Words(words).Take(MostWords)];
        return
        [
            .. analyses
                .Select(analysis => Rate(analysis, wanted))
                .Where(hit => hit.Reasons.Count > 0)
                .OrderByDescending(hit => hit.Reasons.Count)
                .ThenByDescending(hit => hit.Score),
        ];
    }

    private static SearchHit Rate(Analysis analysis, string[] wanted)
    {
        (SearchField Field, string Term, string Found)[] terms = [.. Terms(analysis)];
        SearchReason[] reasons = [.. wanted.Select(word => Best(word, terms)).OfType<SearchReason>()];
        return new SearchHit(analysis, reasons.Sum(Score), reasons);
    }

    private static SearchReason? Best(string word, (SearchField Field, string Term, string Found)[] terms)
    {
        SearchReason? best = null;
        foreach ((SearchField field, string term, string found) in terms)
        {
            if (Compare(word, term) is { } match
                && new SearchReason(word, field, found, match) is var reason
                && (best is null || Score(reason) > Score(best)))
            {
                best = reason;
            }
        }

        return best;
    }

    private static SearchMatch? Compare(string word, string term)
    {
        int position = term.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return position switch
        {
            0 => term.Length == word.Length ? SearchMatch.Exact : SearchMatch.Prefix,
            > 0 when word.Length >= ShortestInside => SearchMatch.Substring,
            _ => word.Length >= ShortestMisspelt && NearestName.Of(word, [term]) is not null ? SearchMatch.Spelling : null,
        };
    }

    private static int Score(SearchReason reason)
    {
        int field = reason.Field switch
        {
            SearchField.Name => 10,
            SearchField.Keyword => 8,
            SearchField.Option => 5,
            SearchField.Column => 4,
            _ => 3,
        };
        int match = reason.Match switch
        {
            SearchMatch.Exact => 10,
            SearchMatch.Prefix => 6,
            SearchMatch.Substring => 4,
            _ => 2,
        };
        return field * match;
    }

    // What a word is compared with, and how it is shown when found.
    private static IEnumerable<(SearchField Field, string Term, string Found)> Terms(Analysis analysis)
    {
        yield return (SearchField.Name, analysis.Name, analysis.Name);
        foreach (string keyword in analysis.Keywords)
        {
            yield return (SearchField.Keyword, keyword, keyword);
        }

        foreach (OptionDescription option in analysis.Options)
        {
            yield return (SearchField.Option, option.CommandName.TrimStart('-'), option.CommandName);
            yield return (SearchField.Option, option.ArgumentName, option.CommandName);
            foreach (OptionChoice choice in option.Choices)
            {
                yield return (SearchField.Option, choice.Name, $"{option.CommandName} {choice.Name}");
            }
        }

        foreach (OutputColumn column in analysis.Output)
        {
            yield return (SearchField.Column, column.Name, column.Name);
        }

        foreach (string word in Words(analysis.Summary))
        {
            yield return (SearchField.Summary, word, word);
        }
    }

    private static IEnumerable<string> Words(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.TrimStart('-'))
            .Where(word => word.Length > 0)
            .Select(word => word[..Math.Min(word.Length, LongestWord)]);
}
