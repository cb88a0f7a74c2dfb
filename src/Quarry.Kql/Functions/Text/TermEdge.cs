using System.Buffers;
using System.Text;

namespace Quarry.Kql.Functions.Text;

/// <summary>Where terms end: a term is a run of letters and digits of Unicode that is as long as possible.</summary>
internal static class TermEdge
{
    /// <summary>Whether a character belongs to a term.</summary>
    public static bool IsTerm(Rune rune) => rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) : Rune.IsLetterOrDigit(rune);

    /// <summary>Whether the last character of a text belongs to a term; not if it is empty.</summary>
    public static bool EndsInTerm(ReadOnlySpan<byte> utf8) =>
        utf8.Length > 0 && (utf8[^1] < 0x80 ? char.IsAsciiLetterOrDigit((char)utf8[^1])
            : Rune.DecodeLastFromUtf8(utf8, out Rune rune, out _) == OperationStatus.Done && Rune.IsLetterOrDigit(rune));

    /// <summary>Whether the first character of a text belongs to a term; not if it is empty.</summary>
    public static bool StartsInTerm(ReadOnlySpan<byte> utf8) =>
        utf8.Length > 0 && (utf8[0] < 0x80 ? char.IsAsciiLetterOrDigit((char)utf8[0])
            : Rune.DecodeFromUtf8(utf8, out Rune rune, out _) == OperationStatus.Done && Rune.IsLetterOrDigit(rune));

    /// <summary>Whether the last character of a text belongs to a term; not if it is empty.</summary>
    public static bool EndsInTerm(ReadOnlySpan<char> text) =>
        text.Length > 0 && Rune.DecodeLastFromUtf16(text, out Rune rune, out _) == OperationStatus.Done && IsTerm(rune);

    /// <summary>Whether the first character of a text belongs to a term; not if it is empty.</summary>
    public static bool StartsInTerm(ReadOnlySpan<char> text) =>
        text.Length > 0 && Rune.DecodeFromUtf16(text, out Rune rune, out _) == OperationStatus.Done && IsTerm(rune);
}
