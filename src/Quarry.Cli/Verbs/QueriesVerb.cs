using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Queries;
using Quarry.Tables;

namespace Quarry.Cli.Verbs;

/// <summary>The library of queries: lists, finds, explains and runs them.</summary>
internal static class QueriesVerb
{
    public const string Name = "queries";

    public const string Summary = "A library of queries for the tables of Sentinel and Defender, and those of your own: list, search, help, run.";

    /// <summary>Words that lead to the verb.</summary>
    public static readonly string[] Keywords =
    [
        "queries", "query", "library", "kql", "hunting", "hunt", "sentinel", "defender", "msticpy", "yaml", "timeseries", "anomalies", "logons", "processes", "network", "office", "azure", "dns",
        "alerts", "syslog", "beacon", "spray",
    ];

    public static readonly AnalysisExample[] Examples =
    [
        new("quarry queries search password spraying", "which queries deal with it"),
        new("quarry queries help WindowsSecurity.list_password_spraying", "what a query takes, and its text"),
        new("quarry queries run WindowsSecurity.list_password_spraying --folder logs --param threshold=5 --param start=-30d", "runs it on the files of a folder"),
        new("quarry queries run MultiDataSource.get_timeseries_anomalies -t SigninLogs=signins.csv -p table=SigninLogs -p start=2026-02-01 -p end=2026-03-01", "the odd hours of a table"),
        new("quarry queries run Network.list_beacons --print", "the KQL alone, to run elsewhere"),
    ];

    /// <summary>The command.</summary>
    public static Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command(Name, Summary)
        {
            new QueriesListVerb(isSearch: false).Create(terminals),
            new QueriesListVerb(isSearch: true).Create(terminals),
            new QueriesHelpVerb().Create(terminals),
            new QueriesRunVerb().Create(terminals),
        };
        HelpWithExamples.AddTo(command, Examples, "Each has its own help: quarry queries run --help.");
        return command;
    }

    /// <summary>Queries as a table, a row each.</summary>
    public static Table ToTable(IEnumerable<QueryDefinition> definitions)
    {
        var builder = new TableBuilder(
            ("Query", ColumnType.String), ("Description", ColumnType.String), ("Needs", ColumnType.String), ("Takes", ColumnType.String), ("Environments", ColumnType.String), ("Source", ColumnType.String));
        foreach (QueryDefinition one in definitions)
        {
            string needs = string.Join(", ", one.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name));
            string takes = string.Join(", ", one.Parameters.Where(parameter => !parameter.IsRequired).Select(parameter => parameter.Name));
            builder.AddRow(one.FullName, one.Description, needs, takes, string.Join(", ", one.Environments), one.IsShipped ? "shipped" : one.Source);
        }

        return builder.Build();
    }
}
