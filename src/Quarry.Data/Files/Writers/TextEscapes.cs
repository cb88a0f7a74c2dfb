using System.Buffers;
using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>
/// The characters that must not reach a reader's terminal as they are: controls (C0, DEL, C1) and what turns the
/// direction of text or breaks its lines unseen.
/// </summary>
public static class TextEscapes
{
    /// <summary>Bytes that may begin something to escape in a JSON string: quote, backslash, controls, and the first bytes of C1 and bidirectional controls.</summary>
    internal static SearchValues<byte> JsonCandidates { get; } = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(b => (byte)b), (byte)'"', (byte)'\\', 0x7F, 0xC2, 0xD8, 0xE2]);

    /// <summary>Bytes that may begin a control character.</summary>
    internal static SearchValues<byte> ControlCandidates { get; } = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(b => (byte)b), 0x7F, 0xC2, 0xD8, 0xE2]);

    /// <summary>Whether a character is a control, a bidirectional control, or an unseen line break.</summary>
    public static bool IsUnsafe(int codePoint) => VisibleText.IsUnsafe(codePoint);

    /// <summary>
    /// The byte length of the character at a position, and the character if JSON's writer has to escape it, else -1.
    /// </summary>
    internal static int LengthAt(ReadOnlySpan<byte> utf8, int at, out int codePoint)
    {
        byte first = utf8[at];
        if (first < 0x80)
        {
            codePoint = first;
            return 1;
        }

        int length = first == 0xE2 ? 3 : 2;
        codePoint = -1;
        if (at + length > utf8.Length)
        {
            return 1;
        }

        int found = length == 2
            ? ((first & 0x1F) << 6) | (utf8[at + 1] & 0x3F)
            : ((first & 0x0F) << 12) | ((utf8[at + 1] & 0x3F) << 6) | (utf8[at + 2] & 0x3F);
        if (!IsUnsafe(found))
        {
            return 1;
        }

        codePoint = found;
        return length;
    }
}
