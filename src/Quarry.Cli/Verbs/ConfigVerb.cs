using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;

namespace Quarry.Cli.Verbs;

/// <summary>Shows, checks and creates the configuration.</summary>
internal static class ConfigVerb
{
    public const string Name = "config";

    public const string Summary = "Shows, checks and creates the configuration: workspaces, clusters, ways to sign in.";

    /// <summary>Words that lead to the verb.</summary>
    public static readonly string[] Keywords =
        ["config", "configuration", "msticpyconfig", "settings", "workspace", "workspaces", "tenant", "sentinel", "kusto", "azure", "credentials", "secrets", "setup", "init", "check"];

    public static readonly AnalysisExample[] Examples =
    [
        new("quarry config show", "what is configured, and where each value comes from"),
        new("quarry config check", "every mistake, with its line and what to do"),
        new("quarry config init", "asks, and writes a commented file"),
    ];

    /// <summary>The command.</summary>
    public static Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command(Name, Summary)
        {
            new ConfigShowVerb().Create(terminals),
            new ConfigCheckVerb().Create(terminals),
            new ConfigInitVerb().Create(terminals),
        };
        HelpWithExamples.AddTo(command, Examples, "The file is MSTICPy's msticpyconfig.yaml: --config FILE, else $MSTICPYCONFIG, else the working directory's, else ~/.msticpy's.");
        return command;
    }

    /// <summary>The option that names the file.</summary>
    public static Option<string?> File() => new("--config")
    {
        Description = "The configuration file. Default: $MSTICPYCONFIG, else msticpyconfig.yaml in the working directory, else in ~/.msticpy.",
        HelpName = "FILE",
    };
}
