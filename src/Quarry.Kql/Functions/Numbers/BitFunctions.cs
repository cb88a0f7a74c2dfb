using System.Numerics;
using static Quarry.Kql.Functions.ScalarForm;
using static Quarry.Tables.ColumnType;

namespace Quarry.Kql.Functions.Numbers;

/// <summary>Operations on bits. A shift by less than nothing is null; one by 64 or more goes on from the beginning.</summary>
internal static class BitFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        OfTwo("binary_and", static (left, right) => left & right),
        OfTwo("binary_or", static (left, right) => left | right),
        OfTwo("binary_xor", static (left, right) => left ^ right),
        OfTwo("binary_shift_left", static (value, by) => by < 0 ? null : value << (int)(by % 64)),
        OfTwo("binary_shift_right", static (value, by) => by < 0 ? null : value >> (int)(by % 64)),
        Strict("binary_not", [Long], Long, static (in Arguments a, ref Result r) => r.Long(~a.Long(0))),
        Strict("bitset_count_ones", [Long], Long, static (in Arguments a, ref Result r) => r.Long(BitOperations.PopCount((ulong)a.Long(0)))),
    ];

    private static ScalarFunction OfTwo(string name, Func<long, long, long?> function) =>
        Strict(name, [Long, Long], Long, (in Arguments a, ref Result r) => r.Long(function(a.Long(0), a.Long(1))));
}
