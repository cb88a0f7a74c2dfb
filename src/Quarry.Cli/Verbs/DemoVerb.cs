using System.CommandLine;
using System.Reflection;
using System.Text;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Files;
using Quarry.Data.Files.Writers;
using Quarry.Reports;

namespace Quarry.Cli.Verbs;

/// <summary>The whole tour: every analysis there is, on sample data that the command carries with it.</summary>
internal static class DemoVerb
{
    private const string Samples = "samples/";

    private const string DefaultPage = "quarry-demo.html";

    private const string Introduction =
        "A small company, an invoice that was opened, and what its logs say of it. Every section is one command on the samples of "
        + "Quarry's repository; all of it is made up.";

    /// <summary>The command.</summary>
    public static Command Create(Func<bool, Terminal> terminals)
    {
        var noColor = new Option<bool>("--no-color") { Description = "No colours on the terminal." };
        var html = new Option<string?>("--html")
        {
            Description = $"Write the tour as one page with tables and charts, readable without a network. Default: {DefaultPage}.",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("demo", "Shows every analysis at work on sample data.") { html, noColor };
        HelpWithExamples.AddTo(
            command,
            [
                new AnalysisExample("quarry demo", "the whole tour, in a few seconds"),
                new AnalysisExample("quarry demo --html tour.html", "the same as a page for the browser"),
            ]);
        Guarded.SetAction(command, terminals, noColor, (parsed, terminal, interruption) =>
        {
            var tour = new Tour(terminals, parsed.GetValue(noColor), interruption.Token);
            return parsed.GetResult(html) is { Implicit: false } ? tour.WritePage(parsed.GetValue(html) ?? DefaultPage, terminal) : tour.Print(terminal);
        });
        return command;
    }

    /// <summary>One run of the tour, in a folder where the samples lie.</summary>
    private sealed class Tour(Func<bool, Terminal> terminals, bool noColor, CancellationToken cancellation)
    {
        public int Print(Terminal terminal)
        {
            int code = Run(
                DemoStep.All,
                (step, command) =>
                {
                    Say(terminal, $"\n{step.Title}\n{step.Explanation}\n\n$ {command}\n");
                    return terminals;
                },
                step => step.TerminalFormat);
            if (code == ExitCode.Done)
            {
                Say(terminal, "\nThe samples are described in samples/README.md. Next: quarry --help, quarry search WORD.\n");
            }

            return code;
        }

        public int WritePage(string path, Terminal terminal)
        {
            var sections = new List<ReportSection>();
            using OutputFile file = OutputFile.Create(path);
            int code = Run(
                DemoStep.All.Select(step => step.ForPage),
                (step, command) =>
                {
                    ReportSection Titled(ReportSection section) => section with { Title = step.Title, Explanation = step.Explanation, Command = command };
                    return refused => step.IsText
                        ? terminals(refused) with { Output = new TextSection(text => sections.Add(Titled(new ReportSection(step.Title) { Text = text }))) }
                        : terminals(refused) with { Report = section => sections.Add(Titled(section)) };
                },
                step => step.IsText ? [] : ["--quiet"]);
            if (code != ExitCode.Done)
            {
                return code;
            }

            HtmlReport.Write(new Report("Quarry: the tour", sections) { Introduction = Introduction }, file.Stream);
            file.Commit();
            terminal.Error.WriteLine($"quarry: wrote {SafeText.Escape(path)}");
            return ExitCode.Done;
        }

        private int Run(IEnumerable<DemoStep> steps, Func<DemoStep, string, Func<bool, Terminal>> terminalOf, Func<DemoStep, string[]> added)
        {
            string directory = Directory.CreateTempSubdirectory("quarry-demo-").FullName;
            try
            {
                Unpack(directory);
                foreach (DemoStep step in steps)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Func<bool, Terminal> terminal = terminalOf(step, CommandLines.Of(step.Arguments));
                    string[] arguments = [.. step.Arguments.Select(a => Locate(a, directory)), .. added(step)];
                    int code = QuarryCommand.Run(noColor ? [.. arguments, "--no-color"] : arguments, terminal);
                    if (code != ExitCode.Done)
                    {
                        return code;
                    }
                }

                return ExitCode.Done;
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    /// <summary>Takes what is written as the text of a section when it is closed.</summary>
    private sealed class TextSection(Action<string> take) : MemoryStream
    {
        public override void Flush()
        {
            if (Length > 0)
            {
                take(Encoding.UTF8.GetString(GetBuffer(), 0, (int)Length));
                SetLength(0);
            }
        }
    }

    private static string Locate(string argument, string directory)
    {
        if (argument == DemoStep.PhishedCommand)
        {
            using TableInput events = TableInput.Open([Path.Combine(directory, DemoStep.ProcessEvents)], new InputOptions { Columns = ["CommandLine"] });
            return events.Stream.Gather().Text("CommandLine").GetString(DemoStep.PhishedRow)!;
        }

        return argument.StartsWith(Samples, StringComparison.Ordinal) ? Path.Combine(directory, argument[Samples.Length..])
            : argument.Replace($"={Samples}", $"={directory}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
    }

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
}
