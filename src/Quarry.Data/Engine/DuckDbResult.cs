using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>
/// The rows of a statement, read once, from first to last, in chunks of up to 2,048. Not safe to use from several threads
/// at once.
/// </summary>
public sealed class DuckDbResult : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly ResultHandle _handle;
    private readonly Interruption? _interruption;
    private readonly DuckDbType[] _types;
    private bool _over;
    private bool _disposed;

    internal unsafe DuckDbResult(DuckDbConnection connection, ResultHandle handle, Interruption? interruption)
    {
        _connection = connection;
        _handle = handle;
        _interruption = interruption;
        var columns = new DuckDbColumn[DuckDbNative.duckdb_column_count(handle.Pointer)];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = new DuckDbColumn(
                DuckDbNative.Text(DuckDbNative.duckdb_column_name(handle.Pointer, (ulong)i)) ?? "",
                DuckDbType.Take(DuckDbNative.duckdb_column_logical_type(handle.Pointer, (ulong)i)));
        }

        Columns = columns;
        _types = [.. columns.Select(c => c.Type)];
        RowsChanged = (long)DuckDbNative.duckdb_rows_changed(handle.Pointer);
    }

    /// <summary>Names and types of the columns. Names need not differ.</summary>
    public IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>The rows that an INSERT, UPDATE or DELETE changed; 0 for other statements.</summary>
    public long RowsChanged { get; }

    /// <summary>Whether the rows are made as they are read.</summary>
    public bool IsStream => _interruption is not null;

    /// <summary>The next rows, which the caller disposes of, or null after the last.</summary>
    /// <exception cref="EngineException">The statement of a stream fails.</exception>
    /// <exception cref="OperationCanceledException">The stream's token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The result was disposed of.</exception>
    public DuckDbChunk? Fetch()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_over)
        {
            return null;
        }

        nint pointer = Next();
        if (pointer == 0)
        {
            End();
            return null;
        }

        return new DuckDbChunk(new ChunkHandle(pointer, _handle), _types);
    }

    /// <summary>The rows left, a chunk at a time; each is disposed of when the next is asked for.</summary>
    /// <inheritdoc cref="Fetch" path="/exception"/>
    public IEnumerable<DuckDbChunk> Chunks()
    {
        while (Fetch() is { } chunk)
        {
            using (chunk)
            {
                yield return chunk;
            }
        }
    }

    /// <summary>The rows left, each as objects (see <see cref="DuckDbVector.GetValue"/>). Convenient, not fast.</summary>
    /// <inheritdoc cref="Fetch" path="/exception"/>
    public IEnumerable<object?[]> Rows()
    {
        foreach (DuckDbChunk chunk in Chunks())
        {
            for (int row = 0; row < chunk.RowCount; row++)
            {
                var values = new object?[chunk.ColumnCount];
                for (int column = 0; column < values.Length; column++)
                {
                    values[column] = chunk[column].GetValue(row);
                }

                yield return values;
            }
        }
    }

    /// <summary>Lets go of the rows. Chunks given out before stay valid until they are disposed of.</summary>
    public void Dispose()
    {
        _disposed = true;
        End();
        _handle.Dispose();
    }

    private unsafe nint Next()
    {
        if (!IsStream)
        {
            return DuckDbNative.duckdb_fetch_chunk(*_handle.Pointer);
        }

        using DuckDbConnection.Turn turn = _connection.Enter(this);
        nint pointer = DuckDbNative.duckdb_fetch_chunk(*_handle.Pointer);
        if (pointer == 0 && DuckDbNative.duckdb_result_error(_handle.Pointer) is not null)
        {
            Exception error = NativeError.Of(_handle, _interruption!.Token, _connection.WasInterrupted);
            End();
            throw error;
        }

        return pointer;
    }

    private void End()
    {
        _over = true;
        _interruption?.Dispose();
        _connection.End(this);
    }
}
