using System.Text.RegularExpressions;

namespace Quarry.Web.Kusto;

/// <summary>The words of a management command; names in brackets and texts in quotes are one word each, without them.</summary>
internal static partial class CommandWords
{
    /// <summary>The words, what stands behind a bar (which shapes the answer) left out.</summary>
    public static IReadOnlyList<string> Of(string command) =>
        [.. Word().Matches(command.Trim().TrimEnd(';')).Select(match => match.Groups["text"].Success ? Unescaped(match.Groups["text"].Value) : match.Value).TakeWhile(word => word != "|")];

    private static string Unescaped(string text) => Escape().Replace(text, "$1");

    [GeneratedRegex("""\[?(?:"(?<text>(?:\\.|[^\\"])*)"|'(?<text>(?:\\.|[^\\'])*)')\]?|[^\s,()|"']+|\|""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Word();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
