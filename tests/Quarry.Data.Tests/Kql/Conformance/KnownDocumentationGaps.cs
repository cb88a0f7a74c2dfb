namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>
/// Examples of the documentation that Quarry does not answer with the table that the page prints, and why; held in both
/// directions. All by page and number.
/// </summary>
internal static class KnownDocumentationGaps
{
    private const string Now = "now() was another time";
    private const string Chance = "chance";
    private const string OtherArray = "the page's table holds another array than its query";

    /// <summary>Examples of which the page cannot be had from the query, or only in the words of another engine.</summary>
    public static IReadOnlyDictionary<string, string> Different { get; } = new Dictionary<string, string>
    {
        ["array-iff-function.md#2"] = "the page's table holds another condition than its query",
        ["datetime-utc-to-local-function.md#0"] = Now,
        ["join-innerunique.md#2"] = "which of the rows with one key stays is chance; here it is the first",
        ["join-innerunique.md#3"] = "which of the rows with one key stays is chance; here it is the first",
        ["named-expressions.md#1"] = Chance,
        ["now-function.md#3"] = Now,
        ["parse-url-function.md#0"] = "the page's path has lost its slash; the recorded Kusto keeps it",
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
        ["join-rightanti.md#0"] = "the page has the name of the left table's column",
        ["max-of-function.md#1"] = "the query names no column",
        ["min-of-function.md#1"] = "the query names no column",
        ["mv-expand-operator.md#5"] = "the page misspells DataType",
        ["parse-command-line-function.md#0"] = "the query names no column",
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
    };
}
