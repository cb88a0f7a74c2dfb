using System.Numerics;

namespace Quarry.Data.Files.Compression;

/// <summary>One state of a Finite State Entropy table: the value it stands for and the way to the next state.</summary>
/// <param name="Next">The least next state; <paramref name="StateBits"/> read bits are added.</param>
/// <param name="StateBits">The number of bits that choose the next state.</param>
/// <param name="ExtraBits">The number of bits to add to <paramref name="Baseline"/>.</param>
/// <param name="Baseline">The least value of the state's symbol.</param>
internal readonly record struct FseState(ushort Next, byte StateBits, byte ExtraBits, uint Baseline);

/// <summary>A Finite State Entropy decoding table (RFC 8878, section 4.1.1) whose states carry their symbols' values.</summary>
internal sealed class FseTable
{
    private FseTable(FseState[] states, int log)
    {
        States = states;
        Log = log;
    }

    /// <summary>The states, <c>1 &lt;&lt; Log</c> of them.</summary>
    public FseState[] States { get; }

    /// <summary>The number of bits of a state.</summary>
    public int Log { get; }

    /// <summary>The table of a distribution, in which symbol s stands for the values of <paramref name="codes"/>[s].</summary>
    public static FseTable Build(ReadOnlySpan<short> shares, int log, ReadOnlySpan<ValueCode> codes)
    {
        int size = 1 << log;
        Span<byte> symbols = stackalloc byte[size];
        Spread(shares, symbols);

        Span<int> next = stackalloc int[shares.Length];
        for (int s = 0; s < shares.Length; s++)
        {
            next[s] = Math.Abs((int)shares[s]);
        }

        var states = new FseState[size];
        for (int i = 0; i < size; i++)
        {
            byte symbol = symbols[i];
            int order = next[symbol]++;
            int bits = log - BitOperations.Log2((uint)order);
            ValueCode code = codes[symbol];
            states[i] = new FseState((ushort)((order << bits) - size), (byte)bits, code.ExtraBits, code.Baseline);
        }

        return new FseTable(states, log);
    }

    /// <summary>The table that always gives one symbol.</summary>
    public static FseTable Single(ValueCode code) => new([new FseState(0, 0, code.ExtraBits, code.Baseline)], 0);

    // Rare symbols take single cells from the end; the others are dealt out in steps that visit every cell once.
    private static void Spread(ReadOnlySpan<short> shares, Span<byte> symbols)
    {
        int size = symbols.Length, high = size - 1;
        for (int s = 0; s < shares.Length; s++)
        {
            if (shares[s] < 0)
            {
                symbols[high--] = (byte)s;
            }
        }

        int position = 0, step = (size >> 1) + (size >> 3) + 3;
        for (int s = 0; s < shares.Length; s++)
        {
            for (int i = 0; i < shares[s]; i++)
            {
                symbols[position] = (byte)s;
                do
                {
                    position = (position + step) & (size - 1);
                }
                while (position > high);
            }
        }
    }
}
