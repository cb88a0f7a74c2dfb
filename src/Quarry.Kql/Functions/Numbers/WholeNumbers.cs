namespace Quarry.Kql.Functions.Numbers;

/// <summary>Division of whole numbers as KQL has it.</summary>
internal static class WholeNumbers
{
    /// <summary>The remainder, never negative, whatever the signs: -7 % 3 and -7 % -3 are 2. The divisor is not 0.</summary>
    public static long Remainder(long value, long divisor)
    {
        if (divisor == -1)
        {
            return 0;
        }

        long rest = value % divisor;
        return rest >= 0 ? rest : divisor < 0 ? unchecked(rest - divisor) : rest + divisor;
    }

    /// <summary>As <see cref="Remainder(long, long)"/>; of 0 not a number.</summary>
    public static double Remainder(double value, double divisor)
    {
        double rest = value % divisor;
        return rest < 0 ? rest + Math.Abs(divisor) : rest;
    }

    /// <summary>As <see cref="Remainder(long, long)"/>.</summary>
    public static Int128 Remainder(Int128 value, Int128 divisor)
    {
        Int128 rest = value % divisor;
        return rest < 0 ? rest + Int128.Abs(divisor) : rest;
    }

    /// <summary>The largest multiple of the size from an origin that is not above the value; null where there is none: a size that is not positive, or too small a result.</summary>
    public static long? Floor(long value, long size, long origin = 0)
    {
        if (size <= 0)
        {
            return null;
        }

        if (origin == 0)
        {
            long rest = Remainder(value, size);
            return value >= long.MinValue + rest ? value - rest : null;
        }

        Int128 distance = (Int128)value - origin;
        Int128 floor = value - Remainder(distance, size);
        return floor >= long.MinValue ? (long)floor : null;
    }

    /// <summary>As <see cref="Floor(long, long, long)"/>.</summary>
    public static double? Floor(double value, double size, double origin = 0) =>
        !(size > 0) ? null : origin == 0 ? Math.Floor(value / size) * size : (Math.Floor((value - origin) / size) * size) + origin;

    /// <summary>As <see cref="Floor(long, long, long)"/>.</summary>
    public static Int128? Floor(Int128 value, Int128 size, Int128 origin) => size <= 0 ? null : value - Remainder(value - origin, size);
}
