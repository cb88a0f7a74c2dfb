using System.CommandLine;
using System.Text;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Kql;
using Quarry.Data.Queries;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Local;

namespace Quarry.Cli.Verbs;

/// <summary>Runs a query of the library over files, or at a source.</summary>
internal sealed class QueriesRunVerb
{
    private readonly CommonOptions _common = new();
    private readonly QueryTables _tables;
    private readonly EngineOptions _engine;
    private readonly SourceOptions _source = new();
    private readonly QueryLibraryOption _library;
    private readonly Argument<string> _name = QueryLibraryOption.Name();

    private readonly Option<string[]> _parameters = new("--param", "-p")
    {
        Description = "A value for a parameter of the query; it is quoted by the parameter's type and never becomes text of the query, but where the parameter is a piece of KQL (type kql). Of a list, values with commas, or the option again for each.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _print = new("--print") { Description = "Run nothing: print the KQL with the values in it." };

    /// <summary>The verb.</summary>
    public QueriesRunVerb()
    {
        _tables = new QueryTables(_common);
        _engine = new EngineOptions(_common);
        _library = new QueryLibraryOption(_common, _source);
    }

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command("run", "Runs a query over files, each a table by its name.") { _name, _parameters };
        _tables.AddTo(command);
        _library.AddTo(command);
        _engine.AddTo(command);
        _source.AddTo(command);
        _source.AddAskingTo(command);
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
        DateTime now = _engine.Now(parsed) ?? DateTime.UtcNow;
        QueryDefinition definition = _library.Load(parsed, terminal)[parsed.GetRequiredValue(_name)];
        SourceQuery query = definition.Build(Parameters(parsed, definition), now, _source.Range(parsed, _engine));
        if (parsed.GetValue(_print))
        {
            Stream stream = terminal.OutputIsTerminal ? new SafeTextStream(terminal.Output) : terminal.Output;
            stream.Write(Encoding.UTF8.GetBytes(query.Text + "\n"));
            stream.Flush();
            return ExitCode.Done;
        }

        if (_source.IsGiven(parsed))
        {
            _tables.RequireNone(parsed);
            return _source.At(parsed, terminal, _engine, interruption.Token, source => Run(source, query, output, parsed, terminal, interruption));
        }

        using KqlDatabase database = KqlDatabase.Create(_engine.Of(parsed) with { Now = now });
        _tables.AddTo(database, parsed, terminal);
        return Run(new LocalSource(database), query, output, parsed, terminal, interruption);
    }

    private int Run(IQuerySource source, SourceQuery query, OutputRequest output, ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        SourceQuery asking = _source.Asking(parsed, _engine, progress: null);
        if (asking.SplitBy is not null && query.Range is null)
        {
            throw new QuarryException("This query has its times in its text (start and end), so it cannot be asked in parts. Run it for a shorter time, or leave --split-by out.");
        }

        var runner = new QueryRunner(source, output, terminal, parsed.GetValue(_common.Quiet))
        {
            Command = CommandLines.Of(parsed),
            Unfinished = unfinished => interruption.Unfinished = unfinished,
            Asking = asking with { Range = query.Range },
        };
        return runner.Run(query.Text, new Dictionary<string, object?>(), interruption.Token);
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
}
