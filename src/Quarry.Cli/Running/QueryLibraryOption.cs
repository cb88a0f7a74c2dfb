using System.CommandLine;
using Quarry.Cli.Terminals;
using Quarry.Data.Configuration;
using Quarry.Data.Queries;

namespace Quarry.Cli.Running;

/// <summary>What the command line says of the library of queries.</summary>
/// <param name="common">The options of the verb.</param>
/// <param name="source">Names the configuration, whose folders of definitions are read too.</param>
internal sealed class QueryLibraryOption(CommonOptions common, SourceOptions source)
{
    private readonly Option<string[]> _paths = new("--query-path")
    {
        Description = "A file of query definitions of your own, or a folder of them (.yaml, .yml); they go before the shipped ones. Repeat it for several.",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds the option.</summary>
    public void AddTo(Command command) => command.Add(_paths);

    /// <summary>The name of a query, completed from the shipped ones.</summary>
    public static Argument<string> Name()
    {
        var name = new Argument<string>("NAME") { Description = "The query's name, with its family or, where only one has it, without: LinuxSyslog.sudo_activity.", HelpName = "NAME" };
        name.CompletionSources.Add(_ => QueryLibrary.Shipped.Definitions.Select(one => new System.CommandLine.Completions.CompletionItem(one.FullName)));
        return name;
    }

    /// <summary>The library; files that are not right are said on standard error and left out.</summary>
    public QueryLibrary Load(ParseResult parsed, Terminal terminal)
    {
        string[] paths = [.. Configured(parsed, terminal), .. parsed.GetValue(_paths) ?? []];
        if (paths.Length == 0)
        {
            return QueryLibrary.Shipped;
        }

        QueryLibrary library = QueryLibrary.Load(paths);
        foreach (QueryFileProblem problem in library.Problems)
        {
            terminal.Error.WriteLine($"quarry: {SafeText.Escape(problem.ToString())}");
        }

        foreach (string remark in parsed.GetValue(common.Quiet) ? [] : library.Remarks)
        {
            terminal.Error.WriteLine($"quarry: {SafeText.Escape(remark)}");
        }

        return library;
    }

    // The shipped queries need no configuration: one that is not right is said, and the rest is there.
    private IReadOnlyList<string> Configured(ParseResult parsed, Terminal terminal)
    {
        try
        {
            QuarryConfiguration configuration = source.Configuration(parsed);
            return [.. configuration.QueryFolders.Select(folder => folder.Text).OfType<string>().Select(configuration.Environment.FullPath).Where(Path.Exists)];
        }
        catch (ConfigurationException error)
        {
            terminal.Error.WriteLine($"quarry: {SafeText.Escape(error.Message)}");
            return [];
        }
    }
}
