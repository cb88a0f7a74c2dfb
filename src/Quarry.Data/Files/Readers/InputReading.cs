using Quarry.Tables;

namespace Quarry.Data.Files.Readers;

/// <summary>Reads planned files one after another into batches.</summary>
internal sealed class InputReading : IDisposable
{
    // A batch of many columns has fewer rows: nulls take memory, too.
    private const int MostCells = 4 << 20;

    private readonly InputOptions _options;
    private readonly ByteProgress _progress;
    private readonly ReadReport _report;
    private readonly CancellationTokenSource _stop;
    private readonly List<FilePlan> _plans = [];
    private IDisposable? _ahead;

    /// <summary>A reading of no files as yet.</summary>
    public InputReading(InputOptions options, ByteProgress progress, ReadReport report, CancellationToken cancellation)
    {
        _options = options;
        _progress = progress;
        _report = report;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    /// <summary>The bytes of all files, or null.</summary>
    public long? BytesTotal => _plans.Aggregate<FilePlan, long?>(0, (sum, plan) => sum + (plan.Source.IsEmpty ? 0 : plan.Source.Length));

    /// <summary>The formats of the files.</summary>
    public IReadOnlySet<FileFormat> Formats => _plans.Select(plan => plan.Format).ToHashSet();

    /// <summary>The name of the overflow column, where the stream has one.</summary>
    public string? OverflowName { get; private set; }

    /// <summary>What reads the Parquet files.</summary>
    public ParquetFiles Parquet { get; } = new();

    /// <summary>Adds a file.</summary>
    public void Add(FilePlan plan) => _plans.Add(plan);

    /// <summary>The stream of all rows.</summary>
    public TableStream Start()
    {
        TableSchema schema = InputSchema.Of(_plans, _options, out int overflow);
        OverflowName = overflow < 0 ? null : schema[overflow].Name;
        var sink = new RowSink(schema, overflow, _report);
        IEnumerable<TableBatch> batches = Batches(sink);
        if (_options.ReadAhead > 0)
        {
            var ahead = new ReadAhead<TableBatch>(batches, _options.ReadAhead, _stop.Token);
            _ahead = ahead;
            batches = ahead.Items();
        }

        return new TableStream(schema, batches, this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_stop.IsCancellationRequested)
        {
            _stop.Cancel();
        }

        _ahead?.Dispose();
        foreach (FilePlan plan in _plans)
        {
            plan.Source.Dispose();
        }

        Parquet.Dispose();
    }

    private IEnumerable<TableBatch> Batches(RowSink sink)
    {
        long first = 0;
        foreach (FilePlan plan in _plans)
        {
            using InputSource source = plan.Source;
            if (plan.Columns.Count == 0 && plan.IsWhole && !IsJsonToReport(plan))
            {
                continue;
            }

            IEnumerable<Table> tables = plan.Format == FileFormat.Parquet ? ReadParquet(plan, sink.Schema) : ReadText(plan, sink);
            foreach (Table table in tables)
            {
                yield return new TableBatch(table, first, source.Path);
                first += table.RowCount;
            }
        }
    }

    // JSON without a key still has rows, or what should be rows and is reported.
    private static bool IsJsonToReport(FilePlan plan) => plan is { Format: FileFormat.Json or FileFormat.Jsonl, Source.IsEmpty: false };

    private IEnumerable<Table> ReadText(FilePlan plan, RowSink sink)
    {
        using Stream text = plan.Source.OpenText(_report);
        IRowReader reader = Reader(plan, text, sink);
        while (Fill(reader, plan.Source, sink))
        {
            Table table = sink.Take();
            _report.AddRows(table.RowCount);
            yield return table;
        }

        plan.Source.ReportChange(_report);
    }

    // DuckDB reads the bytes: how far it is follows from the rows.
    private IEnumerable<Table> ReadParquet(FilePlan plan, TableSchema schema)
    {
        long rows = 0, bytes = 0, length = plan.Source.Length ?? 0;
        foreach (Table table in Parquet.Read(plan, schema, _options.BatchRows, _stop.Token))
        {
            rows += table.RowCount;
            _report.AddRows(table.RowCount);
            long now = (long)(length * Math.Min(1, rows / (double)Math.Max(1, plan.Rows)));
            _progress.Add(now - bytes);
            bytes = now;
            yield return table;
        }

        _progress.Add(length - bytes);
    }

    private bool Fill(IRowReader reader, InputSource source, RowSink sink)
    {
        try
        {
            int mostRows = Math.Clamp(MostCells / Math.Max(1, sink.Schema.Count), 1, _options.BatchRows);
            while (sink.Rows < mostRows && sink.Bytes < _options.BatchBytes && reader.ReadRow(sink))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw source.Failed(e);
        }

        return sink.Rows > 0;
    }

    private IRowReader Reader(FilePlan plan, Stream text, RowSink sink)
    {
        var buffer = new TextBuffer(text);
        return plan.Format switch
        {
            FileFormat.Lines => new LineReader(buffer, _options, _report),
            FileFormat.Text => new WholeTextReader(buffer, _options, _report),
            FileFormat.Csv or FileFormat.Tsv => new CsvReader(buffer, plan, sink, _options, _report),
            _ => new JsonReader(buffer, plan, sink, _options, _report),
        };
    }
}
