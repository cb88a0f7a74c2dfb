using System.Buffers;
using System.Text;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>
/// <c>$parse</c> and <c>$parse_kv</c>: a text and a pattern (<see cref="ParsePattern"/>, <see cref="KeyValuePattern"/>) give the texts of the columns in order,
/// null where one is not given; no list at all where the pattern does not match.
/// </summary>
internal static class ParseFunctions
{
    [ThreadStatic]
    private static ArgumentCache<ParsePattern>? _patterns;

    [ThreadStatic]
    private static ArgumentCache<KeyValuePattern>? _keyValuePatterns;

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("$parse", [ColumnType.String, ColumnType.String], ColumnType.Dynamic, Body: null) { List = Parse },
        new("$parse_kv", [ColumnType.String, ColumnType.String], ColumnType.Dynamic, Body: null) { List = ParseKeyValues },
    ];

    // A list body does not know its row: 0 makes the cache compare the pattern, which is short.
    private static void Parse(in Arguments arguments, ref ListResult result)
    {
        ParsePattern pattern = (_patterns ??= new ArgumentCache<ParsePattern>(16, json => new ParsePattern(json))).Of(arguments.Text(1), row: 0);
        string?[] columns = ArrayPool<string?>.Shared.Rent(Math.Max(1, pattern.Columns));
        if (pattern.TryMatch(arguments.String(0), columns.AsSpan(0, pattern.Columns)))
        {
            Give(columns.AsSpan(0, pattern.Columns), ref result);
        }
        else
        {
            result.Null();
        }

        ArrayPool<string?>.Shared.Return(columns, clearArray: true);
    }

    private static void ParseKeyValues(in Arguments arguments, ref ListResult result)
    {
        KeyValuePattern pattern = (_keyValuePatterns ??= new ArgumentCache<KeyValuePattern>(16, json => new KeyValuePattern(json))).Of(arguments.Text(1), row: 0);
        string?[] values = ArrayPool<string?>.Shared.Rent(Math.Max(1, pattern.Columns));
        pattern.Read(arguments.String(0), values.AsSpan(0, pattern.Columns));
        Give(values.AsSpan(0, pattern.Columns), ref result);
        ArrayPool<string?>.Shared.Return(values, clearArray: true);
    }

    private static void Give(ReadOnlySpan<string?> texts, ref ListResult result)
    {
        foreach (string? text in texts)
        {
            if (text is null)
            {
                result.AddNull();
            }
            else
            {
                result.Add(Encoding.UTF8.GetBytes(text));
            }
        }
    }
}
