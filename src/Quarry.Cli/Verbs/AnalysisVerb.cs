using System.CommandLine;
using System.Globalization;
using Quarry.Catalogue;
using Quarry.Cli.Running;
using Quarry.Cli.Terminals;
using Quarry.Data.Files;
using Quarry.Data.Sources;
using Quarry.Tables;

namespace Quarry.Cli.Verbs;

/// <summary>A verb made from the catalogue's description of an analysis: reads tables, runs it, writes its rows.</summary>
internal class AnalysisVerb
{
    private readonly Analysis _analysis;
    private readonly AnalysisOptions _options;

    /// <summary>The verb of an analysis.</summary>
    public AnalysisVerb(Analysis analysis)
    {
        _analysis = analysis;
        _options = new AnalysisOptions(analysis);
    }

    private readonly SourceOptions _source = new();

    /// <summary>The options every verb has.</summary>
    protected CommonOptions Common { get; } = new();

    /// <summary>What plain text is read as.</summary>
    protected virtual FileFormat PlainText => FileFormat.Lines;

    /// <summary>The command.</summary>
    /// <param name="terminals">Makes the terminal; its argument says whether colours were refused.</param>
    public virtual Command Create(Func<bool, Terminal> terminals)
    {
        var command = new Command(_analysis.Name, _analysis.Summary);
        Common.AddInputTo(command, _analysis.TakesOneString, _analysis.TakesColumns);
        _options.AddTo(command);
        Common.AddOutputTo(command, _analysis.HasText);
        _source.AddTo(command);
        _source.AddRowsTo(command);
        _source.AddAskingTo(command);
        HelpWithExamples.AddTo(command, _analysis.Examples, OutputHelp());
        Guarded.SetAction(command, terminals, Common.NoColor, Run);
        return command;
    }

    /// <summary>Runs the verb.</summary>
    protected virtual int Run(ParseResult parsed, Terminal terminal, Interruption interruption)
    {
        object options = ReadOptions(parsed);
        var output = OutputRequest.Of(parsed, Common, terminal, _analysis.HasText, _analysis.IsText(options));
        if (_source.IsGiven(parsed))
        {
            return RunAtSource(parsed, options, output, terminal, interruption);
        }

        var inputRequest = InputRequest.Of(parsed, Common, terminal);
        var remarks = new List<string>();
        var context = new AnalysisContext
        {
            Columns = inputRequest.Columns,
            Threads = inputRequest.Threads,
            Remark = remarks.Add,
            Cancellation = interruption.Token,
        };

        using OpenedInput input = inputRequest.Open(PlainText, _analysis.ReadsLines, terminal, interruption.Token);
        using TableStream result = _analysis.Run(input.WithTextColumn(interruption.Token), options, context);
        ResultView view = View(parsed, options, result.Schema, () => [.. input.Remarks, .. remarks]);
        using ResultOutput rows = ResultOutput.Open(output, terminal, result.Schema, view);
        interruption.Unfinished = rows;
        bool quiet = parsed.GetValue(Common.Quiet);
        using (Progress(terminal, quiet, output, input, rows))
        {
            Write(result, rows, interruption);
        }

        Complete(rows, quiet ? input.Faults : view.Remarks(), quiet, terminal, interruption);
        return input.Faults.Count == 0 && !input.NothingWasReadable ? ExitCode.Done : ExitCode.Failed;
    }

    // What can be done where the rows are is done there; for the rest they are fetched.
    private int RunAtSource(ParseResult parsed, object options, OutputRequest output, Terminal terminal, Interruption interruption)
    {
        if (parsed.GetValue(Common.Inputs) is { Length: > 0 } || (_analysis.TakesOneString && parsed.GetValue(Common.Text) is not null))
        {
            throw new UsageException("INPUT and --text are here, and --source asks a service: give either.");
        }

        var remarks = new List<string>();
        var context = new AnalysisContext
        {
            Columns = _analysis.TakesColumns ? parsed.GetValue(Common.Columns) ?? [] : [],
            Remark = remarks.Add,
            Cancellation = interruption.Token,
        };
        SourceQuery asked = _source.Asking(parsed, engine: null, progress: null) with { Text = _source.Rows(parsed) };
        using var opened = new SourceRows(_source.Connect(parsed, terminal, engine: null, interruption.Token), asked);
        TableStream result = opened.Run(_analysis, options, context);
        ResultView view = View(parsed, options, result.Schema, () => [.. opened.Remarks, .. remarks]);
        using ResultOutput rows = ResultOutput.Open(output, terminal, result.Schema, view);
        interruption.Unfinished = rows;
        Write(result, rows, interruption);
        bool quiet = parsed.GetValue(Common.Quiet);
        Complete(rows, quiet ? [] : view.Remarks(), quiet, terminal, interruption);
        return opened.IsPartial ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Write(TableStream result, ResultOutput rows, Interruption interruption)
    {
        foreach (TableBatch batch in result.TakeBatches())
        {
            interruption.Token.ThrowIfCancellationRequested();
            rows.Write(batch.Table);
            if (rows.IsFull)
            {
                break;
            }
        }
    }

    private static void Complete(ResultOutput rows, IEnumerable<string> remarks, bool quiet, Terminal terminal, Interruption interruption)
    {
        rows.Complete();
        interruption.Unfinished = null;
        Report(terminal, remarks);
        if (rows.IsFull && !quiet)
        {
            terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"quarry: stopped at {rows.Rows:N0} rows; --limit 0 gives all"));
        }
    }

    /// <summary>The options record that the command line means.</summary>
    protected virtual object ReadOptions(ParseResult parsed) => _options.Read(parsed);

    private ResultView View(ParseResult parsed, object options, TableSchema schema, Func<IReadOnlyList<string>> remarks) => new(_analysis.Name)
    {
        IsText = _analysis.IsText(options),
        Explanation = _analysis.Summary,
        Command = CommandLines.Of(parsed),
        Headline = _analysis.HeadlineOf?.Invoke(schema) ?? _analysis.Headline,
        Draw = table => _analysis.Draw(table, options),
        WriteText = _analysis.HasText ? (table, writer, width) => _analysis.WriteText(table, options, writer, width) : null,
        Remarks = remarks,
    };

    private static void Report(Terminal terminal, IEnumerable<string> remarks)
    {
        foreach (string remark in remarks)
        {
            terminal.Error.WriteLine($"quarry: {SafeText.Escape(remark)}");
        }
    }

    private static ProgressLine? Progress(Terminal terminal, bool quiet, OutputRequest output, OpenedInput input, ResultOutput rows)
    {
        // Rows that scroll past on the same terminal say enough of the progress.
        bool alone = output.Path is not null || output.Form != OutputForm.Rows || !terminal.OutputIsTerminal;
        return terminal.ErrorIsTerminal && !quiet && alone
            ? new ProgressLine(
                terminal.Error,
                () => input.Bytes,
                () => string.Create(CultureInfo.InvariantCulture, $"{rows.Rows:N0} rows found"),
                terminal.Width)
            : null;
    }

    private string OutputHelp()
    {
        string columns = string.Join(", ", _analysis.Output.Select(c => c.Name));
        return $"Columns of the output: {columns}.\nExit code: 0 done, 1 failed, 2 used wrongly.";
    }
}
