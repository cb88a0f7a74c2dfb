using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>A chunk of a result, whose vectors may lie in the database's own memory: it keeps the result alive.</summary>
internal sealed class ChunkHandle : SafeHandle
{
    private readonly ResultHandle _parent;

    internal ChunkHandle(nint pointer, ResultHandle parent)
        : base(pointer, ownsHandle: true)
    {
        bool added = false;
        parent.DangerousAddRef(ref added);
        _parent = parent;
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.duckdb_destroy_data_chunk(ref handle);
        _parent.DangerousRelease();
        return true;
    }
}
