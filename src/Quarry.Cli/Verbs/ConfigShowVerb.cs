using System.CommandLine;
using System.Globalization;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Configuration;
using Quarry.Tables;

namespace Quarry.Cli.Verbs;

/// <summary>Shows what is configured; secrets as a mask.</summary>
internal sealed class ConfigShowVerb
{
    private const string Summary = "Shows what is configured and where each value comes from. Secrets are masked, and no key vault is asked.";

    private static readonly AnalysisExample[] Examples =
    [
        new("quarry config show", "what is configured"),
        new("quarry config show --config lab.yaml --format md", "of another file, as Markdown"),
    ];

    private readonly CommonOptions _common = new();
    private readonly Option<string?> _file = ConfigVerb.File();

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command("show", Summary) { _file };
        _common.AddOutputTo(command);
        HelpWithExamples.AddTo(command, Examples);
        Guarded.SetAction(command, terminals, _common.NoColor, Run);
        return command;
    }

    private int Run(ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        OutputRequest output = OutputRequest.Of(parsed, _common, terminal);
        QuarryConfiguration configuration = QuarryConfiguration.Load(parsed.GetValue(_file));
        Table shown = Settings(configuration);
        var view = new ResultView("Configuration") { Command = CommandLines.Of(parsed), Explanation = Summary };
        using ResultOutput rows = ResultOutput.Open(output, terminal, shown.Schema, view);
        rows.Write(shown);
        rows.Complete();
        if (configuration.Path is null && !parsed.GetValue(_common.Quiet))
        {
            terminal.Error.WriteLine(SafeText.Escape(
                $"quarry: there is no {QuarryConfiguration.FileName}; looked at {string.Join(" and ", QuarryConfiguration.Places(configuration.Environment))}. Create one with: quarry config init"));
        }

        return ExitCode.Done;
    }

    private static Table Settings(QuarryConfiguration configuration)
    {
        var builder = new TableBuilder(("setting", ColumnType.String), ("value", ColumnType.String), ("comes_from", ColumnType.String));
        foreach (ConfiguredValue value in configuration.Values)
        {
            builder.AddRow(value.Setting, value.ToString(), value.Origin.ToString());
        }

        foreach ((string section, int line) in configuration.OtherSections)
        {
            builder.AddRow(section, "(not Quarry's; kept)", string.Create(CultureInfo.InvariantCulture, $"{configuration.Path}:{line}"));
        }

        return builder.Build();
    }
}
