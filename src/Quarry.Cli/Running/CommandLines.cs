using System.CommandLine;
using System.CommandLine.Parsing;

namespace Quarry.Cli.Running;

/// <summary>Command lines as one would type them.</summary>
internal static class CommandLines
{
    /// <summary>The line that was parsed, with the command's name.</summary>
    public static string Of(ParseResult parsed) => Of(parsed.Tokens.Select(t => t.Value));

    /// <summary>The line of the command with some arguments.</summary>
    public static string Of(IEnumerable<string> arguments) => $"quarry {string.Join(' ', arguments.Select(Quote))}";

    /// <summary>The verb that was called, with those above it: <c>quarry queries run</c>.</summary>
    public static string PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (CommandResult? one = parsed.CommandResult; one is not null; one = one.Parent as CommandResult)
        {
            names.Push(one.Command is RootCommand ? "quarry" : one.Command.Name);
        }

        return string.Join(' ', names);
    }

    private static string Quote(string argument) =>
        argument.Length == 0 || argument.Any(c => char.IsWhiteSpace(c) || "[]()*?'\"$&|;<>`\\".Contains(c))
            ? $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'"
            : argument;
}
