using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;
using static Quarry.Tables.ColumnType;

namespace Quarry.Kql.Functions.Numbers;

/// <summary>Rounding, signs, and what a real is: <c>abs</c>, <c>ceiling</c>, <c>round</c>, <c>sign</c>, <c>isnan</c>, <c>isinf</c>, <c>isfinite</c>.</summary>
internal static class RoundingFunctions
{
    private static readonly Int128 One = Int128.Parse("1000000000000000000", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        Strict("abs", [Long], Long, static (in Arguments a, ref Result r) => r.Long(a.Long(0) < 0 ? unchecked(-a.Long(0)) : a.Long(0))),
        Strict("abs", [Real], Real, static (in Arguments a, ref Result r) => r.Real(Math.Abs(a.Real(0)))),
        Strict("abs", [ColumnType.Decimal], ColumnType.Decimal, static (in Arguments a, ref Result r) => r.Scaled(Int128.Abs(a.Scaled(0)))),
        Strict("abs", [ColumnType.TimeSpan], ColumnType.TimeSpan, static (in Arguments a, ref Result r) => r.Long(a.Long(0) == long.MinValue ? null : Math.Abs(a.Long(0)))),
        Strict("ceiling", [Int], Int, static (in Arguments a, ref Result r) => r.Int(a.Int(0))),
        Strict("ceiling", [Long], Long, static (in Arguments a, ref Result r) => r.Long(a.Long(0))),
        Strict("ceiling", [Real], Real, static (in Arguments a, ref Result r) => r.Real(Math.Ceiling(a.Real(0)))),
        Strict("ceiling", [ColumnType.Decimal], ColumnType.Decimal, static (in Arguments a, ref Result r) =>
            r.Scaled(WholeNumbers.Remainder(a.Scaled(0), One) is var rest && rest == 0 ? a.Scaled(0) : a.Scaled(0) - rest + One)),
        Rounding(Int, static (in Arguments a, long places, ref Result r) =>
        {
            if (Whole(a.Int(0), places) is { } value && value is >= int.MinValue and <= int.MaxValue)
            {
                r.Int((int)value);
            }
            else
            {
                r.Null();
            }
        }),
        Rounding(Long, static (in Arguments a, long places, ref Result r) => r.Long(Whole(a.Long(0), places))),
        Rounding(Real, static (in Arguments a, long places, ref Result r) => r.Real(Round(a.Real(0), places))),
        Rounding(ColumnType.Decimal, static (in Arguments a, long places, ref Result r) => r.ScaledOrNull(Round(a.Scaled(0), places))),
        .. OfReal("sign", static value => double.IsNaN(value) ? 0 : Math.Sign(value)),
        Strict("isnan", [Real], Bool, static (in Arguments a, ref Result r) => r.Bool(double.IsNaN(a.Real(0)))),
        Strict("isinf", [Real], Bool, static (in Arguments a, ref Result r) => r.Bool(double.IsInfinity(a.Real(0)))),
        Strict("isfinite", [Real], Bool, static (in Arguments a, ref Result r) => r.Bool(double.IsFinite(a.Real(0)))),
    ];

    private delegate void RoundingBody(in Arguments arguments, long places, ref Result result);

    private static ScalarFunction Rounding(ColumnType type, RoundingBody body) =>
        new("round", [type, Long], type, (in Arguments a, ref Result r) =>
        {
            if (a.IsNull(0))
            {
                r.Null();
            }
            else
            {
                body(a, a.IsNull(1) ? 0 : a.Long(1), ref r);
            }
        })
        {
            Required = 1,
        };

    /// <summary>Rounded half away from zero to so many decimal places.</summary>
    public static double Round(double value, long places)
    {
        if (places == 0)
        {
            return Math.Round(value, MidpointRounding.AwayFromZero);
        }

        double unit = Math.Pow(10, Math.Abs(Math.Clamp(places, -400, 400)));
        double scaled = places > 0 ? value * unit : value / unit;

        // Beyond 2^53 there is no fraction to round.
        return !double.IsFinite(scaled) || (Math.Abs(scaled) >= 1L << 53 && places > 0) ? value
            : places > 0 ? Math.Round(scaled, MidpointRounding.AwayFromZero) / unit
            : scaled == 0 || double.IsInfinity(unit) ? 0
            : Math.Round(scaled, MidpointRounding.AwayFromZero) * unit;
    }

    private static long? Whole(long value, long places) =>
        places >= 0 ? value : places < -19 ? 0 : Half(value, Power(-places)) is var rounded && rounded >= long.MinValue && rounded <= long.MaxValue ? (long)rounded : null;

    private static Int128? Round(Int128 scaled, long places) =>
        places >= DecimalStorage.Scale ? scaled : places < -20 ? 0 : Half(scaled, Power(DecimalStorage.Scale - places));

    private static Int128 Half(Int128 value, Int128 unit)
    {
        Int128 rest = value % unit;
        Int128 floor = value - rest;
        return Int128.Abs(rest) >= unit - Int128.Abs(rest) ? floor + (value < 0 ? -unit : unit) : floor;
    }

    private static Int128 Power(long exponent)
    {
        Int128 power = 1;
        for (long i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
