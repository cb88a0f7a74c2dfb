using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>Counts and the intruder's processes, for the page and for who tests a reader of audit logs.</summary>
internal static class AuditFacts
{
    private const int IntruderServer = 30190;
    private const int Shown = 96;

    /// <summary>The facts by name.</summary>
    /// <param name="log">The log as written.</param>
    /// <param name="pairs">How many pairs of events are written in turn.</param>
    /// <param name="runs">Every program that a process ran, in order of time.</param>
    public static IReadOnlyDictionary<string, string> Count(
        string log, int pairs, IEnumerable<AuditProcess> runs)
    {
        string[] lines = log.Split('\n');
        string[] stamps = [.. lines.Select(Stamp).Distinct()];
        string[] execve = [.. lines.Where(line => Type(line) == "EXECVE")];
        return new Dictionary<string, string>
        {
            ["records"] = Number(lines.Length),
            ["events"] = Number(stamps.Length),
            ["serials"] = Number(stamps.Select(stamp => stamp.Split(':')[1]).Distinct().Count()),
            ["syscalls"] = Number(lines.Count(line => Type(line) == "SYSCALL")),
            ["execve"] = Number(execve.Select(Stamp).Distinct().Count()),
            ["arguments"] = Number(execve.Length),
            ["pairs"] = Number(pairs),
            ["tree"] = Tree([.. runs]),
            ["types"] = string.Join(", ", lines.GroupBy(Type).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {Number(g.Count())}")),
        };
    }

    private static string Type(string line) => line[5..line.IndexOf(' ', StringComparison.Ordinal)];

    private static string Stamp(string line) => line[(line.IndexOf('(', StringComparison.Ordinal) + 1)..line.IndexOf(')', StringComparison.Ordinal)];

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Tree(AuditProcess[] runs)
    {
        ILookup<int, AuditProcess> children = runs
            .Where(run => run.Identity.LoginId == LinuxAccounts.Id("deploy"))
            .ToLookup(run => run.Parent!.Id);
        var text = new StringBuilder();
        Append(text, runs.Single(run => run.Id == IntruderServer), children, 0);
        return text.ToString().TrimEnd();
    }

    // A process that runs a second program has a line for each; its children follow the last.
    private static void Append(StringBuilder text, AuditProcess process, ILookup<int, AuditProcess> children, int depth)
    {
        string command = string.Join(' ', process.Arguments);
        command = command.Length > Shown ? command[..Shown] + "…" : command;
        text.Append(CultureInfo.InvariantCulture, $"{new string(' ', 2 * depth)}{process.Id} {command}\n");
        foreach (IGrouping<int, AuditProcess> child in children[process.Id].GroupBy(run => run.Id))
        {
            foreach (AuditProcess earlier in child.SkipLast(1))
            {
                text.Append(CultureInfo.InvariantCulture, $"{new string(' ', 2 * (depth + 1))}{earlier.Id} {earlier.Path}, which the same process leaves for\n");
            }

            Append(text, child.Last(), children, depth + 1);
        }
    }
}
