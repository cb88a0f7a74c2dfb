using System.Buffers.Binary;
using Quarry.Hashing;

namespace Quarry.Data.Files.Compression;

/// <summary>
/// Decompresses Zstandard (RFC 8878): any number of frames one after the other, skippable frames between them,
/// checksums verified. Reads forward only; memory is the frame's window, taken as the content grows, and at most
/// 32 MiB beside it.
/// </summary>
/// <remarks>
/// Everything decoded before a fault is handed out before the fault is reported. No dictionaries. An empty source
/// is an empty content.
/// </remarks>
public sealed class ZstandardStream : Stream
{
    /// <summary>The largest window accepted unless told otherwise: 128 MiB, what <c>zstd --ultra -22</c> and <c>--long</c> use.</summary>
    public const long DefaultLargestWindow = 128 << 20;

    private const uint FrameMagic = 0xFD2FB528, SkippableMagic = 0x184D2A50, OldestMagic = 0xFD2FB522;
    private const int MostSpare = 32 << 20;

    private readonly Stream _source;
    private readonly bool _leaveOpen;
    private readonly long _largestWindow;
    private readonly ZstandardInput _input;
    private readonly ZstandardBlock _block = new();
    private byte[] _content = [];
    private int _read;
    private int _written;
    private XxHash64 _hash = new();
    private ZstandardFrameHeader _header;
    private ulong _frameLength;
    private bool _isInFrame;
    private CompressedDataException? _fault;

    /// <summary>Decompresses what a stream gives from where it stands.</summary>
    /// <param name="source">The compressed bytes.</param>
    /// <param name="leaveOpen">Whether disposing leaves <paramref name="source"/> open.</param>
    /// <param name="largestWindow">The largest window accepted, in bytes; a frame that needs more is refused.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is not from 1 KiB to 1 GiB.</exception>
    public ZstandardStream(Stream source, bool leaveOpen = false, long largestWindow = DefaultLargestWindow)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(largestWindow, 1 << 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(largestWindow, 1 << 30);
        _source = source;
        _leaveOpen = leaveOpen;
        _largestWindow = largestWindow;
        _input = new ZstandardInput(source);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Not supported.</summary>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="CompressedDataException">The stream breaks the format's rules or ends too early.</exception>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="CompressedDataException">The stream breaks the format's rules or ends too early.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (_read == _written)
        {
            if (!DecodeMore())
            {
                return 0;
            }
        }

        int count = Math.Min(buffer.Length, _written - _read);
        _content.AsSpan(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <summary>Not supported.</summary>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_leaveOpen)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool DecodeMore()
    {
        if (_fault is not null)
        {
            throw new CompressedDataException(_fault.Message, _fault.IsTruncated, _fault);
        }

        long start = _input.Position;
        try
        {
            if (_isInFrame)
            {
                DecodeBlock();
                return true;
            }

            if (_input.IsAtEnd())
            {
                return false;
            }

            BeginFrame();
            return true;
        }
        catch (CompressedDataException e)
        {
            string place = $"Zstandard stream, at compressed byte {start}: {e.Message}.";
            _fault = new CompressedDataException(place, e.IsTruncated, e.InnerException);
            throw _fault;
        }
    }

    private void BeginFrame()
    {
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(_input.TakeSpan(4, "a frame's first bytes"));
        if ((magic & ~0xFu) == SkippableMagic)
        {
            SkipFrame();
            return;
        }

        if (magic is >= OldestMagic and < FrameMagic)
        {
            throw new CompressedDataException("the frame was written by a version of zstd before 0.8, which is not supported");
        }

        if (magic != FrameMagic)
        {
            throw new CompressedDataException($"no Zstandard frame begins here (0x{magic:X8})");
        }

        int size = ZstandardFrameHeader.SizeOf(_input.Peek("a frame header"));
        _header = ZstandardFrameHeader.Read(_input.TakeSpan(size, "a frame header"));
        if (_header.Window > (ulong)_largestWindow)
        {
            throw new CompressedDataException(
                $"the frame needs a window of {Mebibytes(_header.Window)} MiB, more than the limit of "
                + $"{Mebibytes((ulong)_largestWindow)} MiB; compress it again with a smaller window (zstd --long=27 or less)");
        }

        _read = _written = 0;
        _frameLength = 0;
        _hash.Reset();
        _block.Reset();
        _isInFrame = true;
    }

    private void SkipFrame()
    {
        uint left = BinaryPrimitives.ReadUInt32LittleEndian(_input.TakeSpan(4, "a skippable frame"));
        while (left > 0)
        {
            int step = (int)Math.Min(left, ZstandardBlock.LargestSize);
            _input.Take(step, "a skippable frame");
            left -= (uint)step;
        }
    }

    private void DecodeBlock()
    {
        ReadOnlySpan<byte> bytes = _input.TakeSpan(3, "a block header");
        int header = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
        bool isLast = (header & 1) != 0;
        int kind = (header >> 1) & 3, size = header >> 3;
        int largest = (int)Math.Min(_header.Window, ZstandardBlock.LargestSize);
        if (size > largest)
        {
            throw new CompressedDataException($"a block of {size} bytes is larger than the frame's {largest}");
        }

        MakeRoom(largest);
        int count = DecodeContent(kind, size, largest);
        ReadOnlySpan<byte> content = _content.AsSpan(_written, count);
        _frameLength += (ulong)count;
        if (_frameLength > _header.ContentSize)
        {
            throw new CompressedDataException($"the frame gives more than the {_header.ContentSize} bytes it announces");
        }

        if (_header.HasChecksum)
        {
            _hash.Append(content);
        }

        _written += count;
        if (isLast)
        {
            _isInFrame = false;
            EndFrame(count);
        }
    }

    private unsafe int DecodeContent(int kind, int size, int largest)
    {
        switch (kind)
        {
            case 0:
                _input.TakeSpan(size, "a block").CopyTo(_content.AsSpan(_written));
                return size;
            case 1:
                _content.AsSpan(_written, size).Fill(_input.TakeSpan(1, "a block")[0]);
                return size;
            case 2:
                int at = _input.Take(size, "a block");
                fixed (byte* block = &_input.Buffer[at], content = _content)
                {
                    return _block.Decode(block, size, content, content + _written, largest, (long)_header.Window);
                }

            default:
                throw new CompressedDataException("a block is of the reserved kind");
        }
    }

    // What the last block gave is handed out even where the checksum behind it is wrong: the fault is kept for the next read.
    private void EndFrame(int lastCount)
    {
        long start = _input.Position;
        try
        {
            if (_header.ContentSize is { } announced && announced != _frameLength)
            {
                throw new CompressedDataException($"the frame gives {_frameLength} bytes and announces {announced}");
            }

            if (_header.HasChecksum)
            {
                uint expected = BinaryPrimitives.ReadUInt32LittleEndian(_input.TakeSpan(4, "a checksum"));
                if (expected != (uint)_hash.Current())
                {
                    throw new CompressedDataException("the content does not match its checksum");
                }
            }
        }
        catch (CompressedDataException e) when (lastCount > 0)
        {
            string place = $"Zstandard stream, at compressed byte {start}: {e.Message}.";
            _fault = new CompressedDataException(place, e.IsTruncated);
        }
    }

    // Called when everything written has been read: only the window must stay.
    private void MakeRoom(int count)
    {
        int needed = count + ZstandardBlock.Slack;
        if (_written + needed <= _content.Length)
        {
            return;
        }

        int window = (int)_header.Window;
        int keep = Math.Min(_written, window);
        int full = window + Math.Min(window, MostSpare) + (2 * needed);
        byte[] target = _content.Length >= full
            ? _content
            : GC.AllocateUninitializedArray<byte>(Math.Min(full, Math.Max(keep + needed, 2 * _content.Length)));
        _content.AsSpan(_written - keep, keep).CopyTo(target);
        _content = target;
        _read = _written = keep;
    }

    private static string Mebibytes(ulong bytes) => FormattableString.Invariant($"{bytes / 1048576.0:0.##}");
}
