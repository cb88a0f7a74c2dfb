using System.Text.RegularExpressions;

namespace Quarry.Cli.Tests;

public partial class ReadmeTests
{
    [Fact]
    public void What_the_readme_shows_is_what_the_command_prints()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        Match[] examples = [.. Example().Matches(readme).Cast<Match>()];

        examples.Length.ShouldBeGreaterThanOrEqualTo(5);
        foreach (Match example in examples)
        {
            // The shell's single quotes, as the command line of this test's runner has them.
            string[] arguments = [.. Word().Matches(example.Groups["arguments"].Value).Select(m => m.Value.Trim('\'').Replace("=samples/", $"={Repository.Root}/samples/", StringComparison.Ordinal))];

            CommandRun.Of(arguments).Output.ShouldBe(example.Groups["output"].Value);
        }
    }

    [Fact]
    public void Every_verb_stands_in_the_readme()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        foreach (string verb in CommandRun.Of("[suggest:7]", "quarry ").Lines.Where(l => l.All(char.IsAsciiLetter)))
        {
            readme.ShouldContain($"| `{verb}` |");
        }
    }

    [GeneratedRegex(@"^\$ quarry (?<arguments>(?:.*--text .*|query .* --format csv))\n(?<output>(?:[^$`\n].*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Word();
}
