using System.CommandLine;
using System.Globalization;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Kql;
using Quarry.Web;
using Quarry.Web.Kusto;

namespace Quarry.Cli.Verbs;

/// <summary>Serves local tables to other tools on this machine.</summary>
internal sealed class ServeVerb
{
    public const string Name = "serve";

    public const string Summary = "Serves local tables to other tools on this machine: Kusto's REST protocol and the Log Analytics query API.";

    /// <summary>Words that lead to the verb.</summary>
    public static readonly string[] Keywords = ["kusto", "endpoint", "server", "rest", "api", "log analytics", "grafana", "data explorer", "adx", "emulator", "http", "loopback"];

    public static readonly AnalysisExample[] Examples =
    [
        new("quarry serve --kusto --folder logs", "tables of a folder at http://127.0.0.1:8088, for Kusto's tools"),
        new("quarry serve --kusto -t SecurityEvent=events.csv --port 0", "on any free port; the address is printed"),
        new("quarry query 'SecurityEvent | count' --source Kusto --cluster http://127.0.0.1:8088", "ask it, as a cluster is asked"),
    ];

    private const int UsualPort = 8088;

    private readonly CommonOptions _common = new();
    private readonly QueryTables _tables;
    private readonly EngineOptions _engine;
    private readonly OutsideData _outside = new();
    private readonly Option<bool> _kusto = new("--kusto") { Description = "Answer Kusto's REST protocol (v1 and v2) and the Log Analytics query API (v1)." };
    private readonly Option<int> _port = new("--port") { Description = "The port; 0 for any that is free. Default: 8088.", HelpName = "PORT", DefaultValueFactory = _ => UsualPort };
    private readonly Option<string> _database = new("--database") { Description = "The database's name for clients. Default: Local.", HelpName = "NAME", DefaultValueFactory = _ => "Local" };

    /// <summary>The verb.</summary>
    public ServeVerb()
    {
        _tables = new QueryTables(_common);
        _engine = new EngineOptions(_common);
    }

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command(Name, Summary) { _kusto, _port, _database };
        _tables.AddTo(command);
        _engine.AddTo(command);
        _outside.AddTo(command);
        command.Add(_common.Quiet);
        command.Add(_common.NoColor);
        HelpWithExamples.AddTo(
            command,
            Examples,
            "It listens on 127.0.0.1 only, reads only, and asks for no password: whoever uses this machine can ask it.\n"
            + "Requests of web pages of other origins are refused. Its address is the one line on standard output. Ctrl-C ends it.");
        Guarded.SetAction(command, terminals, _common.NoColor, Run);
        return command;
    }

    private int Run(ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        if (!parsed.GetValue(_kusto))
        {
            throw new UsageException("Say what to serve: --kusto.");
        }

        int port = parsed.GetValue(_port);
        if (port is < 0 or > 65_535)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--port is {port}; give a number from 0 to 65535."));
        }

        using KqlDatabase database = KqlDatabase.Create(_outside.Apply(_engine.Of(parsed), parsed));
        _tables.AddTo(database, parsed, terminal);
        ServeAsync(database, port, parsed, terminal, interruption).GetAwaiter().GetResult();
        return ExitCode.Done;
    }

    private async Task ServeAsync(KqlDatabase database, int port, ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        string name = parsed.GetValue(_database)!;
        await using LoopbackServer server = await KustoEndpoint.StartAsync(database, port, name, interruption.Token).ConfigureAwait(false);
        using (var output = new StreamWriter(terminal.Output, leaveOpen: true) { NewLine = "\n" })
        {
            output.WriteLine(server.Address.GetLeftPart(UriPartial.Authority));
        }

        if (!parsed.GetValue(_common.Quiet))
        {
            string tables = database.Tables.Count == 1 ? "1 table" : string.Create(CultureInfo.InvariantCulture, $"{database.Tables.Count:N0} tables");
            terminal.Error.WriteLine($"quarry: {tables} as database {SafeText.Escape(name)}, for this machine only; Ctrl-C ends it");
        }

        // Being stopped is how it ends.
        await server.WaitAsync(interruption.Token).ConfigureAwait(false);
    }
}
