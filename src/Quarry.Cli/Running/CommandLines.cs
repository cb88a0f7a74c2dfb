using System.CommandLine;

namespace Quarry.Cli.Running;

/// <summary>Command lines as one would type them.</summary>
internal static class CommandLines
{
    /// <summary>The line that was parsed, with the command's name.</summary>
    public static string Of(ParseResult parsed) => Of(parsed.Tokens.Select(t => t.Value));

    /// <summary>The line of the command with some arguments.</summary>
    public static string Of(IEnumerable<string> arguments) => $"quarry {string.Join(' ', arguments.Select(Quote))}";

    private static string Quote(string argument) =>
        argument.Length == 0 || argument.Any(c => char.IsWhiteSpace(c) || "[]()*?'\"$&|;<>`\\".Contains(c))
            ? $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'"
            : argument;
}
