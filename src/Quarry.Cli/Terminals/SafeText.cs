using System.Globalization;
using System.Text;
using Quarry.Data.Files.Writers;

namespace Quarry.Cli.Terminals;

/// <summary>Makes hostile text fit to be shown: control and bidirectional characters become visible escapes.</summary>
internal static class SafeText
{
    /// <summary>
    /// The text with every unsafe character written as <c>\n</c>, <c>\t</c>, <c>\x1b</c> or <c>\u202e</c>. Line breaks and
    /// tabs are kept where <paramref name="keepLines"/> says so.
    /// </summary>
    public static string Escape(string text, bool keepLines = false)
    {
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
            if (!IsUnsafe(c, keepLines))
            {
                safe.Append(c);
                continue;
            }

            _ = c switch
            {
                '\n' => safe.Append("\\n"),
                '\r' => safe.Append("\\r"),
                '\t' => safe.Append("\\t"),
                < '\u0100' => safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        return safe.ToString();
    }

    private static bool IsUnsafe(char c, bool keepLines) =>
        TextEscapes.IsUnsafe(c) && !(keepLines && (c is '\n' or '\t'));
}
