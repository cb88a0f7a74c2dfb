using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Cli.Verbs;

namespace Quarry.Cli;

/// <summary>The whole command: its verbs, and what happens when it is called.</summary>
internal static class QuarryCommand
{
    private static readonly AnalysisExample[] Examples =
    [
        new("quarry demo", "the whole tour on sample data"),
        new("quarry decode events.csv --column CommandLine", "what is hidden in the command lines"),
        new("quarry iocs logs/*.jsonl.gz --decode -o indicators.csv", "indicators, also those inside encoded content"),
        new("quarry tree events.csv --root WINWORD.EXE", "who started whom, below a process"),
        new("quarry anomalies traffic.csv -o traffic.html", "odd hours, as a page with a chart"),
        new("quarry query 'Events | summarize count() by Account' -t Events=events.csv", "KQL over files"),
        new("quarry search base64", "which feature does what"),
    ];

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">What stands behind the command's name.</param>
    /// <param name="terminals">Makes the terminal; its argument says whether colours were refused.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Func<bool, Terminal> terminals)
    {
        RootCommand root = Create(arguments, terminals);

        // @file is no response file here: text of a log may well begin with an at sign.
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        Terminal terminal = terminals(true);
        using var output = new StreamWriter(terminal.Output, leaveOpen: true) { AutoFlush = true };
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (arguments.Length == 0)
        {
            // Help that nobody asked for is no data.
            configuration.Output = terminal.Error;
            root.Parse(["--help"]).Invoke(configuration);
            return ExitCode.UsedWrongly;
        }

        if (parsed.Action is ParseErrorAction)
        {
            foreach (string error in Errors(root, parsed))
            {
                terminal.Error.WriteLine($"quarry: {SafeText.Escape(error)}");
            }

            terminal.Error.WriteLine($"Try: {CommandLines.PathOf(parsed)} --help");
            return ExitCode.UsedWrongly;
        }

        return Guarded.Run(terminal, () => parsed.Invoke(configuration));
    }

    private static IEnumerable<string> Errors(RootCommand root, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count == 0 || parsed.UnmatchedTokens.Count == 0)
        {
            return parsed.Errors.Select(e => e.Message);
        }

        // One wrong verb makes an error of every word behind it.
        string word = parsed.UnmatchedTokens[0];
        string[] verbs = [.. command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)];
        string hint = NearestName.Of(word, verbs) is { } near ? $" Did you mean {near}?" : "";
        string of = command == root ? "" : $" of {CommandLines.PathOf(parsed)}";
        return [$"There is no verb '{word}'{of}.{hint} Verbs: {string.Join(", ", verbs)}."];
    }

    private static RootCommand Create(string[] arguments, Func<bool, Terminal> terminals)
    {
        // Of the verbs made from the catalogue only the one that is called: making them all is a tenth of a short run.
        string? called = Analyses.All.Select(a => a.Name).FirstOrDefault(arguments.Take(1).Contains);
        var root = new RootCommand("Threat hunting over log files: decodes what is encoded, pulls out indicators, finds odd hours and rare rows, rebuilds process trees, reads raw logs, runs KQL.")
        {
            CompletionVerb.Create(terminals),
            new SearchVerb().Create(terminals),
            DemoVerb.Create(terminals),
        };
        if (called is null)
        {
            root.Add(new QueryVerb().Create(terminals));
            root.Add(new TablesVerb().Create(terminals));
            root.Add(new ServeVerb().Create(terminals));
            root.Add(ConfigVerb.Create(terminals));
            root.Add(QueriesVerb.Create(terminals));
        }

        foreach (Analysis analysis in Analyses.All.Where(a => called is null || a.Name == called))
        {
            AnalysisVerb verb = analysis.Name switch
            {
                DecodeVerb.Name => new DecodeVerb(analysis),
                RiskyVerb.Name => new RiskyVerb(analysis),
                _ => new AnalysisVerb(analysis),
            };
            root.Add(verb.Create(terminals));
        }

        root.HelpName = "quarry";
        foreach (HelpOption help in root.Options.OfType<HelpOption>().ToArray())
        {
            root.Options.Remove(help);
        }

        HelpWithExamples.AddTo(root, Examples, "Each verb has its own help: quarry VERB --help.");
        return root;
    }
}
