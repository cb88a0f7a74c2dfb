using System.CommandLine;
using Quarry.Catalogue;
using Quarry.Cli.Prompts;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Configuration;

namespace Quarry.Cli.Verbs;

/// <summary>Creates a configuration.</summary>
internal sealed class ConfigInitVerb
{
    private const string Summary = "Writes a commented configuration, from options, or asking for what it needs on a terminal. It holds no secrets, and only you can read it.";

    private static readonly AnalysisExample[] Examples =
    [
        new("quarry config init", "asks, and writes ~/.msticpy/msticpyconfig.yaml"),
        new("quarry config init --workspace-id 00000000-0000-0000-0000-000000000000 --tenant-id contoso.onmicrosoft.com -o msticpyconfig.yaml", "a workspace of Sentinel, without questions"),
        new("quarry config init --cluster https://help.kusto.windows.net --database Samples", "a cluster of Azure Data Explorer"),
    ];

    private readonly Option<string?> _workspace = new("--workspace-id") { Description = "The id of the Sentinel workspace.", HelpName = "ID" };
    private readonly Option<string?> _tenant = new("--tenant-id") { Description = "The tenant it is in: its id or its domain.", HelpName = "ID" };
    private readonly Option<string?> _subscription = new("--subscription-id") { Description = "The subscription it is in.", HelpName = "ID" };
    private readonly Option<string?> _group = new("--resource-group") { Description = "The resource group it is in.", HelpName = "NAME" };
    private readonly Option<string?> _workspaceName = new("--workspace-name") { Description = "Its name in Azure.", HelpName = "NAME" };

    private readonly Option<string> _name = new("--name")
    {
        Description = "Its name in the file. Default: Default, which is taken where none is named.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "Default",
    };

    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "A server that answers in place of the cloud's, such as one of quarry serve --kusto.", HelpName = "URL" };
    private readonly Option<string?> _cloud = new("--cloud") { Description = "The cloud: global, usgov, dod or cn. Default: global.", HelpName = "NAME" };
    private readonly Option<string[]> _methods = new("--auth-method")
    {
        Description = "A way to sign in: env, cli, msi, devicecode, interactive, vscode, powershell, clientsecret, certificate; repeat it, they are tried in order.",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _queries = new("--queries") { Description = "A folder with your own query definitions; repeat it for several.", HelpName = "DIR", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _data = new("--data") { Description = "A folder with data files; repeat it for several.", HelpName = "DIR", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _cluster = new("--cluster") { Description = "The address of a cluster of Azure Data Explorer.", HelpName = "URL" };
    private readonly Option<string?> _database = new("--database") { Description = "The cluster's database.", HelpName = "NAME" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write. Default: ~/.msticpy/msticpyconfig.yaml.", HelpName = "FILE" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace a file that is there." };
    private readonly Option<bool> _noColor = new("--no-color") { Hidden = true };

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command("init", Summary)
        {
            _workspace, _tenant, _subscription, _group, _workspaceName, _name, _endpoint, _cloud, _methods, _queries, _data, _cluster, _database, _output, _force, _noColor,
        };
        HelpWithExamples.AddTo(command, Examples);
        Guarded.SetAction(command, terminals, _noColor, Run);
        return command;
    }

    private int Run(ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        ConfigurationEnvironment environment = ConfigurationEnvironment.OfProcess;
        string path = parsed.GetValue(_output) is { } given
            ? environment.FullPath(given)
            : Path.Combine(environment.HomeDirectory, ".msticpy", QuarryConfiguration.FileName);
        bool force = parsed.GetValue(_force);
        if (!force && File.Exists(path))
        {
            // Before anything is asked.
            throw new QuarryException($"'{path}' is there already, and stays as it is. Write elsewhere (-o FILE), or replace it (--force).");
        }

        ConfigurationDraft draft = Draft(parsed, terminal);
        ConfigurationProblem? wrong = draft.Check(environment).FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error);
        if (wrong is not null)
        {
            throw new UsageException($"{wrong.Setting}: {wrong.Message}; {wrong.Remedy}. Nothing was written.");
        }

        draft.Write(path, force);
        terminal.Error.WriteLine(SafeText.Escape($"quarry: wrote {path}. See it with: quarry config show"));
        return ExitCode.Done;
    }

    private ConfigurationDraft Draft(ParseResult parsed, Terminal terminal)
    {
        if (Given(parsed) is { } draft)
        {
            return draft;
        }

        if (!terminal.ErrorIsTerminal || terminal.InputIsRedirected)
        {
            throw new UsageException("Nobody is there to be asked: give at least one of --workspace-id, --cluster, --data and --queries.");
        }

        using var answers = new StreamReader(terminal.Input());
        return new ConfigurationQuestions(answers, terminal.Error).Ask();
    }

    private ConfigurationDraft? Given(ParseResult parsed)
    {
        var draft = new ConfigurationDraft
        {
            Name = parsed.GetValue(_name)!,
            WorkspaceId = parsed.GetValue(_workspace),
            TenantId = parsed.GetValue(_tenant),
            SubscriptionId = parsed.GetValue(_subscription),
            ResourceGroup = parsed.GetValue(_group),
            WorkspaceName = parsed.GetValue(_workspaceName),
            Endpoint = parsed.GetValue(_endpoint),
            Cloud = parsed.GetValue(_cloud) ?? "global",
            AuthMethods = parsed.GetValue(_methods) ?? [],
            QueryFolders = parsed.GetValue(_queries) ?? [],
            DataFolders = parsed.GetValue(_data) ?? [],
            KustoCluster = parsed.GetValue(_cluster),
            KustoDatabase = parsed.GetValue(_database),
        };
        if (draft.WorkspaceId is null && (draft.TenantId ?? draft.SubscriptionId ?? draft.ResourceGroup ?? draft.WorkspaceName ?? draft.Endpoint) is not null)
        {
            throw new UsageException("These options are about a workspace: give its --workspace-id as well.");
        }

        if (draft.KustoDatabase is not null && draft.KustoCluster is null)
        {
            throw new UsageException("--database is one of a cluster: give its --cluster as well.");
        }

        bool isEmpty = draft.WorkspaceId is null && draft.KustoCluster is null && draft.QueryFolders.Count == 0 && draft.DataFolders.Count == 0;
        return isEmpty ? null : draft;
    }
}
