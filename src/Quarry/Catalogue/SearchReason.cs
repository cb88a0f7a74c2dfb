namespace Quarry.Catalogue;

/// <summary>Why an analysis was found for a word.</summary>
/// <param name="Word">The word that was looked for.</param>
/// <param name="Field">Where it was found.</param>
/// <param name="Found">What was found there: a name, keyword, option, column, or word of the summary.</param>
/// <param name="Match">How it was found.</param>
public sealed record SearchReason(string Word, SearchField Field, string Found, SearchMatch Match)
{
    /// <summary>For people, for example <c>option --max-depth</c> or <c>keyword base64 (for “bas64”)</c>.</summary>
    public override string ToString()
    {
        string field = Field.ToString().ToLowerInvariant();
        return Match == SearchMatch.Spelling ? $"{field} {Found} (for “{Word}”)" : $"{field} {Found}";
    }
}
