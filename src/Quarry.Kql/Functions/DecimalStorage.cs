namespace Quarry.Kql.Functions;

/// <summary>How the engine holds decimals: DECIMAL(38, 18), a whole number of 10^-18.</summary>
internal static class DecimalStorage
{
    /// <summary>Digits behind the point.</summary>
    public const int Scale = 18;

    private const decimal Unit = 1_000_000_000_000_000_000m;

    /// <summary>The largest that is held.</summary>
    private static readonly Int128 Most = Int128.Parse(new string('9', 38), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The decimal; null where .NET's cannot hold it. What is behind 28 digits is rounded.</summary>
    public static decimal? ToDecimal(Int128 scaled)
    {
        Int128 whole = scaled / (Int128)Unit;
        Int128 rest = scaled % (Int128)Unit;
        return decimal.CreateSaturating(whole) + (decimal.CreateSaturating(rest) / Unit);
    }

    /// <summary>What is held of a decimal; null where it is beyond 20 digits before the point.</summary>
    public static Int128? Of(decimal value)
    {
        decimal whole = decimal.Truncate(value);
        Int128 scaled = (Int128.CreateSaturating(whole) * (Int128)Unit) + Int128.CreateSaturating(decimal.Round((value - whole) * Unit));
        return whole is > 99_999_999_999_999_999_999m or < -99_999_999_999_999_999_999m || scaled > Most || scaled < -Most ? null : scaled;
    }
}
