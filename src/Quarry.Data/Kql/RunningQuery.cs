using System.Globalization;
using Quarry.Data.Engine;
using Quarry.Kql.Lowering;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>A statement of SQL that runs for a query, on a connection of its own.</summary>
internal sealed class RunningQuery : IDisposable
{
    private readonly KqlDatabase _database;
    private readonly LoweredQuery _lowered;
    private readonly KqlRunOptions _options;
    private readonly TimeSpan? _timeout;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _stop;
    private readonly DuckDbConnection _connection;
    private readonly QueryRun _run;
    private DuckDbResult? _result;

    /// <summary>Begins to run a query. What fails is thrown when rows are asked for.</summary>
    public RunningQuery(KqlDatabase database, LoweredQuery lowered, KqlRunOptions options, CancellationToken cancellation)
    {
        _database = database;
        _lowered = lowered;
        _options = options;
        _timeout = options.Timeout ?? database.Options.Timeout;
        _cancellation = cancellation;
        Schema = new TableSchema(lowered.Columns);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _connection = database.Connect();
        _run = database.Begin(_stop.Token);
        if (_timeout is { } timeout)
        {
            _stop.CancelAfter(timeout);
        }
    }

    /// <summary>The result's columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>What there is to know beside the rows.</summary>
    public IReadOnlyList<string> Remarks => [.. _lowered.Remarks, .. _run.Remarks];

    /// <summary>All rows.</summary>
    /// <exception cref="KqlException">The query failed or was stopped.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Table Gather()
    {
        try
        {
            Prepare();

            // Not as a stream: where several threads work, DuckDB may tell a stream only that it failed, not why.
            using DuckDbResult result = _connection.Query(_lowered.Sql, _stop.Token);
            return Table.Concat(Schema, ResultReader.Batches(result, Schema).Select(batch => batch.Table));
        }
        catch (Exception error)
        {
            throw Explain(error);
        }
    }

    /// <summary>The rows as they are made.</summary>
    /// <inheritdoc cref="Gather" path="/exception"/>
    public IEnumerable<TableBatch> Batches()
    {
        IEnumerator<TableBatch>? batches = null;
        try
        {
            while (Next(ref batches))
            {
                yield return batches!.Current;
            }
        }
        finally
        {
            batches?.Dispose();
            End();
        }
    }

    /// <summary>Stops it, and lets go of everything.</summary>
    public void Dispose()
    {
        End();
        _connection.Dispose();
        _database.End(_run);
        _stop.Dispose();
    }

    // Scans tell what they saw when DuckDB lets go of them.
    private void End()
    {
        _result?.Dispose();
        _result = null;
    }

    private bool Next(ref IEnumerator<TableBatch>? batches)
    {
        try
        {
            if (batches is null)
            {
                Prepare();
                _result = _connection.Stream(_lowered.Sql, _stop.Token);
                batches = ResultReader.Batches(_result, Schema).GetEnumerator();
            }

            return batches.MoveNext();
        }
        catch (Exception error)
        {
            throw Explain(error);
        }
    }

    private void Prepare()
    {
        _database.Ensure(_connection, [.. _lowered.Functions, .. _lowered.Aggregates]);
        foreach ((string sqlName, string name) in _lowered.Tables)
        {
            _database.Open(_connection, _run, _options, sqlName, name);
        }
    }

    private Exception Explain(Exception error)
    {
        if (_cancellation.IsCancellationRequested)
        {
            return error as OperationCanceledException ?? new OperationCanceledException("The query was cancelled.", error, _cancellation);
        }

        if (_stop.IsCancellationRequested && _timeout is { } timeout)
        {
            return new KqlException(string.Create(
                CultureInfo.InvariantCulture,
                $"The query was stopped after {timeout.TotalSeconds:0.###} s: that is the time it was given. Let it read fewer rows, for example by a time range first, or give it more time."), error);
        }

        if (_run.Failure is { } failure)
        {
            return failure is QuarryException ? new KqlException(failure.Message, failure) : failure;
        }

        if (error is not EngineException)
        {
            return error;
        }

        string reason = error.Message.Split('\n')[0];
        return error.Message.Contains("Out of Memory", StringComparison.Ordinal)
            ? new KqlException($"The query was stopped: it needs more memory than it may have{Limit()}. Let it read fewer rows or columns, or give it more memory or room in its temporary folder. ({reason})", error)
            : new KqlException($"The query failed: {reason}", error);
    }

    private string Limit() => _database.Options.MemoryLimit is { } limit
        ? string.Create(CultureInfo.InvariantCulture, $" ({limit / (1024.0 * 1024):0.#} MiB)")
        : "";
}
