using System.Collections.Frozen;
using Quarry.Kql.Syntax.Parsing;

namespace Quarry.Kql.Completion;

/// <summary>The words that are offered, by the place where they stand.</summary>
internal static class CompletionWords
{
    // Begin a query, and so stand behind no bar; or another spelling of one that is offered.
    private static readonly string[] NotOffered = ["find", "mvapply", "mvexpand", "filter", "print", "range", "project-by-names"];

    private static readonly FrozenSet<string> BeforeOperand = FrozenSet.Create(
        "and", "or", "not", "by", "on", "of", "with", "from", "to", "step", "in", "between", "has", "has_cs", "has_any", "has_all", "contains", "contains_cs",
        "startswith", "endswith", "hasprefix", "hassuffix", "matches", "regex", "where", "extend", "project", "project-away", "project-keep", "project-rename", "project-reorder",
        "summarize", "sort", "order", "top", "distinct", "take", "limit", "sample", "mv-expand", "mv-apply", "make-series", "parse", "parse-where", "parse-kv", "print",
        "search", "serialize", "count", "evaluate", "partition", "reduce", "top-nested", "top-hitters", "scan", "facet", "fork", "filter", "find", "range", "invoke", "kind", "default");

    /// <summary>What may stand behind a bar.</summary>
    public static IReadOnlyList<KqlCandidate> Operators { get; } = [.. Parser.OperatorNames.Except(NotOffered).Select(name => new KqlCandidate(name, CandidateKind.Operator))];

    /// <summary>What may begin a query beside a table.</summary>
    public static IReadOnlyList<KqlCandidate> Sources { get; } = Of("print", "range", "union", "search", "find", "datatable", "externaldata", "materialize", "toscalar");

    /// <summary>What may begin a statement.</summary>
    public static IReadOnlyList<KqlCandidate> Statements { get; } = Of("let", "set", "declare");

    /// <summary>Kinds of join.</summary>
    public static IReadOnlyList<KqlCandidate> JoinKinds { get; } =
        Of("inner", "innerunique", "leftouter", "rightouter", "fullouter", "leftanti", "rightanti", "leftsemi", "rightsemi");

    /// <summary>Charts.</summary>
    public static IReadOnlyList<KqlCandidate> Charts { get; } =
        Of("timechart", "linechart", "areachart", "stackedareachart", "barchart", "columnchart", "piechart", "scatterchart", "anomalychart", "card", "table");

    /// <summary>What may be said of a chart.</summary>
    public static IReadOnlyList<KqlCandidate> ChartProperties { get; } = Of("with", "title", "xtitle", "ytitle", "xcolumn", "ycolumns", "series", "kind", "anomalycolumns");

    /// <summary>What may stand behind a value.</summary>
    public static IReadOnlyList<KqlCandidate> Comparisons { get; } = Of(
        "and", "or", "has", "has_cs", "has_any", "has_all", "contains", "contains_cs", "startswith", "endswith", "hasprefix", "hassuffix", "in", "between", "matches regex");

    /// <summary>Whether a word is one behind which a value is to come.</summary>
    public static bool IsBeforeOperand(ReadOnlySpan<char> word) => BeforeOperand.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>What belongs to an operator behind its values.</summary>
    public static IReadOnlyList<KqlCandidate> After(string operation) => operation switch
    {
        "summarize" or "partition" or "facet" => Of("by"),
        "sort" or "order" or "top" => Of("by", "asc", "desc", "nulls first", "nulls last"),
        "join" or "lookup" => Of("on"),
        "make-series" => Of("on", "from", "to", "step", "default", "by"),
        "parse" or "parse-where" or "parse-kv" or "union" or "reduce" => Of("with"),
        "mv-expand" or "mv-apply" => Of("to typeof", "limit", "on"),
        "sample-distinct" or "top-hitters" or "top-nested" => Of("of", "by"),
        _ => [],
    };

    /// <summary>Keywords.</summary>
    public static IReadOnlyList<KqlCandidate> Of(params string[] words) => [.. words.Select(word => new KqlCandidate(word, CandidateKind.Keyword))];
}
