using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;
using static Quarry.Tables.ColumnType;

namespace Quarry.Kql.Functions.Numbers;

/// <summary>
/// The operators + - * / % and the sign, where SQL has other rules: whole numbers wrap around and are divided towards zero, a remainder is never
/// negative, of 0 is null. What is no time from year 1 to 9999 is null.
/// </summary>
internal static class ArithmeticFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        .. Sums, .. Products, .. Quotients, .. Remainders,
        Strict("$negate", [Long], Long, static (in Arguments a, ref Result r) => r.Long(unchecked(-a.Long(0)))),
        Strict("$negate", [Real], Real, static (in Arguments a, ref Result r) => r.Real(0 - a.Real(0))),
        Strict("$negate", [ColumnType.Decimal], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.Scaled(-a.Scaled(0))),
        Strict("$negate", [ColumnType.TimeSpan], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks(-(Int128)a.Long(0), ref r)),
    ];

    private static IEnumerable<ScalarFunction> Sums =>
    [
        Strict("$add", [Long, Long], Long, static (in Arguments a, ref Result r) => r.Long(unchecked(a.Long(0) + a.Long(1)))),
        Decimals("$add", DecimalArithmetic.Add),
        Strict("$add", [ColumnType.DateTime, ColumnType.TimeSpan], ColumnType.DateTime, static (in Arguments a, ref Result r) => Moment(a.Long(0), a.Long(1), ref r)),
        Strict("$add", [ColumnType.TimeSpan, ColumnType.DateTime], ColumnType.DateTime, static (in Arguments a, ref Result r) => Moment(a.Long(1), a.Long(0), ref r)),
        Strict("$add", [ColumnType.TimeSpan, ColumnType.TimeSpan], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks((Int128)a.Long(0) + a.Long(1), ref r)),
        Strict("$subtract", [Long, Long], Long, static (in Arguments a, ref Result r) => r.Long(unchecked(a.Long(0) - a.Long(1)))),
        Decimals("$subtract", DecimalArithmetic.Subtract),
        Strict("$subtract", [ColumnType.DateTime, ColumnType.TimeSpan], ColumnType.DateTime, static (in Arguments a, ref Result r) => Moment(a.Long(0), unchecked(-a.Long(1)), ref r)),
        Strict("$subtract", [ColumnType.DateTime, ColumnType.DateTime], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => r.Long(a.Long(0) - a.Long(1))),
        Strict("$subtract", [ColumnType.TimeSpan, ColumnType.TimeSpan], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks((Int128)a.Long(0) - a.Long(1), ref r)),
    ];

    private static IEnumerable<ScalarFunction> Products =>
    [
        Strict("$multiply", [Long, Long], Long, static (in Arguments a, ref Result r) => r.Long(unchecked(a.Long(0) * a.Long(1)))),
        Decimals("$multiply", DecimalArithmetic.Multiply),
        Strict("$multiply", [ColumnType.TimeSpan, Long], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks((Int128)a.Long(0) * a.Long(1), ref r)),
        Strict("$multiply", [Long, ColumnType.TimeSpan], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks((Int128)a.Long(0) * a.Long(1), ref r)),
        Strict("$multiply", [ColumnType.TimeSpan, Real], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks(a.Long(0) * a.Real(1), ref r)),
        Strict("$multiply", [Real, ColumnType.TimeSpan], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks(a.Real(0) * a.Long(1), ref r)),
        Strict("$multiply", [ColumnType.TimeSpan, ColumnType.Decimal], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks(a.Long(0) * Value(a.Scaled(1)), ref r)),
        Strict("$multiply", [ColumnType.Decimal, ColumnType.TimeSpan], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks(a.Long(1) * Value(a.Scaled(0)), ref r)),
    ];

    private static IEnumerable<ScalarFunction> Quotients =>
    [
        Strict("$divide", [Long, Long], Long, static (in Arguments a, ref Result r) =>
        {
            long divisor = a.Long(1);
            r.Long(divisor == 0 ? null : divisor == -1 ? unchecked(-a.Long(0)) : a.Long(0) / divisor);
        }),
        Decimals("$divide", DecimalArithmetic.Divide),
        Strict("$divide", [ColumnType.TimeSpan, ColumnType.TimeSpan], Real, static (in Arguments a, ref Result r) => r.Real(a.Long(0) / (double)a.Long(1))),
        Strict("$divide", [ColumnType.DateTime, ColumnType.TimeSpan], Real, static (in Arguments a, ref Result r) => r.Real(a.Long(0) / (double)a.Long(1))),
        Strict("$divide", [ColumnType.DateTime, ColumnType.DateTime], Real, static (in Arguments a, ref Result r) => r.Real(a.Long(0) / (double)a.Long(1))),
        Strict("$divide", [ColumnType.TimeSpan, Long], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks(a.Long(1) == 0 ? null : (Int128)a.Long(0) / a.Long(1), ref r)),
        Strict("$divide", [ColumnType.TimeSpan, Real], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks(a.Long(0) / a.Real(1), ref r)),
        Strict("$divide", [ColumnType.TimeSpan, ColumnType.Decimal], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => Ticks(a.Long(0) / Value(a.Scaled(1)), ref r)),
    ];

    private static IEnumerable<ScalarFunction> Remainders =>
    [
        LongRemainder(Long, Long, Long),
        Strict("$modulo", [Real, Real], Real, static (in Arguments a, ref Result r) => r.Real(WholeNumbers.Remainder(a.Real(0), a.Real(1)))),
        Decimals("$modulo", static (left, right) => right == 0 ? null : WholeNumbers.Remainder(left, right)),
        LongRemainder(ColumnType.TimeSpan, ColumnType.TimeSpan, ColumnType.TimeSpan),
        LongRemainder(ColumnType.DateTime, ColumnType.TimeSpan, ColumnType.TimeSpan),
        LongRemainder(ColumnType.DateTime, ColumnType.DateTime, ColumnType.TimeSpan),
    ];

    private static ScalarFunction LongRemainder(ColumnType left, ColumnType right, ColumnType returns) =>
        Strict("$modulo", [left, right], returns, static (in Arguments a, ref Result r) => r.Long(a.Long(1) == 0 ? null : WholeNumbers.Remainder(a.Long(0), a.Long(1))));

    private static ScalarFunction Decimals(string name, Func<Int128, Int128, Int128?> function) =>
        Strict(name, [ColumnType.Decimal, ColumnType.Decimal], ColumnType.Decimal, (in Arguments a, ref Result r) => r.ScaledOrNull(function(a.Scaled(0), a.Scaled(1))));

    private static double Value(Int128 scaled) => (double)scaled / 1e18;

    private static void Moment(long time, long span, ref Result result)
    {
        // A time is less than a third of a long: a sum that is too large has another sign.
        long sum = unchecked(time + span);
        result.Long(sum is < 0 || sum > System.DateTime.MaxValue.Ticks || (span < 0 && sum > time) ? null : sum);
    }

    private static void Ticks(Int128? ticks, ref Result result) =>
        result.Long(ticks is { } value && value >= long.MinValue && value <= long.MaxValue ? (long)value : null);

    private static void Ticks(double ticks, ref Result result) =>
        result.Long(ticks is > -9.2233720368547748e18 and < 9.2233720368547748e18 ? (long)ticks : null);
}
