using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>
/// Up to 2,048 rows of a result, or the arguments of a function, in DuckDB's own memory. Vectors and the spans they give
/// are valid until the chunk is disposed of (a function's arguments: until the function returns); after that the chunk and
/// its vectors throw. A span taken before then must not be used after it: nothing can check that.
/// </summary>
public sealed class DuckDbChunk : IDisposable
{
    private readonly IReadOnlyList<DuckDbType> _types;
    private readonly ChunkHandle? _handle;
    private nint _pointer;

    internal DuckDbChunk(ChunkHandle handle, IReadOnlyList<DuckDbType> types)
        : this(handle.DangerousGetHandle(), types) => _handle = handle;

    /// <summary>A chunk that someone else owns; its user disposes of this before the owner lets go.</summary>
    internal DuckDbChunk(nint pointer, IReadOnlyList<DuckDbType> types)
    {
        _pointer = pointer;
        _types = types;
        RowCount = checked((int)DuckDbNative.duckdb_data_chunk_get_size(pointer));
    }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount => _types.Count;

    /// <summary>The values of a column.</summary>
    /// <exception cref="ObjectDisposedException">The chunk was disposed of.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public DuckDbVector this[int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, _types.Count);
            RequireOpen();
            return new DuckDbVector(this, DuckDbNative.duckdb_data_chunk_get_vector(_pointer, (ulong)column), _types[column], RowCount);
        }
    }

    /// <summary>Gives the rows' memory back.</summary>
    public void Dispose()
    {
        _pointer = 0;
        _handle?.Dispose();
    }

    internal void RequireOpen() => ObjectDisposedException.ThrowIf(_pointer == 0, this);
}
