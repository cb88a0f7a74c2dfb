using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>A result, in memory of its own because DuckDB takes it by address. It keeps its connection open.</summary>
internal sealed unsafe class ResultHandle : SafeHandle
{
    private readonly ConnectionHandle _parent;

    internal ResultHandle(ConnectionHandle parent)
        : base(0, ownsHandle: true)
    {
        bool added = false;
        parent.DangerousAddRef(ref added);
        _parent = parent;
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(NativeResult)));
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The address; whoever uses it holds a reference to the handle.</summary>
    internal NativeResult* Pointer => (NativeResult*)handle;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.duckdb_destroy_result(Pointer);
        NativeMemory.Free(Pointer);
        _parent.DangerousRelease();
        return true;
    }
}
