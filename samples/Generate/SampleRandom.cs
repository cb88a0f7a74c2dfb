namespace Quarry.Samples;

/// <summary>
/// xoshiro256** seeded by SplitMix64 (Blackman and Vigna, prng.di.unimi.it). Written out here because the samples
/// must stay the same bytes on every runtime, and System.Random promises that only for the runtime at hand.
/// </summary>
internal sealed class SampleRandom
{
    private readonly ulong[] _state = new ulong[4];

    /// <summary>A sequence that depends on the seed alone.</summary>
    public SampleRandom(ulong seed)
    {
        for (int i = 0; i < _state.Length; i++)
        {
            seed += 0x9E3779B97F4A7C15;
            ulong z = seed;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            _state[i] = z ^ (z >> 31);
        }
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong result = ulong.RotateLeft(_state[1] * 5, 7) * 9;
        ulong t = _state[1] << 17;
        _state[2] ^= _state[0];
        _state[3] ^= _state[1];
        _state[1] ^= _state[2];
        _state[0] ^= _state[3];
        _state[2] ^= t;
        _state[3] = ulong.RotateLeft(_state[3], 45);
        return result;
    }

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high)
    {
        ulong range = (ulong)((long)high - low + 1);
        return (int)(low + (long)Math.BigMul(Next(), range, out _));
    }

    /// <summary>True in <paramref name="percent"/> of a hundred cases.</summary>
    public bool Chance(int percent) => Between(1, 100) <= percent;

    /// <summary>One of the choices, all alike likely.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Between(0, choices.Count - 1)];

    /// <summary>Lower-case hexadecimal digits: an identifier or a hash of nothing.</summary>
    public string Hex(int digits) => string.Create(digits, this, static (span, random) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = "0123456789abcdef"[random.Between(0, 15)];
        }
    });

    /// <summary>A GUID of version 4 as text.</summary>
    public string Guid() =>
        $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-{"89ab"[Between(0, 3)]}{Hex(3)}-{Hex(12)}";
}
