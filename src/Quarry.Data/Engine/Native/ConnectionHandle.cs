using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>A connection. It keeps its database open, whichever is disposed of first.</summary>
internal sealed class ConnectionHandle : SafeHandle
{
    private readonly DatabaseHandle _parent;

    internal ConnectionHandle(nint pointer, DatabaseHandle parent)
        : base(pointer, ownsHandle: true)
    {
        bool added = false;
        parent.DangerousAddRef(ref added);
        _parent = parent;
    }

    /// <summary>The database.</summary>
    internal DatabaseHandle Database => _parent;

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.duckdb_disconnect(ref handle);
        _parent.DangerousRelease();
        return true;
    }
}
