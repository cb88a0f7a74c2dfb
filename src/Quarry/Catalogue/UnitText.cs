using System.Globalization;

namespace Quarry.Catalogue;

/// <summary>A quantity with a unit behind it, read and written exactly.</summary>
internal static class UnitText
{
    /// <summary>Reads digits, perhaps with a fraction, and a unit; the result is a whole number of the smallest unit.</summary>
    /// <param name="text">The text, without blanks around it.</param>
    /// <param name="units">The units and what they are worth; letter case does not matter.</param>
    /// <param name="total">The quantity.</param>
    public static bool TryParse(string text, ReadOnlySpan<(string Name, long Worth)> units, out long total)
    {
        total = 0;
        int end = text.AsSpan().IndexOfAnyExcept("0123456789.");
        end = end < 0 ? text.Length : end;
        ReadOnlySpan<char> unit = text.AsSpan(end).TrimStart();
        if (!decimal.TryParse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count))
        {
            return false;
        }

        foreach ((string name, long worth) in units)
        {
            if (unit.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return TryMultiply(count, worth, out total);
            }
        }

        return false;
    }

    /// <summary>Writes a quantity in the largest unit of which it is a whole number.</summary>
    /// <param name="total">The quantity, in the smallest unit.</param>
    /// <param name="units">The units to choose from, the largest first; the last is worth one, or fractions of it are written.</param>
    public static string Format(long total, ReadOnlySpan<(string Name, long Worth)> units)
    {
        (string name, long worth) = units[^1];
        foreach ((string larger, long much) in units)
        {
            if (total % much == 0 && total != 0)
            {
                (name, worth) = (larger, much);
                break;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)total / worth}{name}");
    }

    private static bool TryMultiply(decimal count, long worth, out long total)
    {
        total = 0;
        if (count > (decimal)long.MaxValue / worth)
        {
            return false;
        }

        decimal product = count * worth;
        if (product > long.MaxValue || product != decimal.Truncate(product))
        {
            return false;
        }

        total = (long)product;
        return true;
    }
}
