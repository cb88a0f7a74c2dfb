using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;
using static Quarry.Tables.ColumnType;

namespace Quarry.Kql.Functions.Conversions;

/// <summary>
/// <c>toint</c>, <c>tolong</c>, <c>toreal</c>, <c>todecimal</c>, <c>tobool</c>: what cannot be converted is null. A fraction is cut off; a real that is too large becomes the
/// largest whole number; a whole number that is too large for an int loses its upper bits.
/// </summary>
internal static class NumberConversions
{
    private static readonly Int128 One = Int128.Parse("1000000000000000000", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        .. ToInt, .. ToLong,
        .. ToReal("toreal"), .. ToReal("todouble"),
        .. ToDecimal,
        .. ToBool("tobool"), .. ToBool("toboolean"),
    ];

    private static IEnumerable<ScalarFunction> ToInt =>
    [
        Strict("toint", [Int], Int, static (in Arguments a, ref Result r) => r.Int(a.Int(0))),
        Strict("toint", [Long], Int, static (in Arguments a, ref Result r) => r.Int(unchecked((int)a.Long(0)))),
        Strict("toint", [Real], Int, static (in Arguments a, ref Result r) => IntOrNull(ToWhole(a.Real(0)) is { } value ? Math.Clamp(value, int.MinValue, int.MaxValue) : null, ref r)),
        Strict("toint", [ColumnType.Decimal], Int, static (in Arguments a, ref Result r) => IntOrNull(ToWhole(a.Scaled(0)), ref r)),
        Strict("toint", [Bool], Int, static (in Arguments a, ref Result r) => r.Int(a.Bool(0) ? 1 : 0)),
        Strict("toint", [ColumnType.DateTime], Int, static (in Arguments a, ref Result r) => r.Int(unchecked((int)a.Long(0)))),
        Strict("toint", [ColumnType.TimeSpan], Int, static (in Arguments a, ref Result r) => r.Int(unchecked((int)a.Long(0)))),
        Strict("toint", [ColumnType.String], Int, static (in Arguments a, ref Result r) => IntOrNull(NumericText.Int(a.Text(0)), ref r)),
    ];

    private static IEnumerable<ScalarFunction> ToLong =>
    [
        SameLong("tolong", Long, Long),
        Strict("tolong", [Real], Long, static (in Arguments a, ref Result r) => r.Long(ToWhole(a.Real(0)))),
        Strict("tolong", [ColumnType.Decimal], Long, static (in Arguments a, ref Result r) => r.Long(ToWhole(a.Scaled(0)))),
        Strict("tolong", [Bool], Long, static (in Arguments a, ref Result r) => r.Long(a.Bool(0) ? 1 : 0)),
        SameLong("tolong", ColumnType.DateTime, Long),
        SameLong("tolong", ColumnType.TimeSpan, Long),
        Strict("tolong", [ColumnType.String], Long, static (in Arguments a, ref Result r) => r.Long(NumericText.Long(a.Text(0)))),
    ];

    private static IEnumerable<ScalarFunction> ToReal(string name) =>
    [
        Strict(name, [Real], Real, static (in Arguments a, ref Result r) => r.Real(a.Real(0))),
        Strict(name, [ColumnType.Decimal], Real, static (in Arguments a, ref Result r) => r.Real((double)a.Scaled(0) / 1e18)),
        Strict(name, [Bool], Real, static (in Arguments a, ref Result r) => r.Real(a.Bool(0) ? 1.0 : 0)),
        Strict(name, [ColumnType.DateTime], Real, static (in Arguments a, ref Result r) => r.Real((double)a.Long(0))),
        Strict(name, [ColumnType.TimeSpan], Real, static (in Arguments a, ref Result r) => r.Real((double)a.Long(0))),
        Strict(name, [ColumnType.String], Real, static (in Arguments a, ref Result r) => r.Real(NumericText.Real(a.Text(0)))),
    ];

    private static IEnumerable<ScalarFunction> ToDecimal =>
    [
        Strict("todecimal", [ColumnType.Decimal], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.Scaled(a.Scaled(0))),
        Strict("todecimal", [Long], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.Scaled(a.Long(0) * One)),
        Strict("todecimal", [Real], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.ScaledOrNull(ToScaled(a.Real(0)))),
        Strict("todecimal", [Bool], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.Scaled(a.Bool(0) ? One : 0)),
        Strict("todecimal", [ColumnType.DateTime], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.Scaled(a.Long(0) * One)),
        Strict("todecimal", [ColumnType.TimeSpan], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.Scaled(a.Long(0) * One)),
        Strict("todecimal", [ColumnType.String], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.ScaledOrNull(NumericText.Scaled(a.Text(0)))),
    ];

    private static IEnumerable<ScalarFunction> ToBool(string name) =>
    [
        Strict(name, [Bool], Bool, static (in Arguments a, ref Result r) => r.Bool(a.Bool(0))),
        Strict(name, [Long], Bool, static (in Arguments a, ref Result r) => r.Bool(a.Long(0) != 0)),
        Strict(name, [Real], Bool, static (in Arguments a, ref Result r) => r.Bool(a.Real(0) != 0)),
        Strict(name, [ColumnType.Decimal], Bool, static (in Arguments a, ref Result r) => r.Bool(a.Scaled(0) != 0)),
        Strict(name, [ColumnType.String], Bool, static (in Arguments a, ref Result r) =>
        {
            if (NumericText.Bool(a.Text(0)) is { } value)
            {
                r.Bool(value);
            }
            else
            {
                r.Null();
            }
        }),
    ];

    /// <summary>A form that gives the ticks or the whole number as it is.</summary>
    internal static ScalarFunction SameLong(string name, ColumnType from, ColumnType to) =>
        Strict(name, [from], to, static (in Arguments a, ref Result r) => r.Long(a.Long(0)));

    /// <summary>The whole part, the nearest long where it is larger; null of not a number.</summary>
    internal static long? ToWhole(double value) =>
        double.IsNaN(value) ? null : value >= 9.2233720368547758e18 ? long.MaxValue : value <= -9.2233720368547758e18 ? long.MinValue : (long)value;

    private static long? ToWhole(Int128 scaled) => scaled / One is var whole && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null;

    // By the digits that a person reads: 0.1 is 0.1 and not 0.100000000000000005.
    private static Int128? ToScaled(double value)
    {
        Span<byte> text = stackalloc byte[32];
        return double.IsFinite(value) && value.TryFormat(text, out int length, "R", System.Globalization.CultureInfo.InvariantCulture) ? NumericText.Scaled(text[..length]) : null;
    }

    private static void IntOrNull(long? value, ref Result result)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            result.Int((int)value);
        }
        else
        {
            result.Null();
        }
    }
}
