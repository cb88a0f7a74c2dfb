using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Tables;

namespace Quarry.Cli.Verbs;

/// <summary>Finds a feature by word.</summary>
internal sealed class SearchVerb
{
    private static readonly AnalysisExample[] Examples =
    [
        new("quarry search base64", "what deals with base64"),
        new("quarry search defang", "which option defangs"),
        new("quarry search", "everything there is"),
    ];

    // Verbs that are no analyses.
    private static readonly (string Verb, string Summary, string[] Keywords, string Example)[] Others =
    [
        (QueryVerb.Name, QueryVerb.Summary, QueryVerb.Keywords, QueryVerb.Examples[0].Command),
        (TablesVerb.Name, TablesVerb.Summary, TablesVerb.Keywords, TablesVerb.Examples[0].Command),
        (ServeVerb.Name, ServeVerb.Summary, ServeVerb.Keywords, ServeVerb.Examples[0].Command),
        (ConfigVerb.Name, ConfigVerb.Summary, ConfigVerb.Keywords, ConfigVerb.Examples[0].Command),
        (QueriesVerb.Name, QueriesVerb.Summary, QueriesVerb.Keywords, QueriesVerb.Examples[0].Command),
    ];

    private readonly CommonOptions _common = new();
    private readonly Argument<string[]> _words = new("WORD")
    {
        Description = "Words to look for; none lists everything.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command("search", "Finds a feature by word: verbs, their options, and the columns they give.") { _words };
        _common.AddOutputTo(command);
        HelpWithExamples.AddTo(command, Examples);
        Guarded.SetAction(command, terminals, _common.NoColor, Run);
        return command;
    }

    private int Run(ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        UnknownOption.Refuse(parsed, _words);
        Table found = Find(string.Join(' ', parsed.GetValue(_words) ?? []));
        using ResultOutput output = ResultOutput.Open(OutputRequest.Of(parsed, _common, terminal), terminal, found.Schema, View(parsed));
        output.Write(found);
        output.Complete();
        if (found.RowCount == 0 && !parsed.GetValue(_common.Quiet))
        {
            terminal.Error.WriteLine("quarry: nothing deals with that; quarry search alone lists everything");
        }

        return ExitCode.Done;
    }

    private static ResultView View(ParseResult parsed) => new("What Quarry can do")
    {
        Command = CommandLines.Of(parsed),
        Explanation = "Verbs, with the words that led to them.",
    };

    private static Table Find(string words)
    {
        var builder = new TableBuilder(
            ("verb", ColumnType.String), ("summary", ColumnType.String), ("found_in", ColumnType.String), ("example", ColumnType.String));
        if (string.IsNullOrWhiteSpace(words))
        {
            foreach (Analysis analysis in Analyses.All)
            {
                builder.AddRow(analysis.Name, analysis.Summary, "", Example(analysis));
            }

            foreach ((string verb, string summary, _, string example) in Others)
            {
                builder.AddRow(verb, summary, "", example);
            }

            return builder.Build();
        }

        foreach (SearchHit hit in Analyses.Search(words))
        {
            builder.AddRow(hit.Analysis.Name, hit.Analysis.Summary, string.Join(", ", hit.Reasons), Example(hit.Analysis));
        }

        foreach ((string verb, string summary, string[] keywords, string example) in Others)
        {
            string[] reasons = [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => keywords.Contains(word, StringComparer.OrdinalIgnoreCase))];
            if (reasons.Length > 0)
            {
                builder.AddRow(verb, summary, string.Join(", ", reasons.Select(word => word.ToLowerInvariant())), example);
            }
        }

        return builder.Build();
    }

    private static string Example(Analysis analysis) => analysis.Examples.Count > 0 ? analysis.Examples[0].Command : "";
}
