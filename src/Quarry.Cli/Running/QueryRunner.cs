using System.Globalization;
using Quarry.Cli.Terminals;
using Quarry.Data.Kql;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Local;
using Quarry.Tables;

namespace Quarry.Cli.Running;

/// <summary>Runs queries on a source and shows what they give, or what is wrong with them.</summary>
/// <param name="source">What answers.</param>
/// <param name="output">Where rows go.</param>
/// <param name="terminal">The terminal.</param>
/// <param name="quiet">Whether nothing but errors is said.</param>
internal sealed class QueryRunner(IQuerySource source, OutputRequest output, Terminal terminal, bool quiet)
{
    private static readonly byte[] LineBetween = "\n"u8.ToArray();

    /// <summary>The command line, for a page.</summary>
    public string? Command { get; init; }

    /// <summary>Takes half-written output away when the work does not stop by itself.</summary>
    public Action<IDisposable?> Unfinished { get; init; } = static _ => { };

    /// <summary>What every query is asked with: its time range, its time limit.</summary>
    public SourceQuery Asking { get; init; } = new("");

    /// <summary>Runs a query and writes its tables.</summary>
    /// <exception cref="QuarryException">It failed, or its tables do not fit the output.</exception>
    public int Run(string text, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellation) => Marking(text, () =>
    {
        using SourceRun run = source.BeginAsync(Asking with { Text = text, Parameters = parameters }, cancellation).WaitAsync(cancellation).GetAwaiter().GetResult();
        RequireRoom(run.Count);
        int index = 0;
        for (TableStream? rows = run.Next(); rows is not null; index++)
        {
            if (index > 0 && output.Form != OutputForm.Html)
            {
                terminal.Output.Write(LineBetween);
            }

            rows = Write(run, rows, index, text, cancellation);
        }

        RequireRoom(index);
        return run.IsPartial ? ExitCode.Failed : ExitCode.Done;
    });

    /// <summary>Writes how a query is understood, without running it; of a service's, what would be sent.</summary>
    public int Explain(string text, IReadOnlyDictionary<string, object?> parameters) => Marking(text, () =>
    {
        if (source is not LocalSource local)
        {
            return ExplainSent(text, parameters);
        }

        KqlExplanation explanation = local.Database.Prepare(text).Explain();
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

    private int ExplainSent(string text, IReadOnlyDictionary<string, object?> parameters)
    {
        Stream stream = terminal.OutputIsTerminal ? new SafeTextStream(terminal.Output) : terminal.Output;
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"To {source.Description.Name}, {source.Description.Address}");
        writer.WriteLine(source.Description.Leaves);
        if (Asking.Range is { } range)
        {
            writer.WriteLine($"Time range {range}");
        }

        writer.WriteLine();
        writer.WriteLine(QuerySourceExtensions.Bind(text, parameters));
        return ExitCode.Done;
    }

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
    private void RequireRoom(int? tables)
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

    // Writes a table and gives the next: whether there is one decides if this one may be a file.
    private TableStream? Write(SourceRun run, TableStream rows, int index, string text, CancellationToken cancellation)
    {
        bool isDrawn = run.Render is not null && index == (run.Count ?? 1) - 1;
        var before = new HashSet<string>(run.Remarks);
        var drawing = new RenderedResult(isDrawn ? run.Render : null);
        TableStream? next = null;
        var view = new ResultView(run.Render?.Properties.GetValueOrDefault("title") ?? "query")
        {
            Explanation = text,
            Command = Command,
            Draw = drawing.Charts,
            IsDrawn = isDrawn,
            Remarks = () => [.. run.Remarks.Where(remark => index == 0 || !before.Contains(remark)), .. drawing.Remarks],
        };
        using (rows)
        using (ResultOutput result = ResultOutput.Open(output, terminal, rows.Schema, view))
        {
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

            // What was asked for is there: the rest of an answer is not waited for.
            next = result.IsFull && run.Count is null ? null : run.Next();
            RequireRoom(next is null ? null : index + 2);
            result.Complete();
            Unfinished(null);
            Report(view.Remarks(), result);
        }

        return next;
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
