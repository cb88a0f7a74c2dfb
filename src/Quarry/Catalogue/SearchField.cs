namespace Quarry.Catalogue;

/// <summary>Where in an analysis's description a word was found; the more telling ones first.</summary>
public enum SearchField
{
    /// <summary>The name.</summary>
    Name,

    /// <summary>A keyword.</summary>
    Keyword,

    /// <summary>The name of an option or of one of its choices.</summary>
    Option,

    /// <summary>A column of the result.</summary>
    Column,

    /// <summary>The one-sentence summary.</summary>
    Summary,
}
