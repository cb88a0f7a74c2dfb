using System.CommandLine;
using System.Text;
using Quarry.Catalogue;
using Quarry.Cli.Prompts;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Kql;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Local;

namespace Quarry.Cli.Verbs;

/// <summary>Runs KQL over files.</summary>
internal sealed class QueryVerb
{
    public const string Name = "query";

    public const string Summary = "Runs a query in KQL over files: each a table, typed as in Sentinel and Defender where it is one of theirs.";

    /// <summary>Words that lead to the verb.</summary>
    public static readonly string[] Keywords = ["kql", "kusto", "query", "sql", "summarize", "join", "where", "render", "chart", "timechart", "sentinel", "defender", "hunting", "prompt", "interactive"];

    public static readonly AnalysisExample[] Examples =
    [
        new("quarry query 'SecurityEvent | where EventID == 4688 | summarize count() by Computer' -t SecurityEvent=events.csv", "how many processes each computer started"),
        new("quarry query -f hunt.kql --folder logs --now 2026-03-05T12:00Z -o hits.csv", "a query from a file, as if it were that day"),
        new("quarry query 'traffic | render timechart' -t traffic.csv", "a chart on the terminal; with -o chart.html as a page"),
        new("quarry query 'E | evaluate iocs(CommandLine)' -t E=events.csv", "an analysis of Quarry's inside a query"),
        new("quarry query \"_GetWatchlist('HighValue') | join kind=inner (Logons) on \\$left.SearchKey == \\$right.Account\" -t Logons=logons.csv --watchlists lists", "a watchlist from lists/HighValue.csv"),
        new("quarry query 'print 40 + 2'", "no tables at all"),
        new("quarry query -i --folder logs", "a prompt with completion and history"),
        new("quarry query 'SigninLogs | take 10' --source MSSentinel --workspace Default --last 1d", "a Sentinel workspace of the configuration"),
    ];

    private const long LongestQuery = 16 << 20;

    private readonly CommonOptions _common = new();
    private readonly QueryTables _tables;
    private readonly EngineOptions _engine;
    private readonly SourceOptions _source = new();
    private readonly OutsideData _outside = new();

    private readonly Argument<string?> _query = new("KQL")
    {
        Description = "The query; - reads it from standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _file = new("--file", "-f") { Description = "Read the query from this file.", HelpName = "FILE" };

    private readonly Option<string[]> _parameters = new("--param", "-p")
    {
        Description = "A value for a parameter that the query declares (declare query_parameters(host:string)); it is bound as a value and never becomes text of the query.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _explain = new("--explain") { Description = "Run nothing: print the syntax tree, the columns of the result, and the SQL." };

    private readonly Option<bool> _interactive = new("--interactive", "-i") { Description = "Ask for queries at a prompt. What is piped in is read as queries, each ending in ; or an empty line." };

    /// <summary>The verb.</summary>
    public QueryVerb()
    {
        _tables = new QueryTables(_common);
        _engine = new EngineOptions(_common);
    }

    /// <summary>The command.</summary>
    public Command Create(Func<bool, Terminal> terminals)
    {
        // -f is the query's file here.
        _common.Format.Aliases.Remove("-f");
        var command = new Command(Name, Summary) { _query, _file };
        _tables.AddTo(command);
        command.Add(_parameters);
        _engine.AddTo(command);
        command.Add(_explain);
        command.Add(_interactive);
        _source.AddTo(command);
        _source.AddAskingTo(command);
        _outside.AddTo(command);
        _common.AddOutputTo(command);
        HelpWithExamples.AddTo(
            command,
            Examples,
            "Several tables of one query (several statements, fork, facet) stand below each other on standard output, with a line between;\n"
            + "a file takes one. render draws on a terminal and in html; other formats give the rows.\n"
            + "Exit code: 0 done, 1 failed (also: the query is not right), 2 used wrongly.");
        Guarded.SetAction(command, terminals, _common.NoColor, Run);
        return command;
    }

    private int Run(ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        UnknownOption.Refuse(parsed, _query);
        OutputRequest output = OutputRequest.Of(parsed, _common, terminal);
        if (parsed.GetValue(_interactive) && terminal.InputIsRedirected && _tables.TakesStandardInput(parsed))
        {
            throw new UsageException("Standard input is a table here: queries cannot come from it too.");
        }

        string? text = parsed.GetValue(_interactive) ? NoText(parsed) : Text(parsed, terminal);
        Dictionary<string, object?> parameters = Parameters(parsed);
        if (_source.IsGiven(parsed))
        {
            _tables.RequireNone(parsed);
            return _source.At(parsed, terminal, _engine, interruption.Token, source => Run(source, text, parameters, output, parsed, terminal, interruption));
        }

        using KqlDatabase database = KqlDatabase.Create(_outside.Apply(_engine.Of(parsed), parsed));
        _tables.AddTo(database, parsed, terminal);
        return Run(new LocalSource(database), text, parameters, output, parsed, terminal, interruption);
    }

    private int Run(
        IQuerySource source, string? text, Dictionary<string, object?> parameters, OutputRequest output, ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        bool isQuiet = parsed.GetValue(_common.Quiet);
        var runner = new QueryRunner(source, output, terminal, isQuiet)
        {
            Command = CommandLines.Of(parsed),
            Unfinished = unfinished => interruption.Unfinished = unfinished,
            Asking = _source.Asking(parsed, _engine, progress: null),
        };
        return text is null ? new QueryPrompt(PromptTables.Of(source, interruption.Token), runner, output, terminal, interruption, parameters).Run()
            : parsed.GetValue(_explain) ? runner.Explain(text, parameters)
            : runner.Run(text, parameters, interruption.Token);
    }

    private string? NoText(ParseResult parsed) =>
        parsed.GetValue(_query) is not null || parsed.GetValue(_file) is not null ? throw new UsageException("At the prompt queries are typed: give either -i or a query.")
        : parsed.GetValue(_explain) ? throw new UsageException("At the prompt .explain explains: leave --explain out.")
        : parsed.GetValue(_common.OutputPath) is not null ? throw new UsageException("A file holds one result: at the prompt leave -o out.")
        : null;

    private string Text(ParseResult parsed, Terminal terminal)
    {
        string? file = parsed.GetValue(_file);
        string? query = parsed.GetValue(_query);
        if (file is not null && query is not null)
        {
            bool isFormat = CommonOptions.FormatNames.Split(", ").Contains(file.ToLowerInvariant());
            throw new UsageException(isFormat
                ? $"-f names the file of the query here, and there is a query. For the format write --format {file}."
                : "Give either a query or -f FILE, not both.");
        }

        if (file is not (null or "-"))
        {
            return Read(() => File.OpenRead(file), $"The query in '{file}'");
        }

        if (file is null && query is not (null or "-"))
        {
            return query;
        }

        if (query is null && file is null && !terminal.InputIsRedirected)
        {
            throw new UsageException("There is no query: give one, or -f FILE, or -i for a prompt.");
        }

        return _tables.TakesStandardInput(parsed)
            ? throw new UsageException("Standard input is a table here: give the query on the command line, or with -f FILE.")
            : Read(terminal.Input, "The query on standard input");
    }

    private static string Read(Func<Stream> open, string what)
    {
        try
        {
            using Stream stream = open();
            using var reader = new StreamReader(stream, new UTF8Encoding(false));
            var text = new StringBuilder();
            char[] part = new char[8192];
            for (int read; (read = reader.Read(part, 0, part.Length)) > 0;)
            {
                text.Append(part, 0, read);
                if (text.Length > LongestQuery)
                {
                    throw new QuarryException($"{what} is longer than 16 million characters: is it a query?");
                }
            }

            return text.ToString();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuarryException($"{what} cannot be read: {error.Message}", error);
        }
    }

    private Dictionary<string, object?> Parameters(ParseResult parsed)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (string given in parsed.GetValue(_parameters) ?? [])
        {
            int equals = given.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new UsageException($"--param is '{given}'; give NAME=VALUE.");
            }

            if (!values.TryAdd(given[..equals], given[(equals + 1)..]))
            {
                throw new UsageException($"--param {given[..equals]} is given twice.");
            }
        }

        return values;
    }
}
