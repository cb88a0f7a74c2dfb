using Quarry.Data.Files;
using Quarry.Tables;

namespace Quarry.Cli.Running;

/// <summary>The rows that a verb works on, and what is known of how they are read.</summary>
internal sealed class OpenedInput : IDisposable
{
    /// <summary>The column that a string given by --text stands in.</summary>
    public const string TextColumn = "text";

    private readonly TableInput? _files;

    private OpenedInput(TableStream stream, TableInput? files)
    {
        Stream = stream;
        _files = files;
    }

    /// <summary>The rows.</summary>
    public TableStream Stream { get; }

    /// <summary>Sentences about what was not as it should be; complete when all rows were taken.</summary>
    public IEnumerable<string> Remarks => _files?.Report.Describe() ?? [];

    /// <summary>Sentences about files that could not be read to their end; complete when all rows were taken.</summary>
    public IReadOnlyList<string> Faults => _files?.Report.Faults ?? [];

    /// <summary>How many bytes were read, and of how many if that is known.</summary>
    public (long Done, long? Total) Bytes => (_files?.BytesRead ?? 0, _files?.BytesTotal);

    /// <summary>Whether there is not a column, but something that should have been rows: the format is another one.</summary>
    public bool NothingWasReadable => Stream.Schema.Count == 0 && _files is { Report.MalformedRows: > 0 };

    /// <summary>
    /// The rows, for work that needs a column of text. Empty files have none at all, nor has JSON without a key: they are
    /// read for what there is to report, and stand for a table without rows.
    /// </summary>
    public TableStream WithTextColumn(CancellationToken cancellation)
    {
        if (Stream.Schema.Count > 0)
        {
            return Stream;
        }

        foreach (TableBatch _ in Stream.TakeBatches())
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return TableStream.Of(new TableBuilder((TextColumn, ColumnType.String)).Build());
    }

    /// <summary>Opens files.</summary>
    public static OpenedInput Of(TableInput files) => new(files.Stream, files);

    /// <summary>A table of one row: the string.</summary>
    public static OpenedInput Of(string text) =>
        new(TableStream.Of(new TableBuilder((TextColumn, ColumnType.String)).AddRow(text).Build()), null);

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        _files?.Dispose();
    }
}
