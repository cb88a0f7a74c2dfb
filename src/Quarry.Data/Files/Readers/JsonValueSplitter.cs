using System.Numerics;
using System.Runtime.CompilerServices;
using Quarry.Scanning;

namespace Quarry.Data.Files.Readers;

/// <summary>
/// The objects of a JSON array, or objects one after another, wherever line ends stand. Looks only at quotes, backslashes
/// and braces, found 64 bytes at a time.
/// </summary>
/// <remarks>
/// An object that does not end is one line of text, and reading goes on with the line that follows; once more was gone back
/// than twice what was read, it reaches to where that was seen.
/// </remarks>
internal sealed class JsonValueSplitter : IRecordSplitter
{
    private const long FreeRescan = 16 << 20;

    private readonly TextBuffer _text;
    private readonly int _largest;
    private int _length;
    private byte[] _dropped = [];
    private bool _isInArray;
    private long _rescanned;
    private long _nextLine = 1;

    /// <summary>The objects of a text.</summary>
    public JsonValueSplitter(TextBuffer text, int largest)
    {
        _text = text;
        _largest = largest;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Record => Fault is null ? _text.Span[.._length] : _dropped;

    /// <inheritdoc/>
    public long Line { get; private set; } = 1;

    /// <inheritdoc/>
    public string? Fault { get; private set; }

    /// <inheritdoc/>
    public bool Next()
    {
        Fault = null;
        Pass(_length);
        _length = 0;
        if (!SkipSeparators())
        {
            Line = _nextLine;
            if (!_isInArray)
            {
                return false;
            }

            _isInArray = false;
            _dropped = [];
            Fault = "the array is not closed: the file ends early";
            return true;
        }

        Line = _nextLine;
        if (_text.First == '{')
        {
            ReadObject();
        }
        else
        {
            ReadOther();
        }

        return true;
    }

    private void Pass(int count)
    {
        _nextLine += _text.Span[..count].Count((byte)'\n');
        _text.Skip(count);
    }

    // White space, commas, and the brackets of the array.
    private bool SkipSeparators()
    {
        while (true)
        {
            ReadOnlySpan<byte> text = _text.Span;
            int i = text.IndexOfAnyExcept(" \t\r\n,"u8);
            Pass(i < 0 ? text.Length : i);
            if (i < 0)
            {
                if (!_text.Fill())
                {
                    return false;
                }

                continue;
            }

            byte c = _text.First;
            if ((c == '[' && !_isInArray) || (c == ']' && _isInArray))
            {
                _isInArray = c == '[';
                Pass(1);
                continue;
            }

            return true;
        }
    }

    private void ReadObject()
    {
        int next = 0, depth = 0;
        bool isInString = false;
        while (true)
        {
            if (next >= _text.Length && !_text.Fill())
            {
                Refuse("the object does not end", _text.Length);
                return;
            }

            if (next >= _text.Length)
            {
                continue;
            }

            if (next > _largest)
            {
                Refuse($"longer than {_largest:N0} bytes", next);
                return;
            }

            int start = next;
            next = Math.Min(start + ByteBlock.Size, _text.Length);
            for (ulong mask = Specials(start, next - start); mask != 0; mask &= mask - 1)
            {
                int at = start + BitOperations.TrailingZeroCount(mask);
                byte c = Unsafe.Add(ref _text.First, at);
                if (isInString)
                {
                    if (c == '"')
                    {
                        isInString = false;
                    }
                    else if (c == '\\')
                    {
                        // What is escaped means nothing; it may stand in the next block.
                        if (at + 1 >= next)
                        {
                            next = at + 2;
                            break;
                        }

                        mask &= ~(1UL << (at + 1 - start));
                    }
                }
                else if (c == '"')
                {
                    isInString = true;
                }
                else if (c == '{')
                {
                    depth++;
                }
                else if (c == '}' && --depth == 0)
                {
                    _length = at + 1;
                    return;
                }
            }
        }
    }

    private ulong Specials(int start, int count)
    {
        var block = new ByteBlock(ref Unsafe.Add(ref _text.First, start));
        ulong mask = block.Equal((byte)'"') | block.Equal((byte)'\\') | block.Equal((byte)'{') | block.Equal((byte)'}');
        return count < ByteBlock.Size ? mask & ((1UL << count) - 1) : mask;
    }

    private void Refuse(string reason, int scanned)
    {
        Fault = reason;
        ReadOnlySpan<byte> text = _text.Span[..Math.Min(scanned, _text.Length)];
        int lineEnd = text.IndexOf((byte)'\n');
        bool goesBack = lineEnd >= 0 && _rescanned <= FreeRescan + (2 * _text.Passed);
        _rescanned += goesBack ? text.Length - lineEnd : 0;
        _length = goesBack ? lineEnd + 1 : text.Length;
        _dropped = text[..Math.Min(_length, MalformedRow.LongestRaw)].ToArray();
    }

    // Something that is no object, to the next comma or line end.
    private void ReadOther()
    {
        Fault = "not a JSON object";
        int from = 0;
        while (true)
        {
            int end = _text.Span[from..].IndexOfAny((byte)',', (byte)'\n');
            if (end >= 0)
            {
                _length = from + end;
                break;
            }

            from = _text.Length;
            if (from > _largest || !_text.Fill())
            {
                _length = from;
                break;
            }
        }

        _dropped = _text.Span[..Math.Min(_length, MalformedRow.LongestRaw)].ToArray();
        if (_isInArray && _dropped.AsSpan().TrimEnd(" \t\r\n"u8).EndsWith("]"u8))
        {
            _length = _text.Span[.._length].LastIndexOf((byte)']');
            _dropped = _dropped[..Math.Min(_dropped.Length, _length)];
        }
    }
}
