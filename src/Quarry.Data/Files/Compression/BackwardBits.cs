using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Quarry.Data.Files.Compression;

/// <summary>
/// Bits read from the last to the first, as Zstandard's entropy streams are (RFC 8878, section 4.1). Running past
/// the first bit makes <see cref="Left"/> negative; whoever reads asks once a round, not once a bit.
/// </summary>
/// <remarks>
/// Reading loads eight bytes that end at the current position, so at least <see cref="Padding"/> readable bytes must
/// stand before the stream. What they hold does not matter: it can only reach an answer that is then refused.
/// </remarks>
internal unsafe struct BackwardBits
{
    /// <summary>The bytes that must be readable before the first byte of a stream.</summary>
    public const int Padding = 32;

    private readonly byte* _start;

    /// <summary>Opens a stream of <paramref name="length"/> bytes.</summary>
    /// <exception cref="CompressedDataException">The stream is empty or lacks its end mark.</exception>
    public BackwardBits(byte* start, int length)
    {
        if (length <= 0 || start[length - 1] == 0)
        {
            throw new CompressedDataException("an entropy stream lacks its end mark");
        }

        _start = start;
        Left = (length * 8) - (BitOperations.LeadingZeroCount((uint)start[length - 1]) - 24) - 1;
    }

    /// <summary>The number of bits not read yet, negative where more were taken than there are.</summary>
    public int Left { get; private set; }

    /// <summary>The next bits, the next one topmost: at least 57 of them are good.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong Window()
    {
        int end = (Left + 7) >> 3;
        ulong bytes = Unsafe.ReadUnaligned<ulong>(_start + end - 8);
        if (!BitConverter.IsLittleEndian)
        {
            bytes = BinaryPrimitives.ReverseEndianness(bytes);
        }

        return bytes << ((end << 3) - Left);
    }

    /// <summary>The topmost <paramref name="count"/> bits of a window; zero bits are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Top(ulong window, int count) => (uint)((window >> 1) >> (63 - count));

    /// <summary>Takes bits away that a window has shown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count) => Left -= count;

    /// <summary>Reads at most 57 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Read(int count)
    {
        uint value = Top(Window(), count);
        Left -= count;
        return value;
    }
}
