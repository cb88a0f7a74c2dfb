using Quarry.Kql.Functions.Conversions;
using Quarry.Kql.Functions.Dynamic;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Aggregates;

/// <summary>What is asked of a digest, which here is the array of all its values: numbers, times or lengths of time.</summary>
internal static class DigestFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("$percentile_tdigest", [ColumnType.Dynamic, ColumnType.Real], ColumnType.Dynamic, Percentile),
        new("$rank_tdigest", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Real, Rank),
    ];

    // The nearest rank: the least value that has that part of the values not above it.
    private static void Percentile(in Arguments arguments, ref Result result)
    {
        var array = new JsonArray(arguments.Text(0));
        double percentile = arguments.IsNull(1) ? double.NaN : arguments.Real(1);
        if (!array.IsArray || array.Count == 0 || !(percentile is >= 0 and <= 100))
        {
            result.Null();
            return;
        }

        double[] keys = Keys(array);
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        int rank = (int)Math.Clamp(Math.Ceiling(percentile / 100 * keys.Length) - 1, 0, keys.Length - 1);
        result.Text(array[order[rank]]);
    }

    // How many values are not above one.
    private static void Rank(in Arguments arguments, ref Result result)
    {
        var array = new JsonArray(arguments.Text(0));
        if (!array.IsArray || arguments.IsNull(1))
        {
            result.Null();
            return;
        }

        double key = Key(arguments.Text(1));
        result.Real(Keys(array).Count(one => one <= key));
    }

    private static double[] Keys(in JsonArray array)
    {
        double[] keys = new double[array.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = Key(array[i]);
        }

        return keys;
    }

    private static double Key(ReadOnlySpan<byte> value)
    {
        if (JsonText.TryReal(value, out double number))
        {
            return number;
        }

        ReadOnlySpan<byte> text = JsonText.Inside(value);
        return TimeSpanText.Parse(text) ?? DateTimeText.Parse(text) ?? double.NaN;
    }
}
