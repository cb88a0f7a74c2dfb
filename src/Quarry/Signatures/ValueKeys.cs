using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Quarry.Signatures;

/// <summary>
/// The bytes that stand for a typed value in a dictionary, and the text they are shown as. Numbers that are equal have the same
/// bytes whatever their type: a whole number as <c>w</c> and 8 bytes, another real as <c>r</c> and 8, another decimal as <c>d</c> and its text.
/// </summary>
internal static class ValueKeys
{
    /// <summary>The longest key, in bytes.</summary>
    public const int Longest = 64;

    /// <summary>Writes a value's key.</summary>
    /// <returns>Its length, or -1 where the value is none.</returns>
    public delegate int Writer<T>(T value, Span<byte> key);

    public static int OfLong(long value, Span<byte> key)
    {
        key[0] = (byte)'w';
        BinaryPrimitives.WriteInt64LittleEndian(key[1..], value);
        return 9;
    }

    public static int OfInt(int value, Span<byte> key) => OfLong(value, key);

    public static int OfBool(bool value, Span<byte> key) => OfLong(value ? 1 : 0, key);

    public static int OfReal(double value, Span<byte> key)
    {
        if (value is >= -9.2e18 and <= 9.2e18 && value == Math.Truncate(value))
        {
            return OfLong((long)value, key);
        }

        key[0] = (byte)'r';
        BinaryPrimitives.WriteDoubleLittleEndian(key[1..], double.IsNaN(value) ? double.NaN : value);
        return 9;
    }

    /// <summary>A real as the reference sees it: NaN is no value.</summary>
    public static int OfRealOrMissing(double value, Span<byte> key) => double.IsNaN(value) ? -1 : OfReal(value, key);

    public static int OfDecimal(decimal value, Span<byte> key)
    {
        if (value is >= long.MinValue and <= long.MaxValue && value == decimal.Truncate(value))
        {
            return OfLong((long)value, key);
        }

        key[0] = (byte)'d';
        value.TryFormat(key[1..], out int written, "G29", CultureInfo.InvariantCulture);
        return written + 1;
    }

    public static int OfTime(DateTime value, Span<byte> key) => OfLong(value.Ticks, key);

    public static int OfSpan(TimeSpan value, Span<byte> key) => OfLong(value.Ticks, key);

    public static int OfSpanText(TimeSpan value, Span<byte> key)
    {
        value.TryFormat(key, out int written, "c", CultureInfo.InvariantCulture);
        return written;
    }

    public static int OfGuid(Guid value, Span<byte> key)
    {
        value.TryFormat(key, out int written);
        return written;
    }

    /// <summary>A time as Python writes it: <c>2024-01-01 00:00:00</c>, with six digits of a second if there are any, nine if six do not do.</summary>
    public static int OfPythonTime(DateTime value, Span<byte> key)
    {
        long fraction = value.Ticks % TimeSpan.TicksPerSecond;
        string format = fraction == 0 ? "yyyy-MM-dd HH:mm:ss" : fraction % 10 == 0 ? "yyyy-MM-dd HH:mm:ss.ffffff" : "yyyy-MM-dd HH:mm:ss.fffffff'00'";
        value.TryFormat(key, out int written, format, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>The text of a value from its key.</summary>
    public static string Show(ReadOnlySpan<byte> key, ValueKind kind) => kind switch
    {
        ValueKind.Text => Encoding.UTF8.GetString(key),
        ValueKind.Flag => Whole(key) != 0 ? "true" : "false",
        ValueKind.Time => new DateTime(Whole(key)).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        ValueKind.Span => new TimeSpan(Whole(key)).ToString("c", CultureInfo.InvariantCulture),
        _ when key[0] == (byte)'w' => Whole(key).ToString(CultureInfo.InvariantCulture),
        _ when key[0] == (byte)'r' => BinaryPrimitives.ReadDoubleLittleEndian(key[1..]).ToString(CultureInfo.InvariantCulture),
        _ => Encoding.UTF8.GetString(key[1..]),
    };

    private static long Whole(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt64LittleEndian(key[1..]);
}
