using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>A logical type.</summary>
internal sealed class LogicalTypeHandle : SafeHandle
{
    internal LogicalTypeHandle(nint pointer, bool owns = true)
        : base(pointer, owns)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.duckdb_destroy_logical_type(ref handle);
        return true;
    }
}
