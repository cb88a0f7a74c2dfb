using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Kql.Completion;
using Quarry.Tables;

namespace Quarry.Cli.Prompts;

/// <summary>Asks for queries and runs them, one after the other: <c>quarry query -i</c>.</summary>
/// <param name="tables">The tables.</param>
/// <param name="runner">Runs the queries.</param>
/// <param name="output">Where rows go.</param>
/// <param name="terminal">The terminal.</param>
/// <param name="interruption">What Ctrl-C does.</param>
/// <param name="parameters">Values of parameters that queries declare.</param>
internal sealed class QueryPrompt(
    PromptTables tables, QueryRunner runner, OutputRequest output, Terminal terminal, Interruption interruption, IReadOnlyDictionary<string, object?> parameters)
{
    private const string Help = """
        A query ends with ; or an empty line. Tab completes, arrows up and down go through what was typed before,
        Ctrl-C stops a query, Ctrl-D leaves. A query that begins with a blank is not kept in the history.

          .tables          the tables, with columns and types
          .schema TABLE    the columns of one, also of Sentinel's and Defender's
          .explain QUERY   syntax tree, result columns and SQL of a query, which is not run
          .help            this
          .quit            leaves
        """;

    /// <summary>Runs until the input ends.</summary>
    public int Run()
    {
        if (terminal.InputIsRedirected)
        {
            using var reader = new StreamReader(terminal.Input());
            int worst = ExitCode.Done;
            foreach (string query in PipedQueries.Of(reader, StatementEnd.IsReached))
            {
                if (query == ".quit")
                {
                    break;
                }

                worst = Math.Max(worst, Answer(query, interruption.Token));
                interruption.Token.ThrowIfCancellationRequested();
            }

            return worst;
        }

        return terminal.OutputIsTerminal ? Ask() : throw new UsageException("The prompt needs a terminal: give the query itself, or pipe queries in.");
    }

    private int Ask()
    {
        var history = new QueryHistory(QueryHistory.UsualPath());
        using var screen = new StreamWriter(terminal.Output, leaveOpen: true) { AutoFlush = true };
        var editor = new LineEditor(ReadKey, screen, () => Console.WindowWidth, tables.Complete, StatementEnd.IsReached, history);
        terminal.Error.WriteLine($"{tables.Count} {(tables.Count == 1 ? "table" : "tables")}. A query ends with ; or an empty line; .help tells more.");
        while (editor.Read() is { } query && query is not (".quit" or ".exit" or "quit" or "exit"))
        {
            if (query.Length > 0)
            {
                history.Add(query);
                AnswerUntilInterrupted(query);
            }
        }

        return ExitCode.Done;
    }

    // Ctrl-C is a key while one types, and stops the query while one runs.
    private static ConsoleKeyInfo ReadKey()
    {
        Console.TreatControlCAsInput = true;
        try
        {
            return Console.ReadKey(intercept: true);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private void AnswerUntilInterrupted(string query)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token);

        // A query that does not stop must not hold the user: the second time quarry ends.
        interruption.Instead = () =>
        {
            bool isFirst = !stop.IsCancellationRequested;
            if (isFirst)
            {
                terminal.Error.WriteLine("quarry: stopping the query; Ctrl-C again ends quarry");
                stop.Cancel();
            }

            return isFirst;
        };
        try
        {
            Answer(query, stop.Token);
        }
        finally
        {
            interruption.Instead = null;
        }
    }

    private int Answer(string query, CancellationToken cancellation) => Guarded.Run(terminal, () =>
    {
        if (query[0] != '.')
        {
            return runner.Run(query, parameters, cancellation);
        }

        string[] words = query.Split((char[]?)null, 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string rest = words.Length > 1 ? words[1].TrimEnd(';').Trim() : "";
        switch (words[0].TrimEnd(';').ToLowerInvariant())
        {
            case ".tables":
                return Show(tables.List());
            case ".schema":
                return Show(tables.Schema(rest) ?? throw new QuarryException($"There is no table '{rest}'. See .tables."));
            case ".explain" when rest.Length > 0:
                return runner.Explain(rest, parameters);
            case ".help":
                terminal.Error.WriteLine(Help);
                return ExitCode.Done;
            default:
                throw new QuarryException($"'{words[0]}' is no command of the prompt. See .help.");
        }
    });

    private int Show(Table table)
    {
        using ResultOutput rows = ResultOutput.Open(output, terminal, table.Schema, new ResultView("tables"));
        rows.Write(table);
        rows.Complete();
        return ExitCode.Done;
    }
}
