using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quarry.Data.Files.Readers;

/// <summary>A value in a JSON text: where it stands and what it is.</summary>
/// <param name="Start">Its position; for a string that of the first byte in the quotes.</param>
/// <param name="Length">Its length; for a string without the quotes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="HasEscapes">Whether it is a string with escapes.</param>
internal readonly record struct JsonValue(int Start, int Length, JsonKind Kind, bool HasEscapes);

/// <summary>A property of a JSON object.</summary>
internal readonly record struct JsonProperty(JsonValue Name, JsonValue Value);

/// <summary>
/// Reads one JSON object (RFC 8259) into the places of its properties, without exceptions and without making anything of
/// them: nested values are checked and left as text.
/// </summary>
internal sealed class JsonScanner
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int LargestDepth = 128;

    private JsonProperty[] _properties = new JsonProperty[64];
    private int _count;
    private int _at;

    /// <summary>The properties of the object, in order, repeated names included.</summary>
    public ReadOnlySpan<JsonProperty> Properties => _properties.AsSpan(0, _count);

    /// <summary>What is wrong with the text, and where in it, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads a text that has to be one object.</summary>
    public bool TryReadObject(ReadOnlySpan<byte> text)
    {
        _count = 0;
        _at = 0;
        Fault = null;
        SkipWhite(text);
        if (_at == text.Length || text[_at] != '{')
        {
            return Refuse("not a JSON object");
        }

        return ReadObject(text, 1, keep: true) && AtEnd(text);
    }

    /// <summary>Whether a text is one JSON value.</summary>
    public bool IsValue(ReadOnlySpan<byte> text)
    {
        _at = 0;
        Fault = null;
        SkipWhite(text);
        return ReadValue(text, 0, out _) && AtEnd(text);
    }

    private bool AtEnd(ReadOnlySpan<byte> text)
    {
        SkipWhite(text);
        return _at == text.Length || Refuse("text after the end of the JSON value");
    }

    private bool ReadObject(ReadOnlySpan<byte> text, int depth, bool keep)
    {
        _at++;
        SkipWhite(text);
        if (TryTake(text, '}'))
        {
            return true;
        }

        while (true)
        {
            if (_at >= text.Length || text[_at] != '"')
            {
                return Refuse("a key in quotes is expected");
            }

            if (!ReadString(text, out JsonValue name))
            {
                return false;
            }

            SkipWhite(text);
            if (!TryTake(text, ':'))
            {
                return Refuse("':' is expected");
            }

            SkipWhite(text);
            if (!ReadValue(text, depth, out JsonValue value))
            {
                return false;
            }

            if (keep)
            {
                Add(name, value);
            }

            SkipWhite(text);
            if (TryTake(text, ','))
            {
                SkipWhite(text);
                continue;
            }

            return TryTake(text, '}') || Refuse("',' or '}' is expected");
        }
    }

    private bool ReadArray(ReadOnlySpan<byte> text, int depth)
    {
        _at++;
        SkipWhite(text);
        if (TryTake(text, ']'))
        {
            return true;
        }

        while (true)
        {
            if (!ReadValue(text, depth, out _))
            {
                return false;
            }

            SkipWhite(text);
            if (TryTake(text, ','))
            {
                SkipWhite(text);
                continue;
            }

            return TryTake(text, ']') || Refuse("',' or ']' is expected");
        }
    }

    private bool ReadValue(ReadOnlySpan<byte> text, int depth, out JsonValue value)
    {
        value = default;
        if (_at >= text.Length)
        {
            return Refuse("a value is missing");
        }

        int start = _at;
        switch (text[_at])
        {
            case (byte)'"':
                return ReadString(text, out value);
            case (byte)'{':
            case (byte)'[':
                if (depth >= LargestDepth)
                {
                    return Refuse($"nested deeper than {LargestDepth}");
                }

                bool isObject = text[_at] == '{';
                if (!(isObject ? ReadObject(text, depth + 1, keep: false) : ReadArray(text, depth + 1)))
                {
                    return false;
                }

                value = new JsonValue(start, _at - start, isObject ? JsonKind.Object : JsonKind.Array, false);
                return true;
            case (byte)'t':
                return ReadLiteral(text, "true"u8, JsonKind.Bool, out value);
            case (byte)'f':
                return ReadLiteral(text, "false"u8, JsonKind.Bool, out value);
            case (byte)'n':
                return ReadLiteral(text, "null"u8, JsonKind.Null, out value);
            default:
                return ReadNumber(text, out value);
        }
    }

    private bool ReadLiteral(ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal, JsonKind kind, out JsonValue value)
    {
        value = new JsonValue(_at, literal.Length, kind, false);
        if (!text[_at..].StartsWith(literal))
        {
            return Refuse("a value is expected");
        }

        _at += literal.Length;
        return true;
    }

    private bool ReadNumber(ReadOnlySpan<byte> text, out JsonValue value)
    {
        int start = _at, i = _at;
        value = default;
        if (i < text.Length && text[i] == '-')
        {
            i++;
        }

        int digits = Digits(text, ref i);
        bool isGood = digits == 1 || (digits > 1 && text[i - digits] != '0');
        if (isGood && i < text.Length && text[i] == '.')
        {
            i++;
            isGood = Digits(text, ref i) > 0;
        }

        if (isGood && i < text.Length && (text[i] | 0x20) == 'e')
        {
            i++;
            if (i < text.Length && text[i] is (byte)'+' or (byte)'-')
            {
                i++;
            }

            isGood = Digits(text, ref i) > 0;
        }

        if (!isGood)
        {
            return Refuse(digits == 0 ? "a value is expected" : "not a number");
        }

        value = new JsonValue(start, i - start, JsonKind.Number, false);
        _at = i;
        return true;
    }

    private static int Digits(ReadOnlySpan<byte> text, ref int i)
    {
        int start = i;
        while (i < text.Length && (uint)(text[i] - '0') <= 9)
        {
            i++;
        }

        return i - start;
    }

    private bool ReadString(ReadOnlySpan<byte> text, out JsonValue value)
    {
        int start = _at + 1;
        bool escapes = false;
        value = default;
        for (int i = start; ;)
        {
            i = NextSpecial(text, i);
            if (i >= text.Length)
            {
                _at = i;
                return Refuse("a string is not closed");
            }

            byte c = text[i];
            if (c == '"')
            {
                value = new JsonValue(start, i - start, JsonKind.String, escapes);
                _at = i + 1;
                return true;
            }

            _at = i;
            if (c != '\\')
            {
                return Refuse("a control character in a string");
            }

            escapes = true;
            int length = EscapeLength(text[i..]);
            if (length == 0)
            {
                return Refuse("an unknown escape in a string");
            }

            i += length;
        }
    }

    private static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(text[1]) ? 2 : 0;
        }

        return text.Length >= 6 && char.IsAsciiHexDigit((char)text[2]) && char.IsAsciiHexDigit((char)text[3])
            && char.IsAsciiHexDigit((char)text[4]) && char.IsAsciiHexDigit((char)text[5]) ? 6 : 0;
    }

    // The next quote, backslash or control character, sixteen bytes at a time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NextSpecial(ReadOnlySpan<byte> text, int from)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        int i = from;
        for (; i + 16 <= text.Length; i += 16)
        {
            var block = Vector128.LoadUnsafe(ref first, (nuint)i);
            uint hits = (Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(block, Vector128.Create((byte)0x20))).ExtractMostSignificantBits();
            if (hits != 0)
            {
                return i + BitOperations.TrailingZeroCount(hits);
            }
        }

        while (i < text.Length && text[i] != '"' && text[i] != '\\' && text[i] >= 0x20)
        {
            i++;
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipWhite(ReadOnlySpan<byte> text)
    {
        int i = _at;
        while (i < text.Length && text[i] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            i++;
        }

        _at = i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake(ReadOnlySpan<byte> text, char c)
    {
        if (_at < text.Length && text[_at] == c)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void Add(JsonValue name, JsonValue value)
    {
        if (_count == _properties.Length)
        {
            Array.Resize(ref _properties, _count * 2);
        }

        _properties[_count++] = new JsonProperty(name, value);
    }

    private bool Refuse(string reason)
    {
        Fault = $"{reason} (at byte {_at + 1:D})";
        return false;
    }
}
