namespace Quarry.Kql.Diagnostics;

/// <summary>What is wrong with a query.</summary>
public enum DiagnosticKind
{
    /// <summary>The text does not follow the grammar.</summary>
    Syntax,

    /// <summary>The text is KQL, but Quarry does not run it.</summary>
    Unsupported,

    /// <summary>A table, column, function or other name that is not known here.</summary>
    Name,

    /// <summary>A value of the wrong type, or arguments that fit no form of a function.</summary>
    Type,
}
