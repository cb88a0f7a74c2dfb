using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Quarry.Data.Files.Readers;

/// <summary>
/// Text of a stream as valid UTF-8. UTF-16 is known by its byte order mark, or by zeroes on every second byte; everything
/// else is taken as UTF-8. A mark at the beginning is left out. What is not valid becomes U+FFFD and is counted; zero
/// bytes stay.
/// </summary>
internal sealed class Utf8Stream : ForwardStream
{
    private const int Block = 64 << 10;

    private readonly Stream _source;
    private readonly Action<long> _onReplaced;
    private readonly byte[] _raw = new byte[Block];
    private readonly byte[] _decoded = new byte[Block * 3];
    private int _rawCount; // what is in _raw and not decoded yet
    private int _next, _end; // what is in _decoded and not handed out yet
    private bool _isAtEnd;
    private TextEncoding? _encoding;

    /// <summary>The text of a stream.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="onReplaced">Told how many bytes were replaced.</param>
    public Utf8Stream(Stream source, Action<long> onReplaced)
    {
        _source = source;
        _onReplaced = onReplaced;
    }

    private enum TextEncoding
    {
        Utf8,
        Utf16Little,
        Utf16Big,
    }

    public override int Read(Span<byte> buffer)
    {
        while (_next == _end)
        {
            if (_isAtEnd && _rawCount == 0)
            {
                return 0;
            }

            DecodeMore();
        }

        int count = Math.Min(buffer.Length, _end - _next);
        _decoded.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void DecodeMore()
    {
        Fill();
        _next = _end = 0;
        if (_encoding is null)
        {
            (_encoding, int mark) = Recognise(_raw.AsSpan(0, _rawCount));
            Take(mark);
        }

        int taken = _encoding == TextEncoding.Utf8 ? DecodeUtf8() : DecodeUtf16(_encoding == TextEncoding.Utf16Big);
        Take(taken);
    }

    // Fills the whole block the first time, so that the encoding is judged by as much as there is.
    private void Fill()
    {
        int least = _encoding is null ? Block : _rawCount + 1;
        while (_rawCount < least && !_isAtEnd)
        {
            int read = _source.Read(_raw.AsSpan(_rawCount));
            _isAtEnd = read == 0;
            _rawCount += read;
        }
    }

    private void Take(int count)
    {
        _raw.AsSpan(count, _rawCount - count).CopyTo(_raw);
        _rawCount -= count;
    }

    private static (TextEncoding Encoding, int Mark) Recognise(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            return (TextEncoding.Utf8, 3);
        }

        if (start.StartsWith<byte>([0xFF, 0xFE]))
        {
            return (TextEncoding.Utf16Little, 2);
        }

        if (start.StartsWith<byte>([0xFE, 0xFF]))
        {
            return (TextEncoding.Utf16Big, 2);
        }

        int even = 0, odd = 0, pairs = Math.Min(start.Length, 4096) / 2;
        for (int i = 0; i < pairs; i++)
        {
            even += start[2 * i] == 0 ? 1 : 0;
            odd += start[(2 * i) + 1] == 0 ? 1 : 0;
        }

        // Mostly Latin text in UTF-16 has a zero in every pair, always on the same side.
        return pairs < 2 ? (TextEncoding.Utf8, 0)
            : odd * 2 > pairs && even * 8 <= odd ? (TextEncoding.Utf16Little, 0)
            : even * 2 > pairs && odd * 8 <= even ? (TextEncoding.Utf16Big, 0)
            : (TextEncoding.Utf8, 0);
    }

    private int DecodeUtf8()
    {
        ReadOnlySpan<byte> raw = _raw.AsSpan(0, _rawCount);
        int whole = _isAtEnd ? raw.Length : raw.Length - UnfinishedTail(raw);
        if (Utf8.IsValid(raw[..whole]))
        {
            raw[..whole].CopyTo(_decoded);
            _end = whole;
            return whole;
        }

        long replaced = 0;
        for (int i = 0; i < whole;)
        {
            OperationStatus status = Rune.DecodeFromUtf8(raw[i..whole], out _, out int length);
            if (status == OperationStatus.Done)
            {
                raw.Slice(i, length).CopyTo(_decoded.AsSpan(_end));
                _end += length;
            }
            else
            {
                AppendReplacement();
                replaced += length;
            }

            i += length;
        }

        _onReplaced(replaced);
        return whole;
    }

    // How many bytes at the end may be the beginning of a character.
    private static int UnfinishedTail(ReadOnlySpan<byte> raw)
    {
        for (int back = 1; back <= Math.Min(3, raw.Length); back++)
        {
            if ((raw[^back] & 0xC0) != 0x80)
            {
                return Rune.DecodeFromUtf8(raw[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
            }
        }

        return 0;
    }

    private int DecodeUtf16(bool isBig)
    {
        Span<byte> raw = _raw.AsSpan(0, _rawCount);
        Span<ushort> units = MemoryMarshal.Cast<byte, ushort>(raw);
        if (isBig == BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(units, units);
        }

        ReadOnlySpan<char> text = MemoryMarshal.Cast<ushort, char>(units);
        int held = !_isAtEnd && text.Length > 0 && char.IsHighSurrogate(text[^1]) ? 1 : 0;
        text = text[..^held];
        long replaced = 0;
        while (!text.IsEmpty)
        {
            OperationStatus status = Utf8.FromUtf16(text, _decoded.AsSpan(_end), out int read, out int written, replaceInvalidSequences: false);
            _end += written;
            text = text[read..];
            if (status != OperationStatus.Done)
            {
                AppendReplacement();
                replaced += 2;
                text = text[1..];
            }
        }

        int taken = (units.Length - held) * 2;
        if (_isAtEnd && raw.Length % 2 == 1)
        {
            AppendReplacement();
            replaced++;
            taken = raw.Length;
        }
        else if (held > 0 && isBig == BitConverter.IsLittleEndian)
        {
            units[^1] = BinaryPrimitives.ReverseEndianness(units[^1]);
        }

        if (replaced > 0)
        {
            _onReplaced(replaced);
        }

        return taken;
    }

    private void AppendReplacement()
    {
        "\uFFFD"u8.CopyTo(_decoded.AsSpan(_end));
        _end += 3;
    }
}
