using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Quarry.Signatures;

/// <summary>
/// The different values of a column, each with a code: 1, 2, 3, … in order of first appearance. Values are bytes and are
/// held once; beyond them a value costs 12 bytes, and 8 to 16 in the hash table until that is dropped.
/// </summary>
internal sealed class ValueDictionary
{
    private const int SmallestSegment = 256;
    private const int LargestSegment = 1 << 20;

    // Drawn anew in each process: whoever writes the log cannot choose values that collide.
    private static readonly ulong Secret = NextSecret();
    private static readonly ulong OtherSecret = NextSecret();

    private readonly List<byte[]> _segments = [];
    private ulong[]? _slots = new ulong[8]; // a hash above, a code below; 0 is free
    private long[] _positions = new long[4]; // of code - 1: the segment above, the offset within it below
    private int[] _lengths = new int[4];
    private int _used;

    /// <summary>How many values there are; the highest code.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of a code's value.</summary>
    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            long position = _positions[code - 1];
            return _segments[(int)(position >> 32)].AsSpan((int)position, _lengths[code - 1]);
        }
    }

    /// <summary>The code of a value, which is added if it is new.</summary>
    public int CodeOf(ReadOnlySpan<byte> value)
    {
        ulong[] slots = _slots ?? throw new InvalidOperationException("The dictionary is closed.");
        uint hash = Hash(value);
        uint mask = (uint)slots.Length - 1;
        uint index = hash & mask;
        for (ulong slot; (slot = slots[index]) != 0; index = (index + 1) & mask)
        {
            if ((uint)(slot >> 32) == hash && this[(int)slot].SequenceEqual(value))
            {
                return (int)slot;
            }
        }

        return Add(value, hash, index);
    }

    /// <summary>Gives back the memory that only <see cref="CodeOf"/> needs.</summary>
    public void Close()
    {
        _slots = null;
        Array.Resize(ref _positions, Count);
        Array.Resize(ref _lengths, Count);
    }

    /// <summary>Whether two dictionaries hold the same values under the same codes.</summary>
    public bool SameAs(ValueDictionary other)
    {
        if (Count != other.Count || !_lengths.AsSpan(0, Count).SequenceEqual(other._lengths.AsSpan(0, Count)))
        {
            return false;
        }

        for (int code = 1; code <= Count; code++)
        {
            if (!this[code].SequenceEqual(other[code]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A hash of bytes, of which the log's author cannot know the secrets; multiply and fold, 16 bytes at a time.</summary>
    /// <remarks>The scheme is that of wyhash, without its exact output.</remarks>
    public static uint Hash(ReadOnlySpan<byte> value)
    {
        ref byte start = ref MemoryMarshal.GetReference(value);
        int length = value.Length;
        ulong seed = Secret;
        ulong first, last;
        switch (length)
        {
            case > 16:
                nint at = 0;
                for (; at < length - 16; at += 16)
                {
                    seed = Fold(Read64(ref start, at) ^ OtherSecret, Read64(ref start, at + 8) ^ seed);
                }

                first = Read64(ref start, length - 16);
                last = Read64(ref start, length - 8);
                break;
            case >= 8:
                first = Read64(ref start, 0);
                last = Read64(ref start, length - 8);
                break;
            case >= 4:
                first = Read32(ref start, 0);
                last = Read32(ref start, length - 4);
                break;
            case > 0:
                first = ((ulong)value[0] << 16) | ((ulong)value[length >> 1] << 8) | value[length - 1];
                last = 0;
                break;
            default:
                first = last = 0;
                break;
        }

        return (uint)Fold(OtherSecret ^ (ulong)length, Fold(first ^ OtherSecret, last ^ seed));
    }

    private int Add(ReadOnlySpan<byte> value, uint hash, uint index)
    {
        if (Count == _positions.Length)
        {
            Array.Resize(ref _positions, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
        }

        _positions[Count] = Store(value);
        _lengths[Count] = value.Length;
        Count++;
        _slots![index] = ((ulong)hash << 32) | (uint)Count;
        if (Count > _slots.Length / 4 * 3)
        {
            Grow();
        }

        return Count;
    }

    private long Store(ReadOnlySpan<byte> value)
    {
        if (_segments.Count == 0 || _segments[^1].Length - _used < value.Length)
        {
            int next = _segments.Count == 0 ? SmallestSegment : Math.Min(LargestSegment, _segments[^1].Length * 2);
            _segments.Add(GC.AllocateUninitializedArray<byte>(Math.Max(next, value.Length)));
            _used = 0;
        }

        value.CopyTo(_segments[^1].AsSpan(_used));
        long position = ((long)(_segments.Count - 1) << 32) | (uint)_used;
        _used += value.Length;
        return position;
    }

    private void Grow()
    {
        ulong[] old = _slots!;
        ulong[] slots = new ulong[old.Length * 2];
        uint mask = (uint)slots.Length - 1;
        foreach (ulong slot in old)
        {
            if (slot == 0)
            {
                continue;
            }

            uint index = (uint)(slot >> 32) & mask;
            while (slots[index] != 0)
            {
                index = (index + 1) & mask;
            }

            slots[index] = slot;
        }

        _slots = slots;
    }

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    private static ulong Read64(ref byte start, nint at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));

    private static ulong Read32(ref byte start, nint at) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at));

    private static ulong NextSecret()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes) | 1;
    }
}
