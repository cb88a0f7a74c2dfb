using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>
/// Passes over JSON sixteen bytes at a time. Most strings are shorter than that, so that a call of a search for each would
/// cost more than the search.
/// </summary>
internal static class JsonScanning
{
    private const int Width = 16;

    /// <summary>Where the next quote, backslash or control character is; the length if there is none.</summary>
    public static int Special(ReadOnlySpan<byte> text, int at)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        for (; at <= text.Length - Width; at += Width)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            uint found = (Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)0x20))).ExtractMostSignificantBits();
            if (found != 0)
            {
                return at + BitOperations.TrailingZeroCount(found);
            }
        }

        while (at < text.Length && text[at] is >= 0x20 and not ((byte)'"' or (byte)'\\'))
        {
            at++;
        }

        return Math.Min(at, text.Length);
    }

    /// <summary>Where the array or object ends that begins here; -1 if it does not. One kind of bracket closes the other.</summary>
    public static int EndOfContainer(ReadOnlySpan<byte> text, int at)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        int depth = 0;
        bool isInString = false;
        while (at <= text.Length - Width)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            Vector128<byte> quotes = Vector128.Equals(bytes, Vector128.Create((byte)'"'));
            Vector128<byte> backslashes = Vector128.Equals(bytes, Vector128.Create((byte)'\\'));

            // Square brackets and braces differ in one bit.
            Vector128<byte> braces = bytes | Vector128.Create((byte)0x20);
            Vector128<byte> brackets = Vector128.Equals(braces, Vector128.Create((byte)'{')) | Vector128.Equals(braces, Vector128.Create((byte)'}'));
            uint inside = (quotes | backslashes).ExtractMostSignificantBits(), outside = (quotes | brackets).ExtractMostSignificantBits();
            int place = 0;
            while (place < Width && ((isInString ? inside : outside) >> place) is > 0 and var found)
            {
                place += BitOperations.TrailingZeroCount(found);
                place += Step(text[at + place], ref isInString, ref depth);
                if (depth == 0)
                {
                    return at + place;
                }
            }

            at += Math.Max(place, Width);
        }

        while (at < text.Length)
        {
            at += Step(text[at], ref isInString, ref depth);
            if (depth == 0)
            {
                return at <= text.Length ? at : -1;
            }
        }

        return -1;
    }

    // Takes a character; gives how many it is worth, 2 for an escape.
    private static int Step(byte character, ref bool isInString, ref int depth)
    {
        if (character == (byte)'"')
        {
            isInString = !isInString;
        }
        else if (isInString)
        {
            return character == (byte)'\\' ? 2 : 1;
        }
        else
        {
            depth += character switch
            {
                (byte)'[' or (byte)'{' => 1,
                (byte)']' or (byte)'}' => -1,
                _ => 0,
            };
        }

        return 1;
    }
}
