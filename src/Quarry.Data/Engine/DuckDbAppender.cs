using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>
/// Adds rows to a table, fast: a value at a time with <see cref="Append(object?)"/> and its kin and <see cref="EndRow"/>, or by
/// columns with <see cref="Fill"/>. <see cref="Complete"/> ends it; without it the rows that DuckDB has not written yet are
/// dropped (it writes about 200,000 at a time: use a transaction where all or none is wanted).
/// </summary>
public sealed class DuckDbAppender : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly AppenderHandle _handle;
    private readonly DuckDbType[] _types;
    private nint _chunk;
    private int _row;
    private int _column;

    internal unsafe DuckDbAppender(DuckDbConnection connection, AppenderHandle handle)
    {
        _connection = connection;
        _handle = handle;
        _types = new DuckDbType[DuckDbNative.duckdb_appender_column_count(handle)];
        for (int i = 0; i < _types.Length; i++)
        {
            _types[i] = DuckDbType.Take(DuckDbNative.duckdb_appender_column_type(handle, (ulong)i));
        }

        _chunk = NativeChunk.Create(_types);
    }

    /// <summary>Lets go of the memory, where nobody did.</summary>
    ~DuckDbAppender() => FreeChunk();

    /// <summary>The types of the table's columns.</summary>
    public IReadOnlyList<DuckDbType> Types => _types;

    private DuckDbVectorWriter Current
    {
        get
        {
            RequireOpen();
            return _column < _types.Length
                ? new DuckDbOutputChunk(_chunk, _types)[_column]
                : throw new EngineException($"The row has {_types.Length} values already. End it with EndRow.");
        }
    }

    /// <summary>Adds a value to the row, as <see cref="DuckDbVectorWriter.SetValue"/> takes it.</summary>
    /// <exception cref="EngineException">It does not fit the column, or the row is full.</exception>
    public DuckDbAppender Append(object? value)
    {
        Current.SetValue(_row, value);
        _column++;
        return this;
    }

    /// <summary>Adds a text in UTF-8 to the row.</summary>
    /// <exception cref="EngineException">The bytes are not valid UTF-8, or the row is full.</exception>
    /// <exception cref="InvalidOperationException">The column is not VARCHAR.</exception>
    public DuckDbAppender AppendText(ReadOnlySpan<byte> utf8)
    {
        Current.SetText(_row, utf8);
        _column++;
        return this;
    }

    /// <summary>Adds a value of fixed size to the row, of the very type that <see cref="DuckDbTypeKind"/> names.</summary>
    /// <exception cref="EngineException">The row is full.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public DuckDbAppender AppendValue<T>(T value)
        where T : unmanaged
    {
        Current.Values<T>()[_row] = value;
        _column++;
        return this;
    }

    /// <summary>Ends the row.</summary>
    /// <exception cref="EngineException">It has too few values, or a full chunk is refused.</exception>
    public void EndRow()
    {
        RequireOpen();
        if (_column != _types.Length)
        {
            throw new EngineException($"The row has {_column} of {_types.Length} values.");
        }

        _column = 0;
        _row++;
        if (_row == DuckDbOutputChunk.Capacity)
        {
            Push();
        }
    }

    /// <summary>Adds rows by columns, as long as <paramref name="fill"/> gives any; a call that gives none ends it.</summary>
    /// <exception cref="EngineException">The rows are refused, or a row of <see cref="Append(object?)"/> was not ended.</exception>
    public void Fill(DuckDbChunkFiller fill)
    {
        RequireOpen();
        if (_column != 0)
        {
            throw new EngineException($"A row has {_column} of {_types.Length} values. End it before columns are added.");
        }

        Push();
        for (int rows = fill(new DuckDbOutputChunk(_chunk, _types)); rows != 0; rows = fill(new DuckDbOutputChunk(_chunk, _types)))
        {
            NativeChunk.RequireRows(rows);
            _row = rows;
            Push();
        }
    }

    /// <summary>Writes all rows to the table; nothing can be added after that.</summary>
    /// <exception cref="EngineException">They break a constraint of the table: none of those not yet written is in it then.</exception>
    public void Complete()
    {
        RequireOpen();
        if (_column != 0)
        {
            throw new EngineException($"The last row has {_column} of {_types.Length} values.");
        }

        Push();
        using (DuckDbConnection.Turn turn = _connection.Enter())
        {
            Check(DuckDbNative.duckdb_appender_close(_handle));
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FreeChunk();
        _handle.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Push()
    {
        if (_row == 0)
        {
            return;
        }

        using DuckDbConnection.Turn turn = _connection.Enter();
        DuckDbNative.duckdb_data_chunk_set_size(_chunk, (ulong)_row);
        _row = 0;
        int state = DuckDbNative.duckdb_append_data_chunk(_handle, _chunk);
        DuckDbNative.duckdb_data_chunk_reset(_chunk);
        Check(state);
    }

    private unsafe void Check(int state)
    {
        if (state != DuckDbNative.Success)
        {
            throw new EngineException(DuckDbNative.Text(DuckDbNative.duckdb_appender_error(_handle)) ?? "DuckDB did not take the rows.");
        }
    }

    private void FreeChunk()
    {
        if (_chunk != 0)
        {
            DuckDbNative.duckdb_destroy_data_chunk(ref _chunk);
        }
    }

    private void RequireOpen() => ObjectDisposedException.ThrowIf(_chunk == 0, this);
}
