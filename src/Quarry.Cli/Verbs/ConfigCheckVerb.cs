using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Configuration;
using Quarry.Tables;

namespace Quarry.Cli.Verbs;

/// <summary>Looks for mistakes in the configuration.</summary>
internal sealed class ConfigCheckVerb
{
    private const string Summary = "Tells every mistake in the configuration, with its line and what to do. Nothing is asked over a network.";

    private static readonly AnalysisExample[] Examples =
    [
        new("quarry config check", "the file that would be used"),
        new("quarry config check --config lab.yaml", "another file"),
    ];

    private readonly CommonOptions _common = new();
    private readonly Option<string?> _file = ConfigVerb.File();

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command("check", Summary) { _file };
        _common.AddOutputTo(command);
        HelpWithExamples.AddTo(command, Examples, "Exit code: 0 no errors (there may be warnings and hints), 1 errors, 2 used wrongly.");
        Guarded.SetAction(command, terminals, _common.NoColor, Run);
        return command;
    }

    private int Run(ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        OutputRequest output = OutputRequest.Of(parsed, _common, terminal);
        IReadOnlyList<ConfigurationProblem> problems = QuarryConfiguration.Check(parsed.GetValue(_file));
        Table found = Problems(problems);
        var view = new ResultView("Configuration") { Command = CommandLines.Of(parsed), Explanation = Summary };
        using ResultOutput rows = ResultOutput.Open(output, terminal, found.Schema, view);
        rows.Write(found);
        rows.Complete();
        int errors = problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        if (!parsed.GetValue(_common.Quiet))
        {
            terminal.Error.WriteLine($"quarry: {Say(problems)}");
        }

        return errors > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static string Say(IReadOnlyList<ConfigurationProblem> problems)
    {
        IEnumerable<string> counts = new[] { ProblemSeverity.Error, ProblemSeverity.Warning, ProblemSeverity.Hint }
            .Select(severity => (Name: severity.ToString().ToLowerInvariant(), Count: problems.Count(problem => problem.Severity == severity)))
            .Select(one => $"{one.Count} {one.Name}{(one.Count == 1 ? "" : "s")}");
        return problems.Count == 0 ? "no problems" : string.Join(", ", counts);
    }

    private static Table Problems(IReadOnlyList<ConfigurationProblem> problems)
    {
        var builder = new TableBuilder(
            ("line", ColumnType.Long), ("severity", ColumnType.String), ("setting", ColumnType.String), ("problem", ColumnType.String), ("remedy", ColumnType.String));
        foreach (ConfigurationProblem problem in problems)
        {
            builder.AddRow((long?)problem.Line, problem.Severity.ToString().ToLowerInvariant(), problem.Setting, problem.Message, problem.Remedy);
        }

        return builder.Build();
    }
}
