namespace Quarry.Signatures;

/// <summary>A matrix of 64 by 64 bits: row i is word i, column j its bit j.</summary>
internal static class BitMatrix
{
    /// <summary>Exchanges rows and columns in place.</summary>
    /// <param name="words">The 64 words.</param>
    /// <remarks>By halves, quarters, and so on, as in Warren, Hacker's Delight, second edition, section 7-3.</remarks>
    public static void Transpose(Span<ulong> words)
    {
        ulong mask = 0x00000000FFFFFFFF;
        for (int width = 32; width != 0; width >>= 1, mask ^= mask << width)
        {
            for (int i = 0; i < 64; i = (i + width + 1) & ~width)
            {
                ulong swapped = ((words[i] >> width) ^ words[i + width]) & mask;
                words[i] ^= swapped << width;
                words[i + width] ^= swapped;
            }
        }
    }
}
