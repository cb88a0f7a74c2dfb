using System.Text.RegularExpressions;

namespace Quarry.Indicators;

/// <summary>A type of indicator that the user defines by a pattern.</summary>
/// <param name="Name">What stands in <c>IoCType</c>: letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="Pattern">
/// A .NET regular expression; case is ignored. It runs in linear time where it can, else (back references, look-around)
/// for a tenth of a second a cell at most.
/// </param>
/// <param name="Group">The name or number of the group that is the observable, or null for the whole match.</param>
/// <param name="Priority">Decides which type an equal text is reported as: 0 is the strongest.</param>
public sealed record CustomIndicator(string Name, string Pattern, string? Group = null, int Priority = 0)
{
    /// <summary>The time that a pattern which can only run by backtracking may take on a cell.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(0.1);

    /// <summary>Reads <c>NAME=PATTERN</c>, <c>NAME:PRIORITY=PATTERN</c> or <c>NAME:PRIORITY:GROUP=PATTERN</c>.</summary>
    /// <exception cref="QuarryException">The text has none of these forms.</exception>
    public static CustomIndicator Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] parts = equals > 0 ? text[..equals].Split(':') : [];
        int priority = 0;
        if (parts.Length is < 1 or > 3 || (parts.Length > 1 && !int.TryParse(parts[1], out priority)))
        {
            throw new QuarryException(
                $"'{text}' does not define an indicator. Write NAME=PATTERN, NAME:PRIORITY=PATTERN or " +
                @"NAME:PRIORITY:GROUP=PATTERN, for example ticket=\bINC\d{6}\b.");
        }

        return new CustomIndicator(parts[0].Trim(), text[(equals + 1)..], parts.Length > 2 ? parts[2] : null, priority);
    }

    /// <summary>The pattern, ready to run, and the number of its group.</summary>
    internal (Regex Regex, int Group) Compile()
    {
        if (Name.Length is 0 or > 64 || Name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw new QuarryException($"'{Name}' cannot name an indicator: use 1 to 64 letters, digits, '_' or '-'.");
        }

        if (IndicatorTypes.TryParse(Name, out _))
        {
            throw new QuarryException($"'{Name}' is a built-in type: choose another name for the pattern '{Pattern}'.");
        }

        Regex regex = CompilePattern();
        int group = Group switch
        {
            null or "" => 0,
            _ when int.TryParse(Group, out int number) && regex.GetGroupNumbers().Contains(number) => number,
            _ => regex.GroupNumberFromName(Group),
        };
        if (group < 0)
        {
            throw new QuarryException(
                $"The pattern of '{Name}' has no group '{Group}'. It has: {string.Join(", ", regex.GetGroupNames())}.");
        }

        return (regex, group);
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    private Regex CompilePattern()
    {
        const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant;
        try
        {
            return new Regex(Pattern, Options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(Pattern, Options, TimeLimit);
        }
        catch (ArgumentException exception)
        {
            throw new QuarryException(
                $"The pattern of '{Name}' is not a regular expression: {exception.Message} Pattern: '{Pattern}'.", exception);
        }
    }
}
