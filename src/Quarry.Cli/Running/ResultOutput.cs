using Quarry.Cli.Terminals;
using Quarry.Data.Files.Writers;
using Quarry.Tables;

namespace Quarry.Cli.Running;

/// <summary>Where a verb's rows go: a writer of the format that was asked for, to standard output or to a file.</summary>
internal sealed class ResultOutput : IDisposable
{
    /// <summary>How many rows a table for a terminal shows where no limit is given.</summary>
    public const long RowsOfTerminalTable = 1000;

    private readonly ITableWriter _writer;
    private readonly OutputFile? _file;
    private readonly string? _path;
    private readonly long _limit;

    private ResultOutput(ITableWriter writer, OutputFile? file, string? path, long limit)
    {
        _path = path;
        _writer = writer;
        _file = file;
        _limit = limit;
    }

    /// <summary>How many rows were written.</summary>
    public long Rows { get; private set; }

    /// <summary>Whether the limit was reached, so that nothing more will be written.</summary>
    public bool IsFull => Rows >= _limit;

    /// <summary>Opens what a request asks for.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="terminal">Where standard output is.</param>
    /// <param name="schema">The columns of the rows.</param>
    /// <param name="view">How a person is shown them.</param>
    public static ResultOutput Open(OutputRequest request, Terminal terminal, TableSchema schema, ResultView view)
    {
        if (request.Path is { } path)
        {
            OutputFile file = OutputFile.Create(path);
            try
            {
                return new ResultOutput(WriterTo(file, request, terminal, schema, view), file, path, request.Limit ?? long.MaxValue);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        if (request.Form == OutputForm.Table)
        {
            return new ResultOutput(new TerminalTable(terminal, schema, view), null, null, request.Limit ?? RowsOfTerminalTable);
        }

        Stream stream = terminal.OutputIsTerminal ? new SafeTextStream(terminal.Output) : terminal.Output;
        long usual = request.Form == OutputForm.Text && terminal.OutputIsTerminal ? RowsOfTerminalTable : long.MaxValue;
        return new ResultOutput(WriterTo(stream, request, terminal, schema, view), null, null, request.Limit ?? usual);
    }

    /// <summary>Writes rows, up to the limit.</summary>
    public void Write(Table table)
    {
        Table taken = table.RowCount <= _limit - Rows ? table : table.Slice(0, (int)(_limit - Rows));
        Naming(() => _writer.Write(taken));
        Rows += taken.RowCount;
    }

    /// <summary>Ends the document; a file gets its name.</summary>
    public void Complete()
    {
        Naming(_writer.Complete);
        _file?.Commit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _file?.Dispose();
    }

    private static ITableWriter WriterTo(OutputFile file, OutputRequest request, Terminal terminal, TableSchema schema, ResultView view) =>
        request is { Form: OutputForm.Rows, Format: OutputFormat.Parquet }
            ? TableWriters.Create(request.Format, file, schema)
            : WriterTo(file.Stream, request, terminal, schema, view);

    private static ITableWriter WriterTo(Stream stream, OutputRequest request, Terminal terminal, TableSchema schema, ResultView view) => request.Form switch
    {
        OutputForm.Html => new ReportOutput(stream, terminal.Report, schema, view),
        OutputForm.Text => new TextOutput(stream, schema, (table, writer) => view.WriteText!(table, writer, terminal.Width)),
        _ => TableWriters.Create(request.Format, stream, schema, new WriterOptions { GuardFormulas = request.GuardFormulas }),
    };

    // The error of the system names the temporary file, which is gone by the time the user looks for it.
    private void Naming(Action write)
    {
        try
        {
            write();
        }
        catch (IOException error) when (_path is not null && !ClosedPipe.Is(error))
        {
            string reason = error.Message.Split(" : '")[0].TrimEnd('.');
            throw new QuarryException($"Cannot write '{_path}': {reason}. What was there before is as it was.", error);
        }
    }
}
