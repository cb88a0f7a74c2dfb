using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;
using static Quarry.Tables.ColumnType;

namespace Quarry.Kql.Functions.Numbers;

/// <summary><c>bin</c>, its other name <c>floor</c>, and <c>bin_at</c>: rounded down, also below zero. A size that is not positive gives null.</summary>
internal static class BinFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All => [.. Bins("bin"), .. Bins("floor"), .. BinsAt];

    private static IEnumerable<ScalarFunction> Bins(string name) =>
    [
        Strict(name, [Int, Int], Int, static (in Arguments a, ref Result r) => IntOrNull(WholeNumbers.Floor(a.Int(0), a.Int(1)), ref r)),
        Ticks(name, Long, Long),
        Strict(name, [Real, Real], Real, static (in Arguments a, ref Result r) => r.Real(WholeNumbers.Floor(a.Real(0), a.Real(1)))),
        Strict(name, [ColumnType.Decimal, ColumnType.Decimal], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.ScaledOrNull(WholeNumbers.Floor(a.Scaled(0), a.Scaled(1), 0))),
        Ticks(name, ColumnType.DateTime, ColumnType.TimeSpan),
        Ticks(name, ColumnType.TimeSpan, ColumnType.TimeSpan),
    ];

    private static IEnumerable<ScalarFunction> BinsAt =>
    [
        Strict("bin_at", [Int, Int, Int], Int, static (in Arguments a, ref Result r) => IntOrNull(WholeNumbers.Floor(a.Int(0), a.Int(1), a.Int(2)), ref r)),
        TicksAt(Long, Long),
        Strict("bin_at", [Real, Real, Real], Real, static (in Arguments a, ref Result r) => r.Real(WholeNumbers.Floor(a.Real(0), a.Real(1), a.Real(2)))),
        Strict("bin_at", [ColumnType.Decimal, ColumnType.Decimal, ColumnType.Decimal], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.ScaledOrNull(WholeNumbers.Floor(a.Scaled(0), a.Scaled(1), a.Scaled(2)))),
        TicksAt(ColumnType.DateTime, ColumnType.TimeSpan),
        TicksAt(ColumnType.TimeSpan, ColumnType.TimeSpan),
    ];

    private static ScalarFunction Ticks(string name, ColumnType type, ColumnType size) =>
        new(name, [type, size], type, static (in Arguments a, ref Result r) =>
        {
            if (a.IsNull(0) || a.IsNull(1))
            {
                r.Null();
            }
            else
            {
                r.Long(WholeNumbers.Floor(a.Long(0), a.Long(1)));
            }
        });

    // A time before the first year is none.
    private static ScalarFunction TicksAt(ColumnType type, ColumnType size) =>
        Strict("bin_at", [type, size, type], type, (in Arguments a, ref Result r) =>
        {
            long? floor = WholeNumbers.Floor(a.Long(0), a.Long(1), a.Long(2));
            r.Long(floor < 0 && type == ColumnType.DateTime ? null : floor);
        });

    private static void IntOrNull(long? value, ref Result result)
    {
        if (value is >= int.MinValue)
        {
            result.Int((int)value);
        }
        else
        {
            result.Null();
        }
    }
}
