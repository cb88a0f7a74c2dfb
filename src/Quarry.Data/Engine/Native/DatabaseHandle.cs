using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>A database, the claim on its file and its temporary folder, which end when DuckDB has closed it.</summary>
internal sealed class DatabaseHandle : SafeHandle
{
    private readonly FileClaim? _claim;
    private readonly PrivateFolder? _temp;

    internal DatabaseHandle(nint pointer, FileClaim? claim, PrivateFolder? temp)
        : base(pointer, ownsHandle: true)
    {
        _claim = claim;
        _temp = temp;
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.duckdb_close(ref handle);
        _claim?.Release();
        _temp?.Delete();
        return true;
    }
}
