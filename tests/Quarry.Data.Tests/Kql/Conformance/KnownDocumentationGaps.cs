namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>
/// Examples of the documentation that Quarry does not answer with the table that the page prints, and why; held in both
/// directions. All by page and number.
/// </summary>
internal static class KnownDocumentationGaps
{
    private const string Now = "now() was another time";
    /// <summary>The page shows what chance gave; now and then it gives the same here.</summary>
    public const string Chance = "chance";
    private const string Graph = "graphs are not supported";
    private const string Plugin = "the plugin is not written yet";
    private const string Abridged = "the page is abridged: \"...\" within a value";
    private const string OtherArray = "the page's table holds another array than its query";

    /// <summary>Examples of which the page cannot be had from the query, or only in the words of another engine.</summary>
    public static IReadOnlyDictionary<string, string> Different { get; } = new Dictionary<string, string>
    {
        ["activity-metrics-plugin.md#0"] = "random users",
        ["activity-metrics-plugin.md#1"] = "random users",
        ["array-iff-function.md#2"] = "the page's table holds another condition than its query",
        ["datetime-utc-to-local-function.md#0"] = Now,
        ["ipv6-lookup-plugin.md#0"] = "the page prints the columns in another order than Microsoft's binder and the other lookups give",
        ["ipv6-lookup-plugin.md#1"] = "the page prints the columns in another order than Microsoft's binder and the other lookups give",
        ["summarize-operator.md#4"] = "the page prints the columns of a result in another order than its query names them",
        ["geo-h3cell-children-function.md#2"] = Abridged,
        ["geo-h3cell-rings-function.md#3"] = Abridged,
        ["geo-polygon-to-h3cells-function.md#1"] = Abridged,
        ["geospatial-joins.md#1"] = "the page gives b the point that its query gives a",
        ["join-innerunique.md#2"] = "which of the rows with one key stays is chance; here it is the first",
        ["join-innerunique.md#3"] = "which of the rows with one key stays is chance; here it is the first",
        ["named-expressions.md#1"] = Chance,
        ["now-function.md#3"] = Now,
        ["parse-url-function.md#0"] = "the page's path has no slash and its parameters are one text; neither is recorded of a Kusto. Here the path is as the address has it",
        ["range-operator.md#0"] = Now,
        ["range-operator.md#1"] = "the page is abridged: the first three rows are missing",
        ["range-operator.md#2"] = Now,
        ["replace-regex-function.md#0"] = "the page is of an older engine: range gives whole numbers",
        ["replace-string-function.md#1"] = "the page is of an older engine: range gives whole numbers",
        ["series-acos-function.md#0"] = OtherArray,
        ["series-atan-function.md#0"] = OtherArray,
        ["series-cos-function.md#0"] = OtherArray,
        ["series-tan-function.md#0"] = OtherArray,
        ["toguid-function.md#0"] = "the page's table holds another text than its query",
        ["toscalar-function.md#8"] = Chance,
        ["url-encode-function.md#0"] = "the page's table holds another address than its query",
        ["zlib-base64-compress-function.md#0"] = "another compressor: both results stand for the same text",
    };

    /// <summary>Examples of which the page prints other names of columns than the query gives; types and rows are compared.</summary>
    public static IReadOnlyDictionary<string, string> OtherNames { get; } = new Dictionary<string, string>
    {
        ["cos-function.md#0"] = "the query names no column",
        ["cot-function.md#0"] = "the query names no column",
        ["covarianceif-aggregation-function.md#0"] = "Microsoft's binder names the column after the first argument alone",
        ["geo-closest-point-on-line-function.md#1"] = "the query names no column",
        ["join-rightanti.md#0"] = "the page has the name of the left table's column",
        ["max-of-function.md#1"] = "the query names no column",
        ["min-of-function.md#1"] = "the query names no column",
        ["mv-expand-operator.md#5"] = "the page misspells DataType",
        ["parse-command-line-function.md#0"] = "the query names no column",
        ["percentilesw-aggregation-function.md#2"] = "Microsoft's binder names the column so",
        ["percentilesw-aggregation-function.md#3"] = "Microsoft's binder names the column so",
        ["series-periods-detect-function.md#1"] = "Microsoft's binder names the column of scores so",
        ["series-product-function.md#0"] = "the query names the column arr",
        ["series-sum-function.md#0"] = "the query names the column arr",
        ["sin-function.md#0"] = "the query names no column",
        ["tohex-function.md#0"] = "the page misspells print_4",
        ["variancep-aggregation-function.md#0"] = "Microsoft's binder names the column after the aggregate",
        ["zip-function.md#2"] = "the page has the name that print would give",
    };

    /// <summary>Examples that are refused, by how their pages' names begin.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>
    {
        ["all-graph-function.md"] = Graph,
        ["any-graph-function.md"] = Graph,
        ["current-principal-"] = "who asks is known to a cluster only",
        ["geo-info-from-ip-address-function.md#0"] = "the function of places, or this form of it, is not written yet",
        ["geo-line-lookup-plugin.md#1"] = "the function of places, or this form of it, is not written yet",
        ["geo-polygon-lookup-plugin.md#0"] = "the function of places, or this form of it, is not written yet",
        ["geo-polygon-lookup-plugin.md#2"] = "the function of places, or this form of it, is not written yet",
        ["geo-polygon-lookup-plugin.md#3"] = "the function of places, or this form of it, is not written yet",
        ["graph-"] = Graph,
        ["hash-combine-function.md"] = "how Kusto combines hashes is not published",
        ["hash-many-function.md"] = "how Kusto combines hashes is not published",
        ["ipv4-lookup-plugin.md"] = Plugin,
        ["make-graph-operator.md"] = Graph,
        ["map-graph-function.md"] = Graph,
        ["new-activity-metrics-plugin.md"] = Plugin,
        ["node-"] = Graph,
        ["parse-version-function.md"] = "a version has up to 32 digits, a decimal here 20 before the point; two are compared at one place",
        ["pattern-statement.md"] = "\"declare pattern\" names queries of a service",
        ["reduce-operator.md"] = "the operator is not written yet",
        ["using-hll-tdigest.md#12"] = "its table is not on the page",
    };
}
