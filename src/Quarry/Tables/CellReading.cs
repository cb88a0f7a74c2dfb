using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Quarry.Tables;

/// <summary>
/// Cells read as numbers, times and texts whatever their column's type, for analyses that take tables whose columns are all
/// text (a csv file read without guessing) as well as typed ones.
/// </summary>
public static class CellReading
{
    /// <summary>
    /// A cell as a number. Text is read as JSON and programs write numbers: <c>-1.5e3</c>, leading zeros and a plus sign
    /// allowed, no thousands separators. NaN and infinities are values of a real column and unreadable as text.
    /// </summary>
    public static CellState ReadNumber(Column column, int row, out double value)
    {
        value = 0;
        if (column.IsNull(row))
        {
            return CellState.Missing;
        }

        switch (column)
        {
            case ValueColumn<double> reals: value = reals.Values[row]; return CellState.Read;
            case ValueColumn<long> longs: value = longs.Values[row]; return CellState.Read;
            case ValueColumn<int> ints: value = ints.Values[row]; return CellState.Read;
            case ValueColumn<decimal> decimals: value = (double)decimals.Values[row]; return CellState.Read;
            case ValueColumn<bool> flags: value = flags.Values[row] ? 1 : 0; return CellState.Read;
            case ValueColumn<TimeSpan> spans: value = spans.Values[row].TotalSeconds; return CellState.Read;
            case TextColumn text: return ReadNumber(Trim(text[row]), out value);
            default: return CellState.Unreadable;
        }
    }

    /// <summary>
    /// A cell as a point in time, UTC: see <see cref="TimeText"/> for what text is read. A whole number is Unix time in
    /// seconds, milliseconds, microseconds or nanoseconds, told by its size.
    /// </summary>
    public static CellState ReadTime(Column column, int row, out DateTime value)
    {
        value = default;
        if (column.IsNull(row))
        {
            return CellState.Missing;
        }

        switch (column)
        {
            case ValueColumn<DateTime> times: value = times.Values[row]; return CellState.Read;
            case ValueColumn<long> longs: return TimeText.TryUnix(longs.Values[row], out value) ? CellState.Read : CellState.Unreadable;
            case ValueColumn<int> ints: return TimeText.TryUnix(ints.Values[row], out value) ? CellState.Read : CellState.Unreadable;
            case ValueColumn<double> reals: return TimeText.TryUnix(reals.Values[row], out value) ? CellState.Read : CellState.Unreadable;
            case TextColumn text:
                ReadOnlySpan<byte> trimmed = Trim(text[row]);
                return trimmed.IsEmpty ? CellState.Missing : TimeText.TryParse(trimmed, out value) ? CellState.Read : CellState.Unreadable;
            default: return CellState.Unreadable;
        }
    }

    /// <summary>
    /// A cell as text: text as it stands, a whole number in decimal digits, a time as ISO 8601; null for null.
    /// </summary>
    public static string? ReadText(Column column, int row) => column.GetValue(row) switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        object other => other.ToString(),
    };

    /// <summary>Whether a cell is filled: not null, and not text of nothing but white space.</summary>
    public static bool IsFilled(Column column, int row) =>
        !column.IsNull(row) && (column is not TextColumn text || !IsBlank(text[row]));

    /// <summary>Whether UTF-8 is empty or holds only white space (Unicode's).</summary>
    public static bool IsBlank(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        // What begins with a printing character of ASCII, as nearly every cell does, needs no decoding.
        if (text[0] is > 0x20 and < 0x7F)
        {
            return false;
        }

        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int taken);
            if (!Rune.IsWhiteSpace(rune))
            {
                return false;
            }

            text = text[taken..];
        }

        return true;
    }

    private static CellState ReadNumber(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return CellState.Missing;
        }

        ReadOnlySpan<byte> number = text is [(byte)'+', (>= (byte)'0' and <= (byte)'9') or (byte)'.', ..] ? text[1..] : text;
        bool isNumber = !number.IsEmpty && number.IndexOfAnyExcept("0123456789+-.eE"u8) < 0
            && Utf8Parser.TryParse(number, out value, out int taken) && taken == number.Length && double.IsFinite(value);
        return isNumber ? CellState.Read : CellState.Unreadable;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);
}
