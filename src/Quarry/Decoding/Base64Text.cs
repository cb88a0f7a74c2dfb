using System.Buffers;
using System.Buffers.Text;

namespace Quarry.Decoding;

/// <summary>Base64 (RFC 4648, both alphabets), decoded as leniently as it is met in logs.</summary>
internal static class Base64Text
{
    [Flags]
    public enum Classes : byte
    {
        None = 0,
        Upper = 1,
        Lower = 2,
        Digit = 4,
        PlusSlash = 8,
        DashUnderscore = 16,
        Break = 32,
        HexDigit = 64,
        LetterBeyondHex = 128,
    }

    private static readonly Classes[] ClassTable = BuildClasses();

    private static readonly SearchValues<byte> RunBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_\r\n"u8);

    private static readonly SearchValues<byte> LineBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"u8);

    /// <summary>What kind of character a byte is; none where it is not of base64 or a line break.</summary>
    public static Classes ClassOf(byte b) => ClassTable[b];

    /// <summary>Whether a byte is of one of the alphabets.</summary>
    public static bool IsDigit(byte b) => (ClassTable[b] & ~Classes.Break) != 0;

    /// <summary>Whether a byte is of the standard alphabet.</summary>
    public static bool IsStandardDigit(byte b) => (ClassTable[b] & (Classes.Upper | Classes.Lower | Classes.Digit | Classes.PlusSlash)) != 0;

    /// <summary>All kinds of characters that occur.</summary>
    public static Classes ClassesIn(ReadOnlySpan<byte> run)
    {
        Classes all = Classes.None;
        foreach (byte b in run)
        {
            all |= ClassTable[b];
        }

        return all;
    }

    /// <summary>Where the run of both alphabets and line breaks that a position is in begins; not before <paramref name="floor"/>.</summary>
    public static int RunStart(ReadOnlySpan<byte> text, int position, int floor) =>
        floor + text[floor..position].LastIndexOfAnyExcept(RunBytes) + 1;

    /// <summary>Where that run ends.</summary>
    public static int RunEnd(ReadOnlySpan<byte> text, int position) => End(text, position, RunBytes);

    /// <summary>Where the run of both alphabets without line breaks ends.</summary>
    public static int LineEnd(ReadOnlySpan<byte> text, int position) => End(text, position, LineBytes);

    /// <summary>How many of the up to two padding characters that can belong to a run stand at a position.</summary>
    public static int PaddingAt(ReadOnlySpan<byte> text, int position)
    {
        int count = 0;
        while (count < 2 && position + count < text.Length && text[position + count] == '=')
        {
            count++;
        }

        return count;
    }

    /// <summary>The number of base64 characters, line breaks and padding left out.</summary>
    public static int CountDigits(ReadOnlySpan<byte> run)
    {
        int count = run.Length;
        if (run.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
        {
            count -= run.Count((byte)'\r') + run.Count((byte)'\n');
        }

        return count;
    }

    /// <summary>How many bytes so many characters make; -1 where no number of bytes makes so many.</summary>
    public static int DecodedLength(int digits) => (digits & 3) == 1 ? -1 : (digits >> 2) * 3 + Math.Max(0, (digits & 3) - 1);

    /// <summary>
    /// Decodes a run without its padding, line breaks skipped, bits that are left over ignored. The target has
    /// to have room for <see cref="DecodedLength"/>; -1 where the run does not decode.
    /// </summary>
    public static int Decode(ReadOnlySpan<byte> run, Span<byte> target)
    {
        int whole = run.Length & ~3;
        if (Base64.DecodeFromUtf8(run[..whole], target, out int used, out int made, isFinalBlock: false) == OperationStatus.Done
            && used == whole)
        {
            int rest = DecodeSlowly(run[whole..], target[made..]);
            return rest < 0 ? -1 : made + rest;
        }

        return DecodeSlowly(run, target);
    }

    private static int DecodeSlowly(ReadOnlySpan<byte> run, Span<byte> target)
    {
        int made = 0, count = 0;
        uint bits = 0;
        foreach (byte b in run)
        {
            int value = Value(b);
            if (value < 0)
            {
                continue;
            }

            bits = (bits << 6) | (uint)value;
            if ((++count & 3) == 0)
            {
                target[made] = (byte)(bits >> 16);
                target[made + 1] = (byte)(bits >> 8);
                target[made + 2] = (byte)bits;
                made += 3;
            }
        }

        switch (count & 3)
        {
            case 1:
                return -1;
            case 2:
                target[made++] = (byte)(bits >> 4);
                break;
            case 3:
                target[made++] = (byte)(bits >> 10);
                target[made++] = (byte)(bits >> 2);
                break;
        }

        return made;
    }

    private static int Value(byte b) => b switch
    {
        >= (byte)'A' and <= (byte)'Z' => b - 'A',
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => b - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };

    private static int End(ReadOnlySpan<byte> text, int position, SearchValues<byte> bytes)
    {
        int length = text[position..].IndexOfAnyExcept(bytes);
        return length < 0 ? text.Length : position + length;
    }

    private static Classes[] BuildClasses()
    {
        var table = new Classes[256];
        for (int b = 0; b < 256; b++)
        {
            char c = (char)b;
            table[b] = (char.IsAsciiLetterUpper(c) ? Classes.Upper : 0)
                | (char.IsAsciiLetterLower(c) ? Classes.Lower : 0)
                | (char.IsAsciiDigit(c) ? Classes.Digit : 0)
                | (char.IsAsciiHexDigit(c) ? Classes.HexDigit : char.IsAsciiLetter(c) ? Classes.LetterBeyondHex : 0)
                | (c is '+' or '/' ? Classes.PlusSlash : 0)
                | (c is '-' or '_' ? Classes.DashUnderscore : 0)
                | (c is '\r' or '\n' ? Classes.Break : 0);
        }

        return table;
    }
}
