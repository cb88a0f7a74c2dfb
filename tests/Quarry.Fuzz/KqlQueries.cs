using System.Globalization;

namespace Quarry.Fuzz;

/// <summary>Queries that are right more often than not, so that they come as far as the engine.</summary>
internal static class KqlQueries
{
    private static readonly string[] Longs = ["a", "1", "-7", "0", "9223372036854775807", "long(null)", "strlen(['b c'])", "tolong(d.k[0])", "array_length(d)", "toint(a)", "hash(['b c'])", "a % 3", "a / 0"];
    private static readonly string[] Texts = ["['b c']", "\"one\"", "\"\"", "@'\\'", "tostring(d)", "tostring(d.k)", "tostring(a)", "strcat(['b c'], 'x')", "substring(['b c'], 1, 2)", "extract('(.)', 1, ['b c'])", "tostring(t)"];
    private static readonly string[] Times = ["t", "now()", "ago(1d)", "datetime(2024-01-01)", "datetime(null)", "bin(t, 1h)", "startofday(t)", "t + 1d", "todatetime(['b c'])"];
    private static readonly string[] Dynamics = ["d", "d.k", "d.k[0]", "d[-1]", "dynamic([1,2])", "dynamic(null)", "pack_array(a, t)", "bag_pack('x', a)", "split(['b c'], ' ')", "parse_json(['b c'])", "range(1, 3)"];
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] TextOperators = ["has", "!has", "contains", "startswith", "endswith", "==", "!=", "=~", "!~", "has_cs", "hasprefix", "matches regex", "contains_cs"];
    private static readonly string[] Aggregates = ["count()", "sum(a)", "min(t)", "max(a)", "make_set(['b c'])", "make_list(d)", "dcount(a)", "avg(a)", "percentile(a, 50)", "take_any(d)", "countif(a > 1)", "stdev(a)", "make_bag(d)", "arg_max(t, *)", "arg_min(a, d)", "dcountif(a, a > 0)"];

    /// <summary>Makes a query.</summary>
    public static string Generate(Random random)
    {
        string query = random.Next(6) == 0 ? $"let f = (x:long, y:string = 's') {{ strcat(y, x) }};\nlet U = T | take 2;\n{Pipe(random, 3)} | extend z = f(a)" : Pipe(random, 5);
        return random.Next(10) == 0 ? query.Replace("d", "['d']", StringComparison.Ordinal) : query;
    }

    private static string Pipe(Random random, int most)
    {
        string query = Pick(random, ["T", "T", "T", "(T | take 3)", "union T, T", "materialize(T)"]);
        for (int left = random.Next(1, most + 1); left > 0; left--)
        {
            query += " | " + Operator(random);
        }

        return query;
    }

    private static string Operator(Random random) => random.Next(20) switch
    {
        0 or 1 or 2 => $"where {Condition(random, 2)}",
        3 or 4 => $"extend a = {Pick(random, Longs)}, e{random.Next(3)} = {Value(random)}",
        5 => $"sort by {Pick(random, ["a", "t desc", "['b c'] asc nulls last", "a desc, t asc"])}",
        6 => $"take {random.Next(4)}",
        7 => $"summarize {Pick(random, Aggregates)}, {Pick(random, Aggregates)} by {Pick(random, ["a", "['b c'], a", "t = bin(t, 1d), a", "d = tostring(d), a"])}",
        8 => $"mv-expand {Pick(random, ["d", "d to typeof(long)", "x = d.k, d", "with_itemindex=i d"])}",
        9 => $"mv-apply x = d on ({Pick(random, ["where isnotnull(x)", "summarize n = count()", "take 1", "extend y = tostring(x)", "top 1 by tostring(x)"])})",
        10 => $"join kind={Pick(random, ["inner", "leftouter", "rightouter", "fullouter", "leftanti", "leftsemi", "innerunique"])} ({Pick(random, ["T", "T | take 1", "T | where a > 0"])}) on {Pick(random, ["a", "a, t", "['b c']", "$left.a == $right.a"])}",
        11 => $"parse ['b c'] with {Pick(random, ["x 'o' y:long *", "* 'e' x", "x:real", "kind 'a'"])}",
        12 => $"top 2 by {Pick(random, Longs)}",
        13 => "distinct a, ['b c'], d = tostring(d), t",
        14 => $"serialize p = prev(a), n = next({Pick(random, ["a", "t", "['b c']"])}), r = row_number()",
        15 => $"union (T | where {Condition(random, 1)})",
        16 => $"make-series n = {Pick(random, ["count()", "sum(a)", "avg(a)"])} on t from datetime(2024-01-01) to datetime(2024-01-03) step {Pick(random, ["1d", "6h", "1tick", "0s", "-1d"])}",
        17 => $"partition by a ({Pick(random, ["take 1", "top 1 by t", "summarize count()"])})",
        18 => "project-rename q = t | extend t = q",
        _ => $"project a, ['b c'], d, t, v = {Value(random)}",
    };

    private static string Condition(Random random, int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => $"{Pick(random, Longs)} {Pick(random, Comparisons)} {Pick(random, Longs)}",
        1 => $"{Pick(random, Texts)} {Pick(random, TextOperators)} {Pick(random, Texts)}",
        2 => $"{Pick(random, Times)} {Pick(random, Comparisons)} {Pick(random, Times)}",
        3 => $"{Pick(random, Texts)} {Pick(random, ["in", "!in", "in~", "has_any", "has_all"])} ({Pick(random, Texts)}, {Pick(random, Texts)})",
        4 => $"{Pick(random, ["isnull", "isnotnull"])}({Pick(random, [Pick(random, Longs), Pick(random, Dynamics), Pick(random, Times)])})",
        5 => $"not({Condition(random, depth - 1)})",
        _ => $"({Condition(random, depth - 1)} {Pick(random, ["and", "or"])} {Condition(random, depth - 1)})",
    };

    private static string Value(Random random) => random.Next(8) switch
    {
        0 => Pick(random, Longs),
        1 => Pick(random, Texts),
        2 => Pick(random, Times),
        3 => Pick(random, Dynamics),
        4 => $"iff({Condition(random, 1)}, {Pick(random, Texts)}, {Pick(random, Texts)})",
        5 => $"case({Condition(random, 1)}, {Pick(random, Longs)}, {Condition(random, 0)}, {Pick(random, Longs)}, {random.Next(9).ToString(CultureInfo.InvariantCulture)})",
        6 => $"coalesce({Pick(random, Longs)}, {Pick(random, Longs)})",
        _ => $"{Pick(random, Times)} - {Pick(random, Times)}",
    };

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
