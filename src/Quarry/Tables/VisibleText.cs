using System.Globalization;
using System.Text;

namespace Quarry.Tables;

/// <summary>
/// Makes hostile text fit to be read: characters that are not seen, but change what is, become visible escapes. They are the
/// controls (C0, DEL, C1) and what turns the direction of text or breaks its lines unseen.
/// </summary>
/// <remarks>Source: Unicode Standard Annex 9 (bidirectional controls); ECMA-48 (control functions).</remarks>
public static class VisibleText
{
    /// <summary>Whether a character is a control, a bidirectional control, or an unseen line break.</summary>
    public static bool IsUnsafe(int codePoint) => codePoint is < 0x20 or (>= 0x7F and <= 0x9F) or 0x061C
        or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>What is shown in place of an unsafe character: <c>\n</c>, <c>\t</c>, <c>\x1b</c> or <c>\u202e</c>.</summary>
    public static string EscapeOf(char character) => character switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < '\u0100' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
    };

    /// <summary>
    /// The text with every unsafe character escaped. Line breaks and tabs are kept where <paramref name="keepLines"/> says so.
    /// </summary>
    public static string Escape(string text, bool keepLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        int first = 0;
        while (first < text.Length && !IsUnsafe(text[first], keepLines))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var safe = new StringBuilder(text, 0, first, text.Length + 16);
        foreach (char c in text.AsSpan(first))
        {
            _ = IsUnsafe(c, keepLines) ? safe.Append(EscapeOf(c)) : safe.Append(c);
        }

        return safe.ToString();
    }

    private static bool IsUnsafe(char c, bool keepLines) => IsUnsafe(c) && !(keepLines && (c is '\n' or '\t'));
}
