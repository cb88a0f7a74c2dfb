using System.Text.RegularExpressions;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>The order of rows, where a query's last operator puts them into one by columns of its result.</summary>
internal static partial class RowOrder
{
    /// <summary>
    /// Whether the keys come in the order of the recording. Rows that the keys do not tell apart may come in any.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="result">What it gave.</param>
    /// <param name="matching">For each recorded row, in order from the first, the row of the result that is equal to it.</param>
    public static bool IsKept(string query, Table result, IReadOnlyList<int> matching)
    {
        int[] keys = [.. Keys(query).Select(name => result.Schema.IndexOf(name))];
        return keys.Length == 0 || keys.Contains(-1)
            || Enumerable.Range(0, matching.Count).All(row => keys.All(key => Equals(result[key].GetValue(row), result[key].GetValue(matching[row]))));
    }

    // The plain columns behind "sort by" or "top ... by" at the end; none where there are others, too.
    private static string[] Keys(string query)
    {
        Match last = LastOrder().Match(Comment().Replace(query, "").TrimEnd(' ', ';', '\n', '\r', '\t'));
        string[] keys = last.Success ? last.Groups["keys"].Value.Split(',') : [];
        Match[] plain = [.. keys.Select(key => Key().Match(key))];
        return plain.All(key => key.Success) ? [.. plain.Select(key => key.Groups["name"].Value)] : [];
    }

    [GeneratedRegex(@"\|\s*(?:(?:sort|order)|top\s+\w+)\s+by\s+(?<keys>[^|]+)$", RegexOptions.NonBacktracking)]
    private static partial Regex LastOrder();

    [GeneratedRegex(@"^\s*(?<name>\w+)(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    [GeneratedRegex(@"//[^\n""']*(?=\n|$)")]
    private static partial Regex Comment();
}
