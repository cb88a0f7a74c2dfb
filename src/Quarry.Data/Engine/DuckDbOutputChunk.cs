using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>Rows to be written: up to <see cref="Capacity"/> at a time.</summary>
public readonly ref struct DuckDbOutputChunk
{
    private readonly nint _chunk;
    private readonly IReadOnlyList<DuckDbType> _types;

    internal DuckDbOutputChunk(nint chunk, IReadOnlyList<DuckDbType> types)
    {
        _chunk = chunk;
        _types = types;
    }

    /// <summary>The most rows: 2,048.</summary>
    public static int Capacity { get; } = checked((int)DuckDbNative.duckdb_vector_size());

    /// <summary>The number of columns.</summary>
    public int ColumnCount => _types.Count;

    /// <summary>The places of a column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public DuckDbVectorWriter this[int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(column);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, _types.Count);
            return new DuckDbVectorWriter(DuckDbNative.duckdb_data_chunk_get_vector(_chunk, (ulong)column), _types[column], Capacity);
        }
    }
}
