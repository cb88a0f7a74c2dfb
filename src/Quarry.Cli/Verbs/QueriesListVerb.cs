using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Queries;
using Quarry.Tables;

namespace Quarry.Cli.Verbs;

/// <summary>Lists the queries of the library: all, or those that words lead to.</summary>
/// <param name="isSearch">Whether words are looked for.</param>
internal sealed class QueriesListVerb(bool isSearch)
{
    private readonly CommonOptions _common = new();
    private readonly Argument<string[]> _words = new("TEXT") { Description = "Words; each stands in a query's name, family, description, parameters or text.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _environment = new("--environment")
    {
        Description = "Only queries for this: MSSentinel, MDE, M365D, Kusto.",
        HelpName = "NAME",
    };

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        var source = new SourceOptions();
        var library = new QueryLibraryOption(_common, source);
        var command = isSearch
            ? new Command("search", "Finds queries by words, the best first.") { _words }
            : new Command("list", "Lists all queries.");
        command.Add(_environment);
        library.AddTo(command);
        source.AddConfigurationTo(command);
        _common.AddOutputTo(command);
        HelpWithExamples.AddTo(command, isSearch
            ? [new AnalysisExample("quarry queries search inbox rule", "which queries deal with it"), new AnalysisExample("quarry queries search DeviceLogonEvents", "those that read a table")]
            : [new AnalysisExample("quarry queries list", "all of them"), new AnalysisExample("quarry queries list --query-path hunts -o queries.md", "also your own, as a page")]);
        Guarded.SetAction(command, terminals, _common.NoColor, (parsed, terminal, _) => Run(parsed, terminal, library));
        return command;
    }

    private int Run(ParseResult parsed, Terminal terminal, QueryLibraryOption option)
    {
        if (isSearch)
        {
            UnknownOption.Refuse(parsed, _words);
        }

        QueryLibrary library = option.Load(parsed, terminal);
        IEnumerable<QueryDefinition> found = isSearch ? library.Search(string.Join(' ', parsed.GetValue(_words) ?? [])) : library.Definitions;
        if (parsed.GetValue(_environment) is { } environment)
        {
            found = found.Where(one => one.Environments.Contains(environment, StringComparer.OrdinalIgnoreCase));
        }

        Table table = QueriesVerb.ToTable(found);
        var view = new ResultView("Queries") { Command = CommandLines.Of(parsed), Explanation = QueriesVerb.Summary, Headline = ["Query", "Description", "Needs"] };
        using ResultOutput rows = ResultOutput.Open(OutputRequest.Of(parsed, _common, terminal), terminal, table.Schema, view);
        rows.Write(table);
        rows.Complete();
        if (table.RowCount == 0 && !parsed.GetValue(_common.Quiet))
        {
            terminal.Error.WriteLine("quarry: no query deals with that; quarry queries list shows all");
        }

        return ExitCode.Done;
    }
}
