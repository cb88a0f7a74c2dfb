namespace Quarry.Data.Engine.Native;

/// <summary>Chunks to be written.</summary>
internal static unsafe class NativeChunk
{
    /// <summary>A new, empty chunk, which the caller destroys.</summary>
    internal static nint Create(IReadOnlyList<DuckDbType> types)
    {
        LogicalTypeHandle[] handles = [.. types.Select(t => t.ToNative())];
        try
        {
            fixed (nint* pointers = handles.Select(h => h.DangerousGetHandle()).ToArray())
            {
                return DuckDbNative.duckdb_create_data_chunk(pointers, (ulong)handles.Length);
            }
        }
        finally
        {
            Array.ForEach(handles, h => h.Dispose());
        }
    }

    /// <summary>Refuses a number of rows that no chunk has.</summary>
    internal static void RequireRows(int rows)
    {
        if ((uint)rows > (uint)DuckDbOutputChunk.Capacity)
        {
            throw new InvalidOperationException($"A chunk has from 0 to {DuckDbOutputChunk.Capacity} rows, not {rows}.");
        }
    }
}
