using System.CommandLine;
using System.Text;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Kql;
using Quarry.Data.Queries;
using Quarry.Tables;

namespace Quarry.Cli.Verbs;

/// <summary>Runs a query of the library over files.</summary>
internal sealed class QueriesRunVerb
{
    private readonly CommonOptions _common = new();
    private readonly QueryTables _tables;
    private readonly QueryLibraryOption _library;
    private readonly Argument<string> _name = QueryLibraryOption.Name();

    private readonly Option<string[]> _parameters = new("--param", "-p")
    {
        Description = "A value for a parameter of the query; it is quoted by the parameter's type and never becomes text of the query, but where the parameter is a piece of KQL (type kql). Of a list, values with commas, or the option again for each.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _now = new("--now") { Description = "What relative times (-3d@d) and now() take for the present, UTC. Default: the present.", HelpName = "TIME" };

    private readonly Option<string?> _timeout = new("--timeout") { Description = "Stop the query after this time: 30s, 5m, 1h.", HelpName = "TIME" };

    private readonly Option<bool> _print = new("--print") { Description = "Run nothing: print the KQL with the values in it." };

    /// <summary>The verb.</summary>
    public QueriesRunVerb() => (_tables, _library) = (new QueryTables(_common), new QueryLibraryOption(_common));

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command("run", "Runs a query over files, each a table by its name.") { _name, _parameters };
        _tables.AddTo(command);
        _library.AddTo(command);
        command.Add(_now);
        command.Add(_timeout);
        command.Add(_print);
        _common.AddOutputTo(command);
        HelpWithExamples.AddTo(command, [.. QueriesVerb.Examples.Where(one => one.Command.StartsWith("quarry queries run", StringComparison.Ordinal))]);
        Guarded.SetAction(command, terminals, _common.NoColor, Run);
        return command;
    }

    private int Run(ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        UnknownOption.Refuse(parsed, _name);
        OutputRequest output = OutputRequest.Of(parsed, _common, terminal);
        DateTime now = Now(parsed) ?? DateTime.UtcNow;
        QueryDefinition definition = _library.Load(parsed, terminal)[parsed.GetRequiredValue(_name)];
        string query = definition.Build(Parameters(parsed, definition), now).Text;
        if (parsed.GetValue(_print))
        {
            Stream stream = terminal.OutputIsTerminal ? new SafeTextStream(terminal.Output) : terminal.Output;
            stream.Write(Encoding.UTF8.GetBytes(query + "\n"));
            stream.Flush();
            return ExitCode.Done;
        }

        TimeSpan? timeout = parsed.GetValue(_timeout) is { } text ? Quantities.Time(text, "--timeout") : null;
        using KqlDatabase database = KqlDatabase.Create(new KqlDatabaseOptions { Now = now, Timeout = timeout });
        _tables.AddTo(database, parsed, terminal);
        var runner = new QueryRunner(database, output, terminal, parsed.GetValue(_common.Quiet))
        {
            Command = CommandLines.Of(parsed),
            Unfinished = unfinished => interruption.Unfinished = unfinished,
        };
        return runner.Run(query, new Dictionary<string, object?>(), interruption.Token);
    }

    private Dictionary<string, object?> Parameters(ParseResult parsed, QueryDefinition definition)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (string given in parsed.GetValue(_parameters) ?? [])
        {
            int equals = given.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new UsageException($"--param is '{given}'; give NAME=VALUE.");
            }

            (string name, string value) = (given[..equals], given[(equals + 1)..]);
            if (values.TryAdd(name, value))
            {
                continue;
            }

            // Given again, a list takes each value as it is, commas and all.
            bool isList = definition.Parameters.Any(one => one.Type is QueryParameterType.List or QueryParameterType.LongList && (one.Name == name || one.Aliases.Contains(name)));
            values[name] = isList
                ? values[name] is string first ? new List<string> { first, value } : [.. (List<string>)values[name]!, value]
                : throw new UsageException($"--param {name} is given twice.");
        }

        return values;
    }

    private DateTime? Now(ParseResult parsed) =>
        parsed.GetValue(_now) is not { } text ? null
        : TimeText.TryParse(Encoding.UTF8.GetBytes(text.Trim()), out DateTime time) ? time
        : throw new UsageException($"--now is '{text}'; give a time such as 2026-03-05T12:00:00Z.");
}
