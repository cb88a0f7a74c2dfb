namespace Quarry.Kql.Tests.Functions.Dynamic;

/// <summary>JSON texts, nearly JSON texts and noise of JSON's characters.</summary>
internal static class RandomJson
{
    private static readonly string[] Names = ["a", "b", "a b", "é", "q\"", "", "😀"];
    private static readonly string[] Written = ["\"a\"", "\"b\"", "\"\\u0061\\u0020b\"", "\"\\u00e9\"", "\"q\\\"\"", "\"\"", "\"\\ud83d\\uDE00\""];
    private static readonly string[] Scalars =
        ["1", "-2.50", "1e3", "0", "true", "false", "null", "\"x\"", "\"\\n\\/\\\\\"", "\"]}\"", "\"\\\"[\"", "\"\\u001f\"", "12345678901"];

    private static readonly string[] Noises = ["{", "}", "[", "]", ",", ":", "\"", "\\", "1", "0", "-", ".", "e", "null", "true", " ", "\t", "\"a\"", "u"];

    /// <summary>A name that properties have.</summary>
    public static string Name(Random random) => Names[random.Next(Names.Length)];

    /// <summary>A value, with white space here and there and names written in several ways, none twice in an object.</summary>
    public static string Value(Random random, int depth)
    {
        string gap = random.Next(3) == 0 ? " \n" : "";
        switch (depth == 0 ? 2 : random.Next(3))
        {
            case 0:
                return $"{gap}[{gap}{string.Join(gap + ",", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)))}{gap}]{gap}";
            case 1:
                int first = random.Next(Written.Length);
                IEnumerable<string> properties = Enumerable.Range(0, random.Next(5))
                    .Select(i => $"{gap}{Written[(first + i) % Written.Length]}{gap}:{Value(random, depth - 1)}").ToList();
                return $"{gap}{{{gap}{string.Join(",", properties)}{gap}}}{gap}";
            default:
                return gap + Scalars[random.Next(Scalars.Length)];
        }
    }

    /// <summary>A value with one character taken out, doubled or put in.</summary>
    public static string Spoilt(Random random)
    {
        string value = Value(random, 3);
        int at = random.Next(value.Length);
        string spoilt = random.Next(3) switch
        {
            0 => value.Remove(at, 1),
            1 => value.Insert(at, value[at].ToString()),
            _ => value.Insert(at, Noises[random.Next(Noises.Length)]),
        };

        // System.Text.Json cannot say what half a pair of surrogates is.
        return value.Contains("ud83d", StringComparison.Ordinal) || value.Contains('\ud83d', StringComparison.Ordinal) ? "" : spoilt;
    }

    /// <summary>Noise.</summary>
    public static string Noise(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => Noises[random.Next(Noises.Length)]));
}
