using System.Globalization;
using System.Text;

namespace Quarry.Tables;

/// <summary>Makes hostile text fit to be shown: control and bidirectional characters become visible escapes.</summary>
/// <remarks>Source: Unicode Standard Annex 9 (bidirectional controls); ECMA-48 (control functions).</remarks>
public static class VisibleText
{
    /// <summary>Whether a character is a control (C0, DEL, C1), a bidirectional control, or an unseen line break.</summary>
    public static bool IsUnsafe(int codePoint) => codePoint is < 0x20 or (>= 0x7F and <= 0x9F) or 0x061C
        or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>The text with every unsafe character written as <c>\n</c>, <c>\r</c>, <c>\t</c>, <c>\x1b</c> or <c>\u202e</c>.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\n' => safe.Append("\\n"),
                '\r' => safe.Append("\\r"),
                '\t' => safe.Append("\\t"),
                _ when !IsUnsafe(c) => safe.Append(c),
                < '\u0100' => safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        return safe.ToString();
    }
}
