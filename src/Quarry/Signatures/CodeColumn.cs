using System.Runtime.InteropServices;

namespace Quarry.Signatures;

/// <summary>
/// The codes of a column's values, one a row, in chunks: nothing for a chunk of one code, else one, two or four bytes a row.
/// That is never more than the four bytes an offset takes in a column of text.
/// </summary>
internal sealed class CodeColumn
{
    /// <summary>The number of rows in every chunk but the last.</summary>
    public const int ChunkRows = 1 << ChunkShift;

    private const int ChunkShift = 14;

    private readonly List<Chunk> _chunks = [];

    /// <summary>The number of rows.</summary>
    public int Length { get; private set; }

    /// <summary>The number of chunks.</summary>
    public int ChunkCount => _chunks.Count;

    /// <summary>The code of a row.</summary>
    public int this[int row]
    {
        get
        {
            Chunk chunk = _chunks[row >> ChunkShift];
            int index = row & (ChunkRows - 1);
            return chunk.Width switch
            {
                0 => chunk.Constant,
                1 => chunk.Data[index],
                2 => MemoryMarshal.Cast<byte, ushort>(chunk.Data)[index],
                _ => MemoryMarshal.Cast<byte, int>(chunk.Data)[index],
            };
        }
    }

    /// <summary>Adds rows.</summary>
    /// <param name="codes">Their codes.</param>
    /// <param name="highest">A bound of the codes of the column so far.</param>
    public void Append(ReadOnlySpan<int> codes, int highest)
    {
        while (!codes.IsEmpty)
        {
            Chunk chunk = OpenChunk();
            int taken = Math.Min(codes.Length, ChunkRows - chunk.Count);
            chunk.Append(codes[..taken], highest);
            Length += taken;
            codes = codes[taken..];
        }
    }

    /// <summary>Adds rows of one code.</summary>
    public void AppendConstant(int code, int count)
    {
        while (count > 0)
        {
            Chunk chunk = OpenChunk();
            int taken = Math.Min(count, ChunkRows - chunk.Count);
            chunk.AppendConstant(code, taken);
            Length += taken;
            count -= taken;
        }
    }

    /// <summary>Whether every row of a chunk has the same code.</summary>
    public bool IsConstant(int chunk, out int code)
    {
        code = _chunks[chunk].Constant;
        return _chunks[chunk].Width == 0;
    }

    /// <summary>The codes of a chunk, written over <paramref name="room"/>, which has <see cref="ChunkRows"/> of them.</summary>
    public ReadOnlySpan<int> ReadChunk(int chunk, Span<int> room) => _chunks[chunk].Read(room);

    private Chunk OpenChunk()
    {
        if (_chunks.Count == 0 || _chunks[^1].Count == ChunkRows)
        {
            _chunks.Add(new Chunk());
        }

        return _chunks[^1];
    }

    private sealed class Chunk
    {
        public int Count { get; private set; }

        public int Width { get; private set; }

        public int Constant { get; private set; }

        public byte[] Data { get; private set; } = [];

        public void Append(ReadOnlySpan<int> codes, int highest)
        {
            if (codes.IndexOfAnyExcept(codes[0]) < 0)
            {
                AppendConstant(codes[0], codes.Length);
                return;
            }

            MakeRoom(codes.Length, highest);
            Write(codes);
        }

        public void AppendConstant(int code, int count)
        {
            if (Count == 0)
            {
                Constant = code;
            }

            if (Width == 0 && code == Constant)
            {
                Count += count;
                return;
            }

            MakeRoom(count, Math.Max(code, Constant));
            switch (Width)
            {
                case 1: Data.AsSpan(Count, count).Fill((byte)code); break;
                case 2: MemoryMarshal.Cast<byte, ushort>(Data.AsSpan()).Slice(Count, count).Fill((ushort)code); break;
                default: MemoryMarshal.Cast<byte, int>(Data.AsSpan()).Slice(Count, count).Fill(code); break;
            }

            Count += count;
        }

        public ReadOnlySpan<int> Read(Span<int> room)
        {
            room = room[..Count];
            switch (Width)
            {
                case 0: room.Fill(Constant); break;
                case 1: Widen(Data.AsSpan(0, Count), room); break;
                case 2: Widen(MemoryMarshal.Cast<byte, ushort>(Data)[..Count], room); break;
                default: return MemoryMarshal.Cast<byte, int>(Data)[..Count];
            }

            return room;
        }

        private static void Widen(ReadOnlySpan<byte> from, Span<int> to)
        {
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = from[i];
            }
        }

        private static void Widen(ReadOnlySpan<ushort> from, Span<int> to)
        {
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = from[i];
            }
        }

        // A chunk of one code becomes one of many, a narrow one wide, a short one long.
        private void MakeRoom(int count, int highest)
        {
            int width = Math.Max(Width, highest <= byte.MaxValue ? 1 : highest <= ushort.MaxValue ? 2 : 4);
            int needed = Count + count;
            if (width == Width && needed * width <= Data.Length)
            {
                return;
            }

            int room = needed * width <= Data.Length ? Data.Length / width : Math.Min(ChunkRows, Math.Max(needed, Count * 2));
            if (width == Width)
            {
                byte[] data = Data;
                Array.Resize(ref data, room * width);
                Data = data;
                return;
            }

            int[] codes = new int[Count];
            ReadOnlySpan<int> old = Read(codes);
            Data = new byte[room * width];
            Width = width;
            Count = 0;
            Write(old);
        }

        private void Write(ReadOnlySpan<int> codes)
        {
            switch (Width)
            {
                case 1:
                    Span<byte> bytes = Data.AsSpan(Count, codes.Length);
                    for (int i = 0; i < codes.Length; i++)
                    {
                        bytes[i] = (byte)codes[i];
                    }

                    break;
                case 2:
                    Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(Data.AsSpan()).Slice(Count, codes.Length);
                    for (int i = 0; i < codes.Length; i++)
                    {
                        shorts[i] = (ushort)codes[i];
                    }

                    break;
                default:
                    codes.CopyTo(MemoryMarshal.Cast<byte, int>(Data.AsSpan())[Count..]);
                    break;
            }

            Count += codes.Length;
        }
    }
}
