using System.Text.Json;
using System.Text.RegularExpressions;

namespace Quarry.Logs.Commands;

/// <summary>A rule for risky commands: a regular expression, matched in time that is linear in the command.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Pattern">The regular expression; without look-around and back-references.</param>
/// <param name="Technique">The technique of MITRE ATT&amp;CK, for example <c>T1059.004</c>; null for none.</param>
public sealed record RiskyRule(string Name, string Pattern, string? Technique = null)
{
    private Regex? _compiled;

    /// <summary>The pattern, compiled.</summary>
    /// <exception cref="QuarryException">It is no regular expression, or not one that can be matched in linear time.</exception>
    internal Regex Regex => _compiled ??= Compile();

    /// <summary>A rule from its definition, <c>NAME=PATTERN</c> or <c>NAME:TECHNIQUE=PATTERN</c>.</summary>
    /// <exception cref="QuarryException">It is not of that form, or the pattern is not usable.</exception>
    public static RiskyRule Parse(string definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        int equals = definition.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == definition.Length - 1)
        {
            throw new QuarryException($"'{definition}' is no rule: give NAME=PATTERN, for example shadow=/etc/shadow, or NAME:TECHNIQUE=PATTERN.");
        }

        string[] name = definition[..equals].Split(':', 2);
        var rule = new RiskyRule(name[0], definition[(equals + 1)..], name.Length > 1 ? name[1] : null);
        _ = rule.Regex;
        return rule;
    }

    /// <summary>
    /// The rules of one log type in MSTICPy's form, <c>{"Syslog": ["regex", …]}</c>. As there, each has to match from the
    /// command's first character on.
    /// </summary>
    /// <param name="json">The content of the file.</param>
    /// <param name="logType">The log type; null where the file has only one.</param>
    /// <exception cref="QuarryException">The text is not of that form, has no such log type, or a pattern is not usable.</exception>
    public static IReadOnlyList<RiskyRule> FromJson(string json, string? logType = null)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonProperty[] types = [.. document.RootElement.EnumerateObject()];
            JsonProperty? chosen = logType is null && types.Length == 1 ? types[0] : types.Where(t => t.Name == logType).Select(t => (JsonProperty?)t).FirstOrDefault();
            if (chosen is not { } found)
            {
                string which = logType is null ? "The rules are of several log types; say whose." : $"The rules have no log type '{logType}'.";
                throw new QuarryException($"{which} They are for: {string.Join(", ", types.Select(t => t.Name))}.");
            }

            RiskyRule[] rules = [.. found.Value.EnumerateArray().Select((rule, i) => new RiskyRule($"{found.Name} {i + 1}", $@"\A(?:{rule.GetString()})"))];
            foreach (RiskyRule rule in rules)
            {
                _ = rule.Regex;
            }

            return rules;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new QuarryException("The rules are not JSON of the form {\"log type\": [\"regular expression\", …]}.", e);
        }
    }

    private Regex Compile()
    {
        try
        {
            return new Regex(Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new QuarryException(
                $"The pattern of rule '{Name}' cannot be used: {e.Message} Look-around, back-references and atomic groups are not allowed, because they take no bounded time.", e);
        }
    }
}
