using System.CommandLine;
using System.CommandLine.Parsing;

namespace Quarry.Cli.Running;

/// <summary>Options that do not exist. The parser takes them for values of an argument that accepts any text.</summary>
internal static class UnknownOption
{
    /// <summary>Refuses what looks like an option and was taken for a value; behind <c>--</c> everything is a value.</summary>
    /// <exception cref="UsageException">There is one; the message names the nearest that exists.</exception>
    public static void Refuse(ParseResult parsed, Argument argument)
    {
        var values = new HashSet<Token>(parsed.GetResult(argument)?.Tokens ?? [], ReferenceEqualityComparer.Instance);
        foreach (Token token in parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).Where(values.Contains))
        {
            if (token.Value.Length < 2 || token.Value[0] != '-')
            {
                continue;
            }

            IEnumerable<string> names = parsed.CommandResult.Command.Options.SelectMany(o => o.Aliases.Prepend(o.Name));
            string hint = NearestName.Of(token.Value.Split('=')[0], names) is { } near ? $" Did you mean {near}?" : "";
            throw new UsageException(
                $"There is no option '{token.Value}'.{hint} See {CommandLines.PathOf(parsed)} --help; for a file of that name write ./{token.Value}.");
        }
    }
}
