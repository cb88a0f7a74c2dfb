using System.Runtime.InteropServices;

namespace Quarry.Data.Engine;

/// <summary>Where the elements of a list or the entries of a map stand in the vector's child.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct DuckDbListEntry
{
    internal DuckDbListEntry(ulong offset, ulong length)
    {
        Offset = offset;
        Length = length;
    }

    /// <summary>The row of the first element in the child.</summary>
    public ulong Offset { get; }

    /// <summary>The number of elements.</summary>
    public ulong Length { get; }
}
