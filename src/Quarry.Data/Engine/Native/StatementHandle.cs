using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>A prepared statement. It keeps its connection open.</summary>
internal sealed class StatementHandle : SafeHandle
{
    private readonly ConnectionHandle _parent;

    internal StatementHandle(nint pointer, ConnectionHandle parent)
        : base(pointer, ownsHandle: true)
    {
        bool added = false;
        parent.DangerousAddRef(ref added);
        _parent = parent;
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.duckdb_destroy_prepare(ref handle);
        _parent.DangerousRelease();
        return true;
    }
}
