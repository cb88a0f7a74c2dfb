namespace Quarry.Catalogue;

/// <summary>How a word was found; the better ones first.</summary>
public enum SearchMatch
{
    /// <summary>As it stands, but for letter case.</summary>
    Exact,

    /// <summary>As the beginning of what was found.</summary>
    Prefix,

    /// <summary>Inside what was found.</summary>
    Substring,

    /// <summary>Misspelt.</summary>
    Spelling,
}
