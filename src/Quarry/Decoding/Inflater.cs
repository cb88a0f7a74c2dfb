using System.Buffers;

namespace Quarry.Decoding;

/// <summary>What came out of a compressed stream.</summary>
/// <param name="Bytes">What could be read.</param>
/// <param name="Consumed">How many compressed bytes were used.</param>
/// <param name="StoppedBy">What ended it early: a limit, <c>truncated</c> or <c>broken: …</c>; null where it is whole.</param>
internal readonly record struct Inflated(byte[] Bytes, int Consumed, string? StoppedBy);

/// <summary>
/// DEFLATE (RFC 1951), decoded by hand: unlike the stream classes of the runtime it says how many bytes it used, keeps what
/// came before an error, and stops at a size, a ratio or a time.
/// </summary>
internal sealed class Inflater
{
    private const int FastBits = 10;
    private const int MaxBits = 15;
    private const int MostAtOnce = 258;

    private static readonly ushort[] LengthBase =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static readonly byte[] LengthExtra =
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static readonly ushort[] DistanceBase =
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    private static readonly byte[] DistanceExtra =
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    private static readonly byte[] CodeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static readonly HuffmanTable FixedLiterals = Fixed(288, i => i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
    private static readonly HuffmanTable FixedDistances = Fixed(30, _ => 5);

    private readonly Budget _budget;
    private readonly long _room;
    private byte[] _output = ArrayPool<byte>.Shared.Rent(4096);
    private int _capacity;
    private int _count;
    private int _position;
    private ulong _bits;
    private int _bitCount;
    private HuffmanTable? _literals;
    private HuffmanTable? _distances;

    private Inflater(Budget budget)
    {
        _budget = budget;
        _room = budget.Room;
        _capacity = (int)Math.Min(_output.Length, _room);
    }

    /// <summary>Inflates a raw DEFLATE stream that stands at the start of the input.</summary>
    public static Inflated Inflate(ReadOnlySpan<byte> input, Budget budget)
    {
        var inflater = new Inflater(budget);
        try
        {
            string? stoppedBy = inflater.Run(input);
            return new Inflated(inflater._output.AsSpan(0, inflater._count).ToArray(), inflater.ConsumedBytes(input.Length), stoppedBy);
        }
        finally
        {
            budget.Spend(inflater._count);
            ArrayPool<byte>.Shared.Return(inflater._output);
        }
    }

    private int ConsumedBytes(int length) => Math.Clamp(_position - (_bitCount >> 3), 0, length);

    private string? Run(ReadOnlySpan<byte> input)
    {
        while (true)
        {
            Fill(input);
            if (_bitCount < 3)
            {
                return "truncated";
            }

            bool last = Take(1) == 1;
            string? error = Take(2) switch
            {
                0 => Stored(input),
                1 => Compressed(input, FixedLiterals, FixedDistances),
                2 => ReadTables(input) ?? Compressed(input, _literals!, _distances!),
                _ => "broken: unknown block type",
            };
            if (error is not null || last)
            {
                return error;
            }
        }
    }

    private string? Stored(ReadOnlySpan<byte> input)
    {
        Take(_bitCount & 7);
        Fill(input);
        if (_bitCount < 32)
        {
            return "truncated";
        }

        uint length = Take(16), check = Take(16);
        if (length != (~check & 0xFFFF))
        {
            return "broken: stored block length";
        }

        // The bits that were read ahead are whole bytes: give them back and copy from the input.
        _position -= _bitCount >> 3;
        _bits = 0;
        _bitCount = 0;
        int take = (int)Math.Min(length, (uint)(input.Length - _position));
        while (take > 0)
        {
            if (Reserve(1) is string stopped)
            {
                return stopped;
            }

            int part = Math.Min(take, _capacity - _count);
            input.Slice(_position, part).CopyTo(_output.AsSpan(_count));
            _count += part;
            _position += part;
            take -= part;
            length -= (uint)part;
        }

        return length > 0 ? "truncated" : null;
    }

    private string? ReadTables(ReadOnlySpan<byte> input)
    {
        Fill(input);
        if (_bitCount < 14)
        {
            return "truncated";
        }

        int literals = (int)Take(5) + 257, distances = (int)Take(5) + 1, codes = (int)Take(4) + 4;
        if (literals > 286 || distances > 30)
        {
            return "broken: too many codes";
        }

        Span<byte> lengths = stackalloc byte[320];
        lengths.Clear();
        for (int i = 0; i < codes; i++)
        {
            Fill(input);
            if (_bitCount < 3)
            {
                return "truncated";
            }

            lengths[CodeLengthOrder[i]] = (byte)Take(3);
        }

        var codeTable = new HuffmanTable();
        if (!codeTable.Build(lengths[..19]))
        {
            return "broken: invalid code lengths";
        }

        lengths.Clear();
        int at = 0, total = literals + distances;
        while (at < total)
        {
            Fill(input);
            int symbol = Decode(codeTable);
            if (symbol < 0)
            {
                return Failure(input);
            }

            if (symbol < 16)
            {
                lengths[at++] = (byte)symbol;
                continue;
            }

            if (_bitCount < 7)
            {
                return "truncated";
            }

            byte value = 0;
            int repeat = symbol switch { 16 => 3 + (int)Take(2), 17 => 3 + (int)Take(3), _ => 11 + (int)Take(7) };
            if (symbol == 16)
            {
                if (at == 0)
                {
                    return "broken: repeat without a length";
                }

                value = lengths[at - 1];
            }

            if (at + repeat > total)
            {
                return "broken: too many lengths";
            }

            lengths.Slice(at, repeat).Fill(value);
            at += repeat;
        }

        _literals = new HuffmanTable();
        _distances = new HuffmanTable();
        return lengths[256] == 0 || !_literals.Build(lengths[..literals]) || !_distances.Build(lengths.Slice(literals, distances))
            ? "broken: invalid codes"
            : null;
    }

    private string? Compressed(ReadOnlySpan<byte> input, HuffmanTable literals, HuffmanTable distances)
    {
        while (true)
        {
            Fill(input);
            int symbol = Decode(literals);
            if (symbol < 0)
            {
                return Failure(input);
            }

            if (_capacity - _count < MostAtOnce && Reserve(MostAtOnce) is string stopped)
            {
                return stopped;
            }

            if (symbol < 256)
            {
                _output[_count++] = (byte)symbol;
                continue;
            }

            if (symbol == 256)
            {
                return null;
            }

            if ((symbol -= 257) >= LengthBase.Length)
            {
                return "broken: length code";
            }

            if (_bitCount < LengthExtra[symbol])
            {
                return "truncated";
            }

            int length = LengthBase[symbol] + (int)Take(LengthExtra[symbol]);
            Fill(input);
            symbol = Decode(distances);
            if (symbol < 0)
            {
                return Failure(input);
            }

            if (symbol >= DistanceBase.Length)
            {
                return "broken: distance code";
            }

            if (_bitCount < DistanceExtra[symbol])
            {
                return "truncated";
            }

            int distance = DistanceBase[symbol] + (int)Take(DistanceExtra[symbol]);
            if (distance > _count)
            {
                return "broken: distance too far back";
            }

            Copy(distance, length);
        }
    }

    private void Copy(int distance, int length)
    {
        Span<byte> output = _output;
        int from = _count - distance;
        if (distance >= length)
        {
            output.Slice(from, length).CopyTo(output[_count..]);
        }
        else if (distance == 1)
        {
            output.Slice(_count, length).Fill(output[from]);
        }
        else
        {
            for (int i = 0; i < length; i++)
            {
                output[_count + i] = output[from + i];
            }
        }

        _count += length;
    }

    /// <summary>Makes room, or says which limit forbids it. The ratio is that of what has come out to what has gone in so far.</summary>
    private string? Reserve(int more)
    {
        if (_capacity - _count >= more)
        {
            return null;
        }

        long consumed = Math.Max(1, _position - (_bitCount >> 3));
        if (_budget.IsTooDense(_count, consumed))
        {
            return _budget.Stop(_budget.RatioName);
        }

        if (_count + (long)more > _room)
        {
            return _budget.Stop(_budget.RoomName);
        }

        if (!_budget.CheckClock(_count))
        {
            return _budget.TimeName;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(_output.Length * 2L, _count + (long)more), _room));
        _output.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_output);
        _output = larger;
        _capacity = (int)Math.Min(larger.Length, _room);
        return null;
    }

    private string Failure(ReadOnlySpan<byte> input) =>
        _position >= input.Length && _bitCount < MaxBits ? "truncated" : "broken: invalid code";

    private void Fill(ReadOnlySpan<byte> input)
    {
        while (_bitCount <= 48 && _position < input.Length)
        {
            _bits |= (ulong)input[_position++] << _bitCount;
            _bitCount += 8;
        }
    }

    private uint Take(int count)
    {
        uint value = (uint)(_bits & ((1UL << count) - 1));
        _bits >>= count;
        _bitCount -= count;
        return value;
    }

    private int Decode(HuffmanTable table)
    {
        int entry = table.Fast[(int)(_bits & ((1 << FastBits) - 1))];
        int length = entry & 15;
        if (length == 0)
        {
            return DecodeSlowly(table);
        }

        if (length > _bitCount)
        {
            return -1;
        }

        _bits >>= length;
        _bitCount -= length;
        return entry >> 4;
    }

    private int DecodeSlowly(HuffmanTable table)
    {
        int code = 0, first = 0, index = 0;
        ulong bits = _bits;
        for (int length = 1; length <= MaxBits && length <= _bitCount; length++)
        {
            code |= (int)(bits & 1);
            bits >>= 1;
            int count = table.Count[length];
            if (code - count < first)
            {
                _bits >>= length;
                _bitCount -= length;
                return table.Symbols[index + (code - first)];
            }

            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }

        return -1;
    }

    private static HuffmanTable Fixed(int symbols, Func<int, int> length)
    {
        Span<byte> lengths = stackalloc byte[symbols];
        for (int i = 0; i < symbols; i++)
        {
            lengths[i] = (byte)length(i);
        }

        var table = new HuffmanTable();
        table.Build(lengths);
        return table;
    }

    /// <summary>A canonical Huffman code: a table for the first ten bits, and counts and symbols for longer codes.</summary>
    private sealed class HuffmanTable
    {
        public readonly ushort[] Fast = new ushort[1 << FastBits];
        public readonly ushort[] Count = new ushort[MaxBits + 1];
        public ushort[] Symbols = [];

        /// <summary>Builds the table. False where the lengths ask for more codes than there are.</summary>
        public bool Build(ReadOnlySpan<byte> lengths)
        {
            foreach (byte length in lengths)
            {
                Count[length]++;
            }

            Count[0] = 0;
            int left = 1;
            Span<ushort> offsets = stackalloc ushort[MaxBits + 2];
            Span<int> next = stackalloc int[MaxBits + 2];
            offsets[1] = 0;
            int code = 0;
            for (int length = 1; length <= MaxBits; length++)
            {
                left = (left << 1) - Count[length];
                if (left < 0)
                {
                    return false;
                }

                offsets[length + 1] = (ushort)(offsets[length] + Count[length]);
                code = (code + Count[length - 1]) << 1;
                next[length] = code;
            }

            Symbols = new ushort[lengths.Length];
            for (int symbol = 0; symbol < lengths.Length; symbol++)
            {
                int length = lengths[symbol];
                if (length == 0)
                {
                    continue;
                }

                Symbols[offsets[length]++] = (ushort)symbol;
                int own = next[length]++;
                if (length > FastBits)
                {
                    continue;
                }

                uint reversed = Reverse((uint)own, length);
                for (uint i = reversed; i < Fast.Length; i += 1u << length)
                {
                    Fast[i] = (ushort)((symbol << 4) | length);
                }
            }

            return true;
        }

        private static uint Reverse(uint code, int length)
        {
            uint reversed = 0;
            for (int i = 0; i < length; i++)
            {
                reversed = (reversed << 1) | (code & 1);
                code >>= 1;
            }

            return reversed;
        }
    }
}
