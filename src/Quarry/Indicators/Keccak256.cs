using System.Buffers.Binary;
using System.Numerics;

namespace Quarry.Indicators;

/// <summary>
/// Keccak-256 as Ethereum uses it: the competition's padding, not that of SHA-3 (FIPS 202), which .NET has. For messages of
/// one block.
/// </summary>
internal static class Keccak256
{
    /// <summary>The bytes of a hash.</summary>
    public const int HashSize = 32;

    private const int Rate = 136, Lanes = 25;

    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
        0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
        0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
        0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    private static ReadOnlySpan<byte> Rotations =>
        [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    private static ReadOnlySpan<byte> Permutation =>
        [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

    /// <summary>Hashes a message shorter than 136 bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(message.Length, Rate);
        Span<byte> block = stackalloc byte[Rate];
        block.Clear();
        message.CopyTo(block);
        block[message.Length] = 1;
        block[^1] |= 0x80;
        Span<ulong> state = stackalloc ulong[Lanes];
        state.Clear();
        for (int i = 0; i < Rate / sizeof(ulong); i++)
        {
            state[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(i * sizeof(ulong))..]);
        }

        foreach (ulong constant in RoundConstants)
        {
            Round(state, constant);
        }

        for (int i = 0; i < HashSize / sizeof(ulong); i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash[(i * sizeof(ulong))..], state[i]);
        }
    }

    private static void Round(Span<ulong> state, ulong constant)
    {
        Span<ulong> column = stackalloc ulong[5];
        for (int x = 0; x < 5; x++)
        {
            column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        }

        for (int i = 0; i < Lanes; i++)
        {
            state[i] ^= column[(i + 4) % 5] ^ BitOperations.RotateLeft(column[(i + 1) % 5], 1);
        }

        ulong lane = state[1];
        for (int i = 0; i < Rotations.Length; i++)
        {
            int to = Permutation[i];
            (state[to], lane) = (BitOperations.RotateLeft(lane, Rotations[i]), state[to]);
        }

        for (int y = 0; y < Lanes; y += 5)
        {
            state.Slice(y, 5).CopyTo(column);
            for (int x = 0; x < 5; x++)
            {
                state[y + x] = column[x] ^ (~column[(x + 1) % 5] & column[(x + 2) % 5]);
            }
        }

        state[0] ^= constant;
    }
}
