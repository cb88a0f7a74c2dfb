using System.Collections.Frozen;

namespace Quarry.Kql.Syntax;

/// <summary>The words of KQL that the lexer and the parser have to know.</summary>
/// <remarks>Which words are reserved is what Microsoft's parser answers when each is tried as a name.</remarks>
internal static class Words
{
    // Reserved where a name is declared and where one is used; in brackets (['first']) they may be both.
    private static readonly string[] AlwaysReserved =
    [
        "and", "anomalychart", "areachart", "asc", "bagexpansion", "barchart", "between", "bin_legacy", "boolean", "byte", "cachingpolicy",
        "callout", "cancel", "card", "char", "columnchart", "contains_cs", "containscs", "cycles", "dataexport", "datascope", "date", "datetime",
        "decimal", "decodeblocks", "desc", "double", "dynamic", "encodingpolicy", "endswith", "endswith_cs", "expandoutput",
        "extent_tags_retention", "external_data", "first", "flags", "float", "force_remote", "harddelete", "hardretention", "has_all", "has_any",
        "has_cs", "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs", "hotcache", "int", "int16", "int32", "int64", "int8", "isfuzzy",
        "journal", "ladderchart", "last", "like", "likecs", "linechart", "long", "matches", "missing", "mvapply", "mvexpand", "nooptimization",
        "notcontains", "notcontainscs", "notlike", "notlikecs", "or", "others", "pathformat", "piechart", "pivotchart", "project", "queries",
        "query_results", "real", "regex", "relaxed", "restricted_view_access", "row_level_security", "rowstore", "rowstore_references",
        "rowstore_sealinfo", "rowstorepolicy", "rowstores", "scatterchart", "seal", "seals", "shards", "simple", "softdelete", "softretention",
        "stackedareachart", "startswith", "startswith_cs", "statistics", "storedqueryresultcontainers", "string", "tablepurge", "time",
        "timechart", "timeline", "timepivot", "timespan", "treemap", "uint", "uint16", "uint32", "uint64", "uint8", "ulong", "union", "uniqueid",
        "unrestrictedviewers", "views", "with_itemindex", "with_match_id", "with_step_name", "writeaheadlog",
    ];

    private static readonly string[] ReservedInUse =
    [
        "accumulate", "as", "by", "contains", "datatable", "earliest", "externaldata", "find", "has", "in", "invoke", "latest", "materialize",
        "mdm", "of", "print", "sample", "search", "set", "sql", "title", "to", "toscalar", "totable", "verbose", "viewers", "where",
    ];

    private static readonly string[] ReservedInDeclaration = ["kind", "with_source", "withsource"];

    private static readonly string[] HyphenatedWords =
    [
        "assert-schema", "execute-and-cache", "granny-asc", "granny-desc", "graph-mark-components", "graph-match", "graph-shortest-paths",
        "graph-to-table", "graph-where-edges", "graph-where-nodes", "macro-expand", "make-graph", "make-series", "mv-apply", "mv-expand",
        "parse-kv", "parse-where", "partitioned-by", "project-away", "project-by-names", "project-keep", "project-rename", "project-reorder",
        "project-smart", "sample-distinct", "top-hitters", "top-nested",
    ];

    private static readonly string[] NegatedOperators =
    [
        "!between", "!contains", "!contains_cs", "!endswith", "!endswith_cs", "!has", "!has_cs", "!hasprefix", "!hasprefix_cs", "!hassuffix",
        "!hassuffix_cs", "!in", "!in~", "!startswith", "!startswith_cs",
    ];

    private static readonly FrozenSet<string> UseSet = AlwaysReserved.Concat(ReservedInUse).Concat(HyphenatedWords).ToFrozenSet();
    private static readonly FrozenSet<string> DeclarationSet =
        AlwaysReserved.Concat(ReservedInDeclaration).Concat(HyphenatedWords).ToFrozenSet();

    private static readonly FrozenSet<string> NegatedSet = NegatedOperators.ToFrozenSet();

    private static readonly FrozenSet<string> TypedLiteralSet =
        FrozenSet.Create("bool", "date", "datetime", "decimal", "double", "guid", "int", "long", "real", "time", "timespan");

    private static readonly FrozenSet<string> TypeNameSet = FrozenSet.Create(
        "bool", "boolean", "date", "datetime", "decimal", "double", "dynamic", "float", "guid", "int", "long", "real", "string", "time", "timespan");

    private static readonly FrozenSet<string> TimeUnitSet = FrozenSet.Create(
        "d", "day", "days", "h", "hr", "hrs", "hour", "hours", "m", "min", "minute", "minutes", "s", "sec", "second", "seconds", "ms", "milli",
        "millis", "millisecond", "milliseconds", "micro", "micros", "microsecond", "microseconds", "nano", "nanos", "nanosecond", "nanoseconds",
        "tick", "ticks");

    /// <summary>Words that the lexer takes as one although a hyphen stands in them.</summary>
    public static IReadOnlyList<string> Hyphenated => HyphenatedWords;

    /// <summary>Whether a word needs brackets to be used as a name.</summary>
    public static bool IsReserved(ReadOnlySpan<char> word) => UseSet.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether a word needs brackets to be declared as a name.</summary>
    public static bool IsReservedInDeclaration(ReadOnlySpan<char> word) =>
        DeclarationSet.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether a word with <c>!</c> before it is an operator.</summary>
    public static bool IsNegatedOperator(ReadOnlySpan<char> text) => NegatedSet.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);

    /// <summary>Whether a word directly before a parenthesis begins a literal of its type.</summary>
    public static bool BeginsTypedLiteral(ReadOnlySpan<char> word) => TypedLiteralSet.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether a word is the name of a scalar type.</summary>
    public static bool IsTypeName(ReadOnlySpan<char> word) => TypeNameSet.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Names of the scalar types.</summary>
    public static IEnumerable<string> TypeNames => TypeNameSet;

    /// <summary>Whether a word behind a number is a unit of time.</summary>
    public static bool IsTimeUnit(ReadOnlySpan<char> word) => TimeUnitSet.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
}
