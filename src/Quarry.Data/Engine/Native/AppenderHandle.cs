using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>An appender. It keeps its connection open. What was not written when it is let go of is dropped.</summary>
internal sealed class AppenderHandle : SafeHandle
{
    private readonly ConnectionHandle _parent;

    internal AppenderHandle(nint pointer, ConnectionHandle parent)
        : base(pointer, ownsHandle: true)
    {
        bool added = false;
        parent.DangerousAddRef(ref added);
        _parent = parent;
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        // Destroying alone would write what is left, from the finalizer's thread at worst.
        _ = DuckDbNative.duckdb_appender_clear(handle);
        _ = DuckDbNative.duckdb_appender_destroy(ref handle);
        _parent.DangerousRelease();
        return true;
    }
}
