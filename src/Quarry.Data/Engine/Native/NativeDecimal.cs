using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary><c>duckdb_decimal</c>: the value times 10 to the power of the scale.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeDecimal(byte width, byte scale, Int128 unscaled)
{
    /// <summary>The number of digits.</summary>
    internal readonly byte Width = width;

    /// <summary>How many of them stand behind the point.</summary>
    internal readonly byte Scale = scale;

    /// <summary>The digits.</summary>
    internal readonly NativeHugeint Unscaled = new(unscaled);
}
