namespace Quarry.Kql.Completion;

/// <summary>What a <see cref="KqlCandidate"/> is.</summary>
public enum CandidateKind
{
    /// <summary>A column in scope.</summary>
    Column,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A name that the query gave by <c>let</c>.</summary>
    Variable,

    /// <summary>What may stand behind a bar: <c>where</c>, <c>summarize</c>.</summary>
    Operator,

    /// <summary>A word of the language: <c>by</c>, <c>has</c>, a kind of join or of chart.</summary>
    Keyword,

    /// <summary>An aggregate.</summary>
    Aggregate,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A plugin of <c>evaluate</c>.</summary>
    Plugin,
}
