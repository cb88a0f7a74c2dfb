using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>
/// <c>duckdb_string_t</c>, an entry of a vector of text or bytes: a length, then up to 12 bytes in place, or 4 bytes of
/// prefix and a pointer to all of them.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct NativeString
{
    /// <summary>The longest text that stands in the entry itself.</summary>
    internal const int MaxInlined = 12;

    private uint _length;
    private uint _prefix;
    private ulong _pointer;

    /// <summary>The bytes; valid as long as the entry's vector.</summary>
    [UnscopedRef]
    internal readonly unsafe ReadOnlySpan<byte> Bytes => _length <= MaxInlined
        ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<uint, byte>(ref Unsafe.AsRef(in _prefix)), (int)_length)
        : new ReadOnlySpan<byte>((void*)_pointer, checked((int)_length));

    /// <summary>Writes a text of at most <see cref="MaxInlined"/> bytes in place, padded with zeros as DuckDB compares it.</summary>
    internal void SetInlined(ReadOnlySpan<byte> bytes)
    {
        this = default;
        _length = (uint)bytes.Length;
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<uint, byte>(ref _prefix), MaxInlined));
    }
}
