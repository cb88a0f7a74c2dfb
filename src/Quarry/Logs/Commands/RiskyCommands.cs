using System.Text.RegularExpressions;
using Quarry.Decoding;

namespace Quarry.Logs.Commands;

/// <summary>Tests commands by rules, and what is encoded in them.</summary>
public static class RiskyCommands
{
    private const int LongestEvidence = 200;

    // A command has few layers. Sixteen characters are twelve bytes, the shortest command worth hiding.
    private static readonly DecodeOptions Decoding = new()
    {
        MinimumRun = 16,
        MaxDepth = 8,
        MaxLayers = 64,
        MaxExpandedBytes = 4 << 20,
        TimeLimit = TimeSpan.FromSeconds(2),
    };

    /// <summary>
    /// The commands that rules hold to be risky, in the order of the commands and, within one, of the rules. Each rule is
    /// reported once a command: for the command itself, or else for the first decoded layer in which it matches.
    /// </summary>
    /// <param name="commands">The commands.</param>
    /// <param name="rules">The rules; null for those built in.</param>
    /// <exception cref="QuarryException">A rule's pattern is not usable.</exception>
    public static IEnumerable<RiskyCommand> FindRisky(this IEnumerable<LoggedCommand> commands, IReadOnlyList<RiskyRule>? rules = null)
    {
        ArgumentNullException.ThrowIfNull(commands);
        IReadOnlyList<RiskyRule> all = rules ?? RiskyRules.BuiltIn;
        foreach (LoggedCommand command in commands)
        {
            (string? Layer, string Text)[] texts = [(null, command.Command), .. Layers(command.Command)];
            foreach (RiskyRule rule in all)
            {
                foreach ((string? layer, string text) in texts)
                {
                    if (rule.Regex.Match(text) is { Success: true } match)
                    {
                        yield return new RiskyCommand(command, rule, layer, Evidence(match));
                        break;
                    }
                }
            }
        }
    }

    private static IEnumerable<(string? Layer, string Text)> Layers(string command) =>
        Base64Unpacker.Unpack(command, Decoding).Layers
            .Where(layer => layer.DecodedString is not null)
            .Select(layer => ((string?)layer.Reference, layer.DecodedString!));

    private static string Evidence(Match match) =>
        match.Length <= LongestEvidence ? match.Value : string.Concat(match.ValueSpan[..LongestEvidence], "…");
}
