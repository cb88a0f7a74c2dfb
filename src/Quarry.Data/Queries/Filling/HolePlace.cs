namespace Quarry.Data.Queries.Filling;

/// <summary>Where in a query a parameter stands, and so how its value is written.</summary>
internal enum HolePlace
{
    /// <summary>By itself, between tokens: the value is a literal, a name, or a piece of KQL.</summary>
    Bare,

    /// <summary>In a string literal: the value's characters, escaped.</summary>
    Text,

    /// <summary>In a literal with a type, <c>datetime({start})</c>: the value's text without brackets and quotes.</summary>
    Typed,

    /// <summary>Against a word or number, <c>{table}_CL</c>: letters, digits and underscores.</summary>
    Word,

    /// <summary>In a comment: the value's text in one line.</summary>
    Comment,
}
