using Quarry.Data.Files.Readers;
using Quarry.Tables;

namespace Quarry.Data.Files;

/// <summary>
/// Files read as one stream of batches. The columns are those of all files by name; where a file has none of a column it is
/// null. Batches carry the file they come from and never mix two. Memory stays bounded however long the files are.
/// </summary>
public sealed class TableInput : IDisposable
{
    /// <summary>Marks a column that a file does not have.</summary>
    internal const int Missing = -1;

    /// <summary>Marks the overflow column.</summary>
    internal const int Overflow = -2;

    private readonly IDisposable _sources;
    private readonly Func<long> _bytesRead;

    private TableInput(TableStream stream, ReadReport report, long? bytesTotal, Func<long> bytesRead, IDisposable sources)
    {
        Stream = stream;
        Report = report;
        BytesTotal = bytesTotal;
        _bytesRead = bytesRead;
        _sources = sources;
    }

    /// <summary>The rows. Taking them begins the reading.</summary>
    public TableStream Stream { get; }

    /// <summary>What was read and what was not as it should be; complete when the stream has ended.</summary>
    public ReadReport Report { get; }

    /// <summary>The bytes of the files, as they lie on disk, read so far.</summary>
    public long BytesRead => _bytesRead();

    /// <summary>The bytes of all files; null where that is not known (standard input, pipes).</summary>
    public long? BytesTotal { get; }

    /// <summary>The formats of the files.</summary>
    internal IReadOnlySet<FileFormat> Formats { get; private init; } = new HashSet<FileFormat>();

    /// <summary>The name of the overflow column, where the stream has one.</summary>
    internal string? OverflowName { get; private init; }

    /// <summary>Opens files, globs and standard input (<see cref="InputPattern"/>) and looks at their beginnings for columns and types.</summary>
    /// <param name="patterns">What to read.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="QuarryException">A file is not there, is a directory, may not be read or is not of its format.</exception>
    /// <exception cref="UnknownColumnException">A column of <see cref="InputOptions.Columns"/> is in no file.</exception>
    public static TableInput Open(IEnumerable<string> patterns, InputOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new InputOptions();
        options.Validate();
        var progress = new ByteProgress();
        var report = new ReadReport(options.KeptMalformedRows);
        IReadOnlyList<InputFile> files = InputPattern.Resolve(patterns);
        var reading = new InputReading(options, progress, report, cancellation);
        try
        {
            int sampleBytes = Math.Max(options.SampleBytes / Math.Max(1, files.Count), Math.Min(options.SampleBytes, 256 << 10));
            foreach (InputFile file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                reading.Add(FileSample.Plan(new InputSource(file, options, progress, cancellation), options, sampleBytes, reading.Parquet, report));
            }

            TableStream stream = reading.Start();
            return new TableInput(stream, report, reading.BytesTotal, () => progress.Read, reading)
            {
                Formats = reading.Formats,
                OverflowName = reading.OverflowName,
            };
        }
        catch
        {
            reading.Dispose();
            throw;
        }
    }

    /// <summary>Rows that are in memory already, as an input.</summary>
    public static TableInput Of(Table table)
    {
        var report = new ReadReport();
        report.AddRows(table.RowCount);
        var stream = TableStream.Of(table);
        return new TableInput(stream, report, 0, () => 0, stream);
    }

    /// <inheritdoc/>
    public void Dispose() => _sources.Dispose();
}
