using System.Text;

namespace Quarry.Generators;

/// <summary>The spellings of a PascalCase name in the command, in KQL and in agent tools.</summary>
internal static class Spelling
{
    // Words of the field whose capitals do not follow the language's rule.
    private static readonly string[] Words = ["IPv4", "IPv6", "IoCs", "IoC"];

    /// <summary>MaxDepth is <c>max-depth</c>.</summary>
    public static string Kebab(string name) => Join(name, '-');

    /// <summary>MaxDepth is <c>max_depth</c>.</summary>
    public static string Snake(string name) => Join(name, '_');

    // A word starts at a capital after a small letter or digit (Md5|Hash), and at the last of several capitals before
    // a small letter (URL|Length).
    private static string Join(string name, char separator)
    {
        foreach (string word in Words)
        {
            name = name.Replace(word, word.Substring(0, 1) + word.Substring(1).ToLowerInvariant());
        }

        var joined = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            bool starts = i > 0
                && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (starts)
            {
                joined.Append(separator);
            }

            joined.Append(char.ToLowerInvariant(name[i]));
        }

        return joined.ToString();
    }
}
