using Quarry.Tables;

namespace Quarry.Data.Files;

/// <summary>How input is read.</summary>
public sealed record InputOptions
{
    /// <summary>The format of all files; null recognises each by its name, else by its content.</summary>
    public FileFormat? Format { get; init; }

    /// <summary>What a file without another format is read as: <see cref="FileFormat.Lines"/> or <see cref="FileFormat.Text"/>.</summary>
    public FileFormat PlainText { get; init; } = FileFormat.Lines;

    /// <summary>
    /// Whether text that looks delimited is read as csv or tsv where no name says so. Default: true. Raw logs may well have the
    /// same number of commas in every line.
    /// </summary>
    public bool RecogniseDelimited { get; init; } = true;

    /// <summary>Whether values become typed. Text unless told otherwise. Parquet keeps the types it has.</summary>
    public ValueTyping Typing { get; init; } = ValueTyping.Text;

    /// <summary>The only columns to read, which is cheaper; none means all. They come in the input's order.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The most bytes a csv row, a JSON record or a line may have: 64 MiB. What is longer is reported; a line is cut, at 16 MiB at the latest.</summary>
    public int LargestRow { get; init; } = 64 << 20;

    /// <summary>The most columns: 10,000, of JSON 1,000. JSON's further keys go to the overflow column; a longer csv header is an error.</summary>
    public int LargestColumnCount { get; init; } = 10_000;

    /// <summary>How much of each file, decompressed, is looked at for its columns and types: 4 MiB (shared by many files, at least 256 KiB each).</summary>
    public int SampleBytes { get; init; } = 4 << 20;

    /// <summary>The most rows of a batch.</summary>
    public int BatchRows { get; init; } = 65_536;

    /// <summary>The bytes of text at which a batch ends: 8 MiB.</summary>
    public int BatchBytes { get; init; } = 8 << 20;

    /// <summary>How many batches are read ahead on another thread; 0 reads on the caller's thread.</summary>
    public int ReadAhead { get; init; } = 2;

    /// <summary>How many malformed rows the report keeps (all are counted).</summary>
    public int KeptMalformedRows { get; init; } = 20;

    /// <summary>What <c>-</c> reads; null is the process's standard input.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>Columns that are there whether a file shows them or not: a key of JSON that turns up behind the sample is in its column.</summary>
    internal IReadOnlyList<string> KnownColumns { get; init; } = [];

    /// <summary>Types that text formats read columns by, whatever the sample says.</summary>
    internal IReadOnlyDictionary<string, ColumnType> KnownTypes { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>The name of the overflow column. It gets another where the input has one of that name.</summary>
    public const string OverflowColumn = "_extra";

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestRow, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LargestRow, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestColumnCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchBytes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ReadAhead);
        ArgumentOutOfRangeException.ThrowIfNegative(KeptMalformedRows);
    }
}
