using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary><c>duckdb_result</c>: five deprecated fields, never read here, and a pointer. Passed by value and by address.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    /// <summary>Deprecated: the number of columns.</summary>
    internal ulong ColumnCount;

    /// <summary>Deprecated: the number of rows.</summary>
    internal ulong RowCount;

    /// <summary>Deprecated: the number of rows changed.</summary>
    internal ulong RowsChanged;

    /// <summary>Deprecated: the columns.</summary>
    internal nint Columns;

    /// <summary>Deprecated: the error's message.</summary>
    internal nint ErrorMessage;

    /// <summary>DuckDB's own.</summary>
    internal nint Internal;
}
