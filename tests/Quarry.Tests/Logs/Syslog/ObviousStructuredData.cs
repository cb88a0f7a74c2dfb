using System.Text.Json;
using System.Text.RegularExpressions;

namespace Quarry.Tests.Logs.Syslog;

/// <summary>Structured data read the obvious, slow way.</summary>
internal static class ObviousStructuredData
{
    private const string Parameter = """ +(?<name>[^ =\]"]+)="(?<value>(?:[^"\\]|\\["\\\]]|\\(?!["\\\]]))*)" """;
    private static readonly Regex Element = new($$"""\[(?<id>[^ =\]"]+)(?:{{Parameter.TrimEnd()}})* *\]""");

    /// <summary>The length of the elements at the beginning; 0 where what begins with a bracket is no element.</summary>
    public static int Measure(string text)
    {
        int at = 0;
        while (at < text.Length && text[at] == '[')
        {
            Match match = Element.Match(text, at);
            if (!match.Success || match.Index != at)
            {
                return 0;
            }

            at += match.Length;
        }

        return at;
    }

    /// <summary>Every value with its id and name.</summary>
    public static IEnumerable<string> Read(string text)
    {
        foreach (Match element in Element.Matches(text))
        {
            for (int i = 0; i < element.Groups["name"].Captures.Count; i++)
            {
                yield return $"{element.Groups["id"].Value} {element.Groups["name"].Captures[i].Value} {Regex.Replace(element.Groups["value"].Captures[i].Value, """\\(["\\\]])""", "$1")}";
            }
        }
    }

    /// <summary>Every value of the object that the library writes.</summary>
    public static IEnumerable<string> Flatten(JsonElement root) =>
        from element in root.EnumerateObject()
        from parameter in element.Value.EnumerateObject()
        from value in parameter.Value.ValueKind == JsonValueKind.Array ? parameter.Value.EnumerateArray().ToArray() : [parameter.Value]
        select $"{element.Name} {parameter.Name} {value.GetString()}";
}
