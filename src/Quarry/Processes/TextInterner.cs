using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>
/// Numbers distinct texts from 0 in the order in which they come: open addressing over one buffer. The hash is seeded anew for
/// each process, so that no log can be written whose texts all fall together.
/// </summary>
internal sealed class TextInterner
{
    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;

    private int[] _slots = new int[256];
    private ulong[] _hashes = new ulong[64];
    private int[] _ends = new int[64];
    private byte[] _text = new byte[1024];

    /// <summary>How many texts there are.</summary>
    public int Count { get; private set; }

    /// <summary>The text of a number.</summary>
    public ReadOnlySpan<byte> this[int id] => _text.AsSpan((id == 0 ? 0 : _ends[id - 1]).._ends[id]);

    /// <summary>The number of a text, a new one if it was not there.</summary>
    public int Intern(ReadOnlySpan<byte> text)
    {
        ulong hash = Hash(text);
        int mask = _slots.Length - 1;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            int id = _slots[slot] - 1;
            if (id < 0)
            {
                return Add(text, hash, slot);
            }

            if (_hashes[id] == hash && this[id].SequenceEqual(text))
            {
                return id;
            }
        }
    }

    /// <summary>The texts as a column, and one more behind them.</summary>
    public TextColumn ToColumn(ReadOnlySpan<byte> last)
    {
        var texts = new TextColumnBuilder();
        for (int id = 0; id < Count; id++)
        {
            texts.Append(this[id]);
        }

        texts.Append(last);
        return (TextColumn)texts.Build();
    }

    /// <summary>A hash of 64 bits, the same within one process only.</summary>
    public static ulong Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = Seed ^ (ulong)text.Length;
        while (text.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(text), Seed);
            text = text[8..];
        }

        ulong rest = 0;
        for (int i = 0; i < text.Length; i++)
        {
            rest |= (ulong)text[i] << (i * 8);
        }

        return Mix(hash ^ rest, 0x9E3779B97F4A7C15 ^ Seed);
    }

    /// <summary>A hash of a number, the same within one process only.</summary>
    public static ulong Hash(long number) => Mix((ulong)number ^ Seed, 0x9E3779B97F4A7C15 ^ Seed);

    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return BitOperations.RotateLeft(low, 29) ^ high;
    }

    private int Add(ReadOnlySpan<byte> text, ulong hash, int slot)
    {
        int id = Count++;
        int start = id == 0 ? 0 : _ends[id - 1];
        if (id == _ends.Length)
        {
            Array.Resize(ref _ends, id * 2);
            Array.Resize(ref _hashes, id * 2);
        }

        long needed = (long)start + text.Length;
        if (needed > _text.Length)
        {
            Array.Resize(ref _text, (int)Math.Min(Array.MaxLength, Math.Max(needed, _text.Length * 2L)));
        }

        text.CopyTo(_text.AsSpan(start));
        _ends[id] = start + text.Length;
        _hashes[id] = hash;
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return id;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        for (int id = 0; id < Count; id++)
        {
            int slot = (int)_hashes[id] & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = id + 1;
        }
    }
}
