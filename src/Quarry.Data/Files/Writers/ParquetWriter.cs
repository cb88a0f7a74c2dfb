using System.Collections.Concurrent;
using Quarry.Data.Engine;
using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>
/// Writes Apache Parquet, compressed with Zstandard, by DuckDB. Rows go to DuckDB as they are written, on another thread: no
/// more than a few tables are held.
/// </summary>
/// <remarks>Times are kept to the microsecond: Parquet's nanoseconds end in the year 2262.</remarks>
public sealed class ParquetWriter : ITableWriter
{
    private readonly BlockingCollection<Table> _tables = new(boundedCapacity: 2);
    private readonly CancellationTokenSource _abandoned = new();
    private readonly TableSchema _schema;
    private readonly Task _copying;
    private bool _completed;

    /// <summary>A writer to a file, which is written over.</summary>
    /// <param name="path">The file. DuckDB opens it by itself.</param>
    /// <param name="schema">The columns.</param>
    /// <exception cref="EngineException">Two columns' names differ in letter case alone, which DuckDB does not tell apart.</exception>
    public ParquetWriter(string path, TableSchema schema)
    {
        _schema = schema;
        _ = TableScans.Columns(new TableBuilder(schema).Build());
        _copying = Task.Factory.StartNew(() => Copy(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = _copying.ContinueWith(static (_, tables) => ((BlockingCollection<Table>)tables!).CompleteAdding(), _tables, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public void Write(Table table)
    {
        try
        {
            _tables.Add(table);
        }
        catch (InvalidOperationException)
        {
            // The other side has ended before its time: say why.
            Wait();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        _tables.CompleteAdding();
        Wait();
        _completed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_completed)
        {
            _abandoned.Cancel();
            _tables.CompleteAdding();
            _copying.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        }

        _tables.Dispose();
        _abandoned.Dispose();
    }

    private void Wait()
    {
        try
        {
            _copying.GetAwaiter().GetResult();
        }
        catch (EngineException error)
        {
            throw new QuarryException($"The parquet file could not be written: {error.Message}", error);
        }
    }

    private void Copy(string path)
    {
        using DuckDbDatabase database = DuckDbDatabase.OpenInMemory(new DuckDbOptions { AllowExternalAccess = true });
        using DuckDbConnection connection = database.Connect();
        var scan = new DuckDbTableScan
        {
            Columns = TableScans.Columns(new TableBuilder(_schema).Build()),
            Open = Filler,
        };
        connection.Register(new DuckDbTableFunction { Name = "quarry_rows", Bind = _ => scan });
        connection.Execute(
            $"COPY (SELECT * FROM quarry_rows()) TO '{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)",
            _abandoned.Token);
    }

    private DuckDbChunkFiller Filler(IReadOnlyList<int> columns)
    {
        IEnumerator<Table> tables = _tables.GetConsumingEnumerable(_abandoned.Token).GetEnumerator();
        DuckDbChunkFiller? current = null;
        return chunk =>
        {
            while (true)
            {
                if (current?.Invoke(chunk) is int rows and > 0)
                {
                    return rows;
                }

                if (!tables.MoveNext())
                {
                    return 0;
                }

                current = TableScans.Filler(tables.Current, columns);
            }
        };
    }
}
