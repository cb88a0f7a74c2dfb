using System.Globalization;

namespace Quarry.Tables;

/// <summary>Numbers for a person to read.</summary>
public static class NumberText
{
    /// <summary>
    /// A number in about six digits: <c>0.255553</c>, <c>232055087</c>. Whole numbers up to 15 digits keep all before the point;
    /// beyond, and for very small ones, it is the exponent's form.
    /// </summary>
    public static string Rounded(double value) =>
        value.ToString(Math.Abs(value) is >= 1e5 and < 1e15 ? "0" : "G6", CultureInfo.InvariantCulture);
}
