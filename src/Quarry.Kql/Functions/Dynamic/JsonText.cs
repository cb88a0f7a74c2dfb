using System.Buffers;
using System.Globalization;
using System.Text;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>
/// Reads JSON where it lies, without a tree: values are slices of the text. What is malformed has no end (-1) and no
/// elements; nothing throws, nothing recurses, and each step is linear in what it passes over.
/// </summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> BehindScalar = SearchValues.Create(",]}: \t\r\n"u8);

    /// <summary>The kind of value that a text begins with.</summary>
    public static JsonKind KindOf(ReadOnlySpan<byte> value) => value.IsEmpty ? JsonKind.None : value[0] switch
    {
        (byte)'{' => JsonKind.Object,
        (byte)'[' => JsonKind.Array,
        (byte)'"' => JsonKind.String,
        (byte)'t' or (byte)'f' => JsonKind.Bool,
        (byte)'n' => JsonKind.Null,
        (byte)'-' or (>= (byte)'0' and <= (byte)'9') => JsonKind.Number,
        _ => JsonKind.None,
    };

    /// <summary>Whether a value stands for null: nothing, or JSON's null.</summary>
    public static bool IsNull(ReadOnlySpan<byte> value) => KindOf(value) is JsonKind.None or JsonKind.Null;

    /// <summary>Where the next character is that is no white space.</summary>
    public static int SkipWhite(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>Where the value ends that begins here; -1 if it does not.</summary>
    public static int End(ReadOnlySpan<byte> text, int at)
    {
        if ((uint)at >= (uint)text.Length)
        {
            return -1;
        }

        switch (text[at])
        {
            case (byte)'"':
                return EndOfString(text, at);
            case (byte)'{' or (byte)'[':
                return JsonScanning.EndOfContainer(text, at);
            default:
                int length = text[at..].IndexOfAny(BehindScalar);
                return length < 0 ? text.Length : length == 0 ? -1 : at + length;
        }
    }

    /// <summary>Where the string ends whose quote is here: behind its last quote; -1 if it has none.</summary>
    public static int EndOfString(ReadOnlySpan<byte> text, int at)
    {
        at = JsonScanning.Special(text, at + 1);
        while (at < text.Length && text[at] != (byte)'"')
        {
            // A control character has no place in a string, but ends none either.
            at = JsonScanning.Special(text, at + (text[at] == (byte)'\\' ? 2 : 1));
        }

        return at < text.Length ? at + 1 : -1;
    }

    /// <summary>What a property of an object is; empty if it has none of the name. Of several the last, as usual in JSON.</summary>
    public static ReadOnlySpan<byte> Property(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> found = default;
        var properties = new JsonProperties(value);
        while (properties.MoveNext())
        {
            if (IsString(properties.Name, name))
            {
                found = properties.Value;
            }
        }

        return found;
    }

    /// <summary>An element of an array, from the end if negative; empty if there is none.</summary>
    public static ReadOnlySpan<byte> Element(ReadOnlySpan<byte> value, long index)
    {
        if (index < 0)
        {
            long count = Count(value);
            index = index < -count ? long.MaxValue : index + count;
        }

        var elements = new JsonElements(value);
        while (elements.MoveNext())
        {
            if (index-- == 0)
            {
                return elements.Current;
            }
        }

        return default;
    }

    /// <summary>How many elements an array has.</summary>
    public static long Count(ReadOnlySpan<byte> value)
    {
        long count = 0;
        var elements = new JsonElements(value);
        while (elements.MoveNext())
        {
            count++;
        }

        return count;
    }

    /// <summary>Whether what stands between a JSON string's quotes says this text.</summary>
    public static bool IsString(ReadOnlySpan<byte> written, ReadOnlySpan<byte> text)
    {
        if (!written.Contains((byte)'\\'))
        {
            return written.SequenceEqual(text);
        }

        // An escape is at least as long as what it says.
        if (written.Length < text.Length)
        {
            return false;
        }

        ArrayBufferWriter<byte> said = Spare();
        Unescape(written, said);
        return said.WrittenSpan.SequenceEqual(text);
    }

    /// <summary>What stands between the quotes of a JSON string.</summary>
    public static ReadOnlySpan<byte> Inside(ReadOnlySpan<byte> value) => value.Length >= 2 ? value[1..^1] : default;

    /// <summary>What a JSON string says; without escapes it is a slice of the text, else it lies in the bytes given.</summary>
    public static ReadOnlySpan<byte> Said(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> scratch)
    {
        ReadOnlySpan<byte> inside = Inside(value);
        if (!inside.Contains((byte)'\\'))
        {
            return inside;
        }

        int from = scratch.WrittenCount;
        Unescape(inside, scratch);
        return scratch.WrittenSpan[from..];
    }

    /// <summary>Writes what stands between a JSON string's quotes without its escapes.</summary>
    public static void Unescape(ReadOnlySpan<byte> written, ArrayBufferWriter<byte> to)
    {
        Span<byte> encoded = stackalloc byte[4];
        while (!written.IsEmpty)
        {
            int plain = written.IndexOf((byte)'\\');
            if (plain < 0 || plain + 1 >= written.Length)
            {
                to.Write(written);
                return;
            }

            to.Write(written[..plain]);
            int length = Escape(written[plain..], out Rune rune);
            written = written[(plain + Math.Max(length, 1))..];
            to.Write(encoded[..rune.EncodeToUtf8(encoded)]);
        }
    }

    /// <summary>Reads an escape: what it says and how long it is; 0 if it is none. Half a surrogate pair says U+FFFD.</summary>
    public static int Escape(ReadOnlySpan<byte> text, out Rune rune)
    {
        rune = Rune.ReplacementChar;
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] == (byte)'u')
        {
            if (!TryHex(text, 2, out int unit))
            {
                return 0;
            }

            if (char.IsHighSurrogate((char)unit) && text.Length >= 12 && text[6] == (byte)'\\' && text[7] == (byte)'u'
                && TryHex(text, 8, out int low) && char.IsLowSurrogate((char)low))
            {
                rune = new Rune((char)unit, (char)low);
                return 12;
            }

            rune = Rune.IsValid(unit) ? new Rune(unit) : Rune.ReplacementChar;
            return 6;
        }

        int index = "\"\\/bfnrt"u8.IndexOf(text[1]);
        rune = new Rune(index < 0 ? '\uFFFD' : "\"\\/\b\f\n\r\t"[index]);
        return index < 0 ? 0 : 2;
    }

    /// <summary>A number that is whole (no point, no exponent) and fits.</summary>
    public static bool TryLong(ReadOnlySpan<byte> value, out long number) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>Any number.</summary>
    public static bool TryReal(ReadOnlySpan<byte> value, out double number) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Bytes for one short step of reading, empty at first. One for a thread; not those of a result.</summary>
    public static ArrayBufferWriter<byte> Spare()
    {
        _spare ??= new ArrayBufferWriter<byte>(256);
        _spare.ResetWrittenCount();
        return _spare;
    }

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _spare;

    private static bool TryHex(ReadOnlySpan<byte> text, int at, out int value)
    {
        value = 0;
        if (text.Length < at + 4)
        {
            return false;
        }

        for (int i = at; i < at + 4; i++)
        {
            int digit = HexDigit(text[i]);
            if (digit < 0)
            {
                return false;
            }

            value = (value << 4) | digit;
        }

        return true;
    }

    private static int HexDigit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
