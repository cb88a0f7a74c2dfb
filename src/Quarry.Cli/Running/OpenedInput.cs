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
