using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>A single value.</summary>
internal sealed class ValueHandle : SafeHandle
{
    internal ValueHandle(nint pointer, bool owns = true)
        : base(pointer, owns)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.duckdb_destroy_value(ref handle);
        return true;
    }
}
