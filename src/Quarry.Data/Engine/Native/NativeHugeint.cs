using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary><c>duckdb_hugeint</c> and <c>duckdb_uhugeint</c>: 128 bits, the lower half first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeHugeint(Int128 value)
{
    /// <summary>The lower 64 bits.</summary>
    internal readonly ulong Lower = (ulong)(UInt128)value;

    /// <summary>The upper 64 bits.</summary>
    internal readonly long Upper = (long)(value >> 64);
}
