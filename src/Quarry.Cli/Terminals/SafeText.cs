using Quarry.Tables;

namespace Quarry.Cli.Terminals;

/// <summary>Makes hostile text fit to be shown: control and bidirectional characters become visible escapes.</summary>
internal static class SafeText
{
    /// <summary>See <see cref="VisibleText.Escape"/>.</summary>
    public static string Escape(string text, bool keepLines = false) => VisibleText.Escape(text, keepLines);
}
