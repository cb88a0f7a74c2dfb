using System.Globalization;
using Quarry.Data.Queries;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Tests.Queries;

/// <summary>Values as somebody writes them who wants a query to do something else.</summary>
internal static class HostileValues
{
    /// <summary>Each kind of quoting, and what would come behind it.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        "", " ", "\"", "'", "\\", "\\\"", "\\'", "\"\"", "''", "\\\\\"", "@\"", "@'", "```", "~~~", "h\"", "H'", "`", "//", "/*", "#", "\n", "\r\n", "\0", "\u0085", "\u2028", "\u2029", "\uFEFF", "\uD800", "\u00A0",
        "x\" or 1 == 1 or Computer == \"x", "x' or 1 == 1 //", "x\"; SecurityEvent | take 1; \"", "x\\\" | take 1 //", "\") | union SecurityEvent //", "')) | project 1 //", "\n| take 0\n", "1h | take 1", "| take 1",
        "; print 1", "x;y", "datetime(2020-01-01)", "2020-01-01) or true or (datetime(2020-01-01", "now() - 1d", "ago(1d)", "1) | take (1", "'a', 'b'", "a,b", "[\"a\"]", "dynamic([1])", "{x}", "{{x}}", "{start}", "zq0z", "%s", "$left",
        "['a b']", "[\"a'b\"]", "['a'] | take 1", "T | take 1", "T; T", "T//", "T\n| take 1", "where", "union", "print", "let", "by", "and", "or", "true", "null", "range", "set", "1x", "a b", "a-b", "a.b", "*", "ünï", "𝒳", "\\u0022", "\\x22", "\\042",
    ];

    /// <summary>A text, a piece of a query, or pieces run together.</summary>
    public static string Text(Random random)
    {
        string text = Texts[random.Next(Texts.Count)];
        for (int more = random.Next(4); more > 0; more--)
        {
            text += random.Next(3) == 0 ? ((char)random.Next(1, 0x300)).ToString() : Texts[random.Next(Texts.Count)];
        }

        return text;
    }

    /// <summary>A value that is given for a parameter: right ones of its type, and hostile texts.</summary>
    public static object For(QueryParameter parameter, Random random) => parameter.Type switch
    {
        _ when random.Next(6) == 0 && parameter.Type is not (QueryParameterType.List or QueryParameterType.LongList or QueryParameterType.Fragment) => Text(random),
        QueryParameterType.DateTime => random.Next(3) switch { 0 => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc), 1 => $"-{random.Next(400)}d@d", _ => "2026-03-01T01:02:03.456Z" },
        QueryParameterType.Long => random.Next(2) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(-5, 100).ToString(CultureInfo.InvariantCulture),
        QueryParameterType.Real => random.Next(4) switch { 0 => double.NaN, 1 => double.NegativeInfinity, 2 => BitConverter.Int64BitsToDouble(random.NextInt64()), _ => "1.5e-3" },
        QueryParameterType.Bool => random.Next(2) == 0,
        QueryParameterType.TimeSpan => random.Next(2) == 0 ? new TimeSpan(random.NextInt64(1, TimeSpan.TicksPerDay * 400)) : "90m",
        QueryParameterType.List => new[] { Text(random), Text(random) },
        QueryParameterType.LongList => new object[] { random.NextInt64(), random.Next(100).ToString(CultureInfo.InvariantCulture) },
        QueryParameterType.Name => random.Next(4) == 0 ? Word(random) : Text(random),
        QueryParameterType.Fragment => parameter.Default!,
        _ => Text(random),
    };

    private static string Word(Random random)
    {
        string[] words = [.. Words.Hyphenated, .. Words.TypeNames, "kind", "with_source", "dcount", "count", "sum", "pack", "iff", "toscalar", "materialize", "evaluate", "database", "typeof"];
        return words[random.Next(words.Length)];
    }
}
