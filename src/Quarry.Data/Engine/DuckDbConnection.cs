using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>
/// A connection: runs one statement at a time. While a stream of it is open it refuses another statement, which would end
/// the stream. Only <see cref="Interrupt"/> and <see cref="Progress"/> may be used from other threads.
/// </summary>
public sealed class DuckDbConnection : IDisposable
{
    private readonly ConnectionHandle _handle;
    private DuckDbResult? _stream;
    private int _busy;
    private volatile bool _disposed;
    private volatile bool _interrupted;

    internal DuckDbConnection(ConnectionHandle handle) => _handle = handle;

    /// <summary>How far the running statement is. DuckDB measures how much of the tables and files was read.</summary>
    public DuckDbProgress Progress
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            NativeProgress progress = DuckDbNative.duckdb_query_progress(_handle);
            double? fraction = progress.Percentage < 0 ? null : Math.Min(1, progress.Percentage / 100);
            return new DuckDbProgress(fraction, progress.RowsProcessed, progress.TotalRows);
        }
    }

    /// <summary>DuckDB's connection.</summary>
    internal ConnectionHandle Handle => _handle;

    /// <summary>Whether <see cref="Interrupt"/> was called since the last statement began.</summary>
    internal bool WasInterrupted => _interrupted;

    /// <summary>Runs any number of statements, divided by semicolons, and gives the number of rows the last one changed.</summary>
    /// <exception cref="EngineException">One fails; those before it stay done.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the connection can be used on.</exception>
    /// <exception cref="InvalidOperationException">A stream of the connection is open, or another thread uses it.</exception>
    public long Execute(string sql, CancellationToken cancellation = default)
    {
        using DuckDbResult result = Query(sql, cancellation);
        return result.RowsChanged;
    }

    /// <summary>Runs statements and holds the last one's whole result in DuckDB's memory. The connection is free at once.</summary>
    /// <inheritdoc cref="Execute" path="/exception"/>
    public unsafe DuckDbResult Query(string sql, CancellationToken cancellation = default)
    {
        NativeText.RequireNoNul(sql, "statement");
        return Run(cancellation, result => DuckDbNative.duckdb_query(_handle, sql, result.Pointer));
    }

    /// <summary>
    /// Runs one statement and gives its rows as they are made, in bounded memory. The connection is busy until the last
    /// row is read or the result is disposed of; the token is heeded until then.
    /// </summary>
    /// <inheritdoc cref="Execute" path="/exception"/>
    public DuckDbResult Stream(string sql, CancellationToken cancellation = default)
    {
        using DuckDbStatement statement = Prepare(sql);
        return statement.Stream(cancellation);
    }

    /// <summary>Prepares one statement, with parameters as <c>?</c>, <c>$1</c> or <c>$name</c>.</summary>
    /// <exception cref="EngineException">It is not a statement, or more than one.</exception>
    /// <exception cref="InvalidOperationException">A stream of the connection is open, or another thread uses it.</exception>
    public unsafe DuckDbStatement Prepare(string sql)
    {
        NativeText.RequireNoNul(sql, "statement");
        using Turn turn = Enter();
        int state = DuckDbNative.duckdb_prepare(_handle, sql, out nint pointer);
        var statement = new StatementHandle(pointer, _handle);
        if (state != DuckDbNative.Success)
        {
            string? error = pointer == 0 ? null : DuckDbNative.Text(DuckDbNative.duckdb_prepare_error(statement));
            statement.Dispose();
            throw new EngineException(error ?? "DuckDB could not prepare the statement.");
        }

        return new DuckDbStatement(this, statement);
    }

    /// <summary>Begins to append rows to a table that is there.</summary>
    /// <param name="table">The table's name, as it is (not quoted).</param>
    /// <param name="schema">The schema's name, or null for the current one.</param>
    /// <exception cref="EngineException">There is no such table.</exception>
    /// <exception cref="InvalidOperationException">A stream of the connection is open, or another thread uses it.</exception>
    public unsafe DuckDbAppender CreateAppender(string table, string? schema = null)
    {
        NativeText.RequireNoNul(table, "name of the table");
        using Turn turn = Enter();
        int state = DuckDbNative.duckdb_appender_create_ext(_handle, null, schema, table, out nint pointer);
        var appender = new AppenderHandle(pointer, _handle);
        if (state != DuckDbNative.Success)
        {
            string? error = pointer == 0 ? null : DuckDbNative.Text(DuckDbNative.duckdb_appender_error(appender));
            appender.Dispose();
            throw new EngineException(error ?? $"DuckDB could not append to '{table}'.");
        }

        return new DuckDbAppender(this, appender);
    }

    /// <summary>Makes a function known to SQL, in every connection of the database. A name can have several signatures.</summary>
    /// <exception cref="EngineException">DuckDB does not accept it.</exception>
    /// <exception cref="InvalidOperationException">A stream of the connection is open, or another thread uses it.</exception>
    public void Register(DuckDbScalarFunction function)
    {
        using Turn turn = Enter();
        ScalarFunctionCallbacks.Register(_handle, function);
    }

    /// <summary>Makes a table function known to SQL, in every connection of the database, for good.</summary>
    /// <exception cref="EngineException">One of its name was registered before, or DuckDB does not accept it.</exception>
    /// <exception cref="InvalidOperationException">A stream of the connection is open, or another thread uses it.</exception>
    public void Register(DuckDbTableFunction function)
    {
        using Turn turn = Enter();
        TableFunctionCallbacks.Register(_handle, function);
    }

    /// <summary>Ends the running statement, which then throws <see cref="OperationCanceledException"/>. From any thread.</summary>
    public void Interrupt()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _interrupted = true;
        DuckDbNative.duckdb_interrupt(_handle);
    }

    /// <summary>Ends the connection. Results stay readable until they are disposed of.</summary>
    public void Dispose()
    {
        _disposed = true;
        _handle.Dispose();
    }

    /// <summary>Runs a call that fills a result.</summary>
    internal unsafe DuckDbResult Run(CancellationToken cancellation, Func<ResultHandle, int> call)
    {
        using Turn turn = Enter();
        using var interruption = new Interruption(_handle, cancellation);
        return Finish(call, interruption, streams: false);
    }

    /// <summary>Runs a call that fills a result whose rows are made as they are read.</summary>
    internal DuckDbResult RunStream(CancellationToken cancellation, Func<ResultHandle, int> call)
    {
        using Turn turn = Enter();
        var interruption = new Interruption(_handle, cancellation);
        try
        {
            return _stream = Finish(call, interruption, streams: true);
        }
        catch
        {
            interruption.Dispose();
            throw;
        }
    }

    /// <summary>Takes the connection for one call, refusing where another has it.</summary>
    internal Turn Enter(DuckDbResult? stream = null)
    {
        ObjectDisposedException.ThrowIf(_disposed && stream is null, this);
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            throw new InvalidOperationException(
                "Another thread runs a statement on this connection. Open a connection for each thread: DuckDbDatabase.Connect.");
        }

        if (_stream is not null && _stream != stream)
        {
            Volatile.Write(ref _busy, 0);
            throw new InvalidOperationException(
                "A stream of this connection is open, and another statement would end it. Read it to its end or dispose of it first, "
                + "or open another connection: DuckDbDatabase.Connect.");
        }

        return new Turn(this);
    }

    /// <summary>Frees the connection of a stream that is over.</summary>
    internal void End(DuckDbResult stream) => Interlocked.CompareExchange(ref _stream, null, stream);

    private unsafe DuckDbResult Finish(Func<ResultHandle, int> call, Interruption interruption, bool streams)
    {
        _interrupted = false;
        var handle = new ResultHandle(_handle);
        try
        {
            return call(handle) == DuckDbNative.Success
                ? new DuckDbResult(this, handle, streams ? interruption : null)
                : throw NativeError.Of(handle, interruption.Token, WasInterrupted);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The use of the connection by one call.</summary>
    internal readonly ref struct Turn(DuckDbConnection connection)
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => Volatile.Write(ref connection._busy, 0);
    }
}
