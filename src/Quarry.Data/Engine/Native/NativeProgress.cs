using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary><c>duckdb_query_progress_type</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeProgress
{
    /// <summary>From 0 to 100, or -1 where it is not known.</summary>
    internal readonly double Percentage;

    /// <summary>The rows worked on so far.</summary>
    internal readonly ulong RowsProcessed;

    /// <summary>The rows to work on, estimated.</summary>
    internal readonly ulong TotalRows;
}
