using System.Globalization;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>Cells of any column as exact numbers.</summary>
internal static class CellConversion
{
    private const int LongestNumber = 64;

    /// <summary>A cell as a whole number of 64 bits: <c>5</c>, <c>007</c> and <c>5.0</c> are read, <c>5.5</c> is not.</summary>
    public static bool TryLong(Column from, int row, out long value)
    {
        value = 0;
        switch (from)
        {
            case ValueColumn<int> ints:
                value = ints.Values[row];
                return true;
            case ValueColumn<long> longs:
                value = longs.Values[row];
                return true;
            case ValueColumn<bool> flags:
                value = flags.Values[row] ? 1 : 0;
                return true;
            case TextColumn texts when TypedText.TryLong(texts[row], out value):
                return true;
            case ValueColumn<double> or ValueColumn<decimal> or TextColumn:
                bool isWhole = TryDecimal(from, row, out decimal number) && decimal.Truncate(number) == number
                    && number is >= long.MinValue and <= long.MaxValue;
                value = isWhole ? (long)number : 0;
                return isWhole;
            default:
                return false;
        }
    }

    /// <summary>A cell as a decimal number.</summary>
    public static bool TryDecimal(Column from, int row, out decimal value)
    {
        value = 0;
        switch (from)
        {
            case ValueColumn<decimal> decimals:
                value = decimals.Values[row];
                return true;
            case ValueColumn<int> ints:
                value = ints.Values[row];
                return true;
            case ValueColumn<long> longs:
                value = longs.Values[row];
                return true;
            case ValueColumn<double> reals when Math.Abs(reals.Values[row]) < 1e28:
                value = (decimal)reals.Values[row];
                return true;
            case TextColumn texts:
                ReadOnlySpan<byte> text = texts[row].Trim(" \t\r\n"u8);
                return text.Length <= LongestNumber
                    && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
            default:
                return false;
        }
    }
}
