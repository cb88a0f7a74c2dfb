using System.Globalization;
using Quarry.Cli.Terminals;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Cli.Running;

/// <summary>Runs queries on a database and shows what they give, or what is wrong with them.</summary>
/// <param name="database">The tables.</param>
/// <param name="output">Where rows go.</param>
/// <param name="terminal">The terminal.</param>
/// <param name="quiet">Whether nothing but errors is said.</param>
internal sealed class QueryRunner(KqlDatabase database, OutputRequest output, Terminal terminal, bool quiet)
{
    private static readonly byte[] LineBetween = "\n"u8.ToArray();

    /// <summary>The command line, for a page.</summary>
    public string? Command { get; init; }

    /// <summary>Takes half-written output away when the work does not stop by itself.</summary>
    public Action<IDisposable?> Unfinished { get; init; } = static _ => { };

    /// <summary>Runs a query and writes its tables.</summary>
    /// <exception cref="QuarryException">It failed, or its tables do not fit the output.</exception>
    public int Run(string text, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellation) => Marking(text, () =>
    {
        KqlQuery query = database.Prepare(text);
        using KqlRun run = query.BeginAsync(parameters, cancellation).WaitAsync(cancellation).GetAwaiter().GetResult();
        RequireRoom(run.Count);
        for (int i = 0; i < run.Count; i++)
        {
            if (i > 0 && output.Form != OutputForm.Html)
            {
                terminal.Output.Write(LineBetween);
            }

            Write(run, i, text, query.Render, cancellation);
        }

        return ExitCode.Done;
    });

    /// <summary>Writes how a query is understood, without running it.</summary>
    public int Explain(string text) => Marking(text, () =>
    {
        KqlExplanation explanation = database.Prepare(text).Explain();
        Stream stream = terminal.OutputIsTerminal ? new SafeTextStream(terminal.Output) : terminal.Output;
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("Syntax tree (line:column)");
        writer.WriteLine(explanation.SyntaxTree);
        for (int i = 0; i < explanation.Results.Count; i++)
        {
            string which = explanation.Results.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {i + 1} of {explanation.Results.Count}");
            writer.WriteLine($"Result{which}");
            foreach (ColumnSchema column in explanation.Results[i])
            {
                writer.WriteLine($"  {column.Name}: {column.Type.KqlName()}");
            }

            writer.WriteLine();
            if (i < explanation.Sql.Count)
            {
                writer.WriteLine($"SQL{which}");
                writer.WriteLine(explanation.Sql[i]);
                writer.WriteLine();
            }
        }

        foreach (string remark in explanation.Remarks)
        {
            writer.WriteLine(remark);
        }

        return ExitCode.Done;
    });

    private int Marking(string text, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (KqlException error) when (error.Diagnostics.Count > 0)
        {
            new MarkedErrors(text, terminal.Width, terminal.Color && terminal.ErrorIsTerminal).Write(error.Diagnostics, terminal.Error);
            return ExitCode.Failed;
        }
    }

    // On the terminal and in a pipe tables stand below each other; a file of rows holds one.
    private void RequireRoom(int tables)
    {
        if (tables == 0)
        {
            throw new QuarryException("The query gives no table: its last statement is no expression.");
        }

        if (tables > 1 && output is { Path: not null })
        {
            throw new QuarryException(string.Create(
                CultureInfo.InvariantCulture,
                $"The query gives {tables} tables, and a file holds one. Let it give one, or leave -o out: on standard output they stand below each other."));
        }
    }

    private void Write(KqlRun run, int index, string text, KqlRender? render, CancellationToken cancellation)
    {
        bool isDrawn = render is not null && index == run.Count - 1;
        var before = new HashSet<string>(run.Remarks);
        using TableStream rows = run.Open(index);
        var drawing = new RenderedResult(isDrawn ? render : null);
        var view = new ResultView(render?.Properties.GetValueOrDefault("title") ?? "query")
        {
            Explanation = text,
            Command = Command,
            Draw = drawing.Charts,
            IsDrawn = isDrawn,
            Remarks = () =>
            {
                run.End();
                return [.. run.Remarks.Where(remark => index == 0 || !before.Contains(remark)), .. drawing.Remarks];
            },
        };
        using ResultOutput result = ResultOutput.Open(output, terminal, rows.Schema, view);
        Unfinished(result);
        foreach (TableBatch batch in rows.TakeBatches())
        {
            cancellation.ThrowIfCancellationRequested();
            result.Write(batch.Table);
            if (result.IsFull)
            {
                break;
            }
        }

        result.Complete();
        Unfinished(null);
        Report(view.Remarks(), result);
    }

    private void Report(IReadOnlyList<string> remarks, ResultOutput result)
    {
        foreach (string remark in quiet ? [] : remarks)
        {
            terminal.Error.WriteLine($"quarry: {SafeText.Escape(remark)}");
        }

        if (result.IsFull && !quiet)
        {
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"quarry: stopped at {result.Rows:N0} rows; --limit 0 gives all"));
        }
    }
}
