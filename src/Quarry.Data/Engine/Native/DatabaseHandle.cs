using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>A database, the claim on its file and its temporary folder, which end when DuckDB has closed it.</summary>
internal sealed class DatabaseHandle : SafeHandle
{
    private readonly FileClaim? _claim;
    private readonly PrivateFolder? _temp;
    private readonly HashSet<string> _tableFunctions = new(StringComparer.OrdinalIgnoreCase);

    internal DatabaseHandle(nint pointer, FileClaim? claim, PrivateFolder? temp)
        : base(pointer, ownsHandle: true)
    {
        _claim = claim;
        _temp = temp;
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Takes a name for a table function: DuckDB would go on with the earlier one of the name without a word.</summary>
    internal bool TryAddTableFunction(string name)
    {
        lock (_tableFunctions)
        {
            return _tableFunctions.Add(name);
        }
    }

    protected override bool ReleaseHandle()
    {
        DuckDbNative.duckdb_close(ref handle);
        _claim?.Release();
        _temp?.Delete();
        return true;
    }
}
