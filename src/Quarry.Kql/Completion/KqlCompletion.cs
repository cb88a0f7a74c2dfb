using Quarry.Tables;

namespace Quarry.Kql.Completion;

/// <summary>What may stand at a place of a query that is being written.</summary>
/// <param name="Start">Where the word begins that a candidate would stand in place of.</param>
/// <param name="Length">How long it is; 0 where none was begun.</param>
/// <param name="Candidates">The candidates, the likeliest kinds first; empty inside literals and comments.</param>
public sealed record KqlCompletion(int Start, int Length, IReadOnlyList<KqlCandidate> Candidates)
{
    /// <summary>Finds the candidates. Never fails, whatever the text.</summary>
    /// <param name="text">The query, as far as it is written.</param>
    /// <param name="caret">The place, in UTF-16 code units; what stands behind it does not matter.</param>
    /// <param name="tables">The columns of the tables there are, by name.</param>
    /// <param name="plugins">The plugins that <c>evaluate</c> knows beside its own.</param>
    public static KqlCompletion At(string text, int caret, IReadOnlyDictionary<string, TableSchema> tables, IEnumerable<string>? plugins = null) =>
        new CompletionSearch(text[..Math.Clamp(caret, 0, text.Length)], tables, plugins ?? []).Find();

    /// <summary>What all candidates begin with: at least as much as was written, where only letter case may differ.</summary>
    public string CommonStart()
    {
        if (Candidates.Count == 0)
        {
            return "";
        }

        string first = Candidates[0].Text;
        int length = Candidates.Min(one => one.Text.AsSpan().CommonPrefixLength(first));
        return first[..length];
    }
}
