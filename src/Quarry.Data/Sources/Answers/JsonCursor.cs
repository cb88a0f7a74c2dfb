using System.Buffers;
using System.Globalization;
using System.Text;
using Quarry.Data.Files.Readers;
using Quarry.Data.Sources.Http;

namespace Quarry.Data.Sources.Answers;

/// <summary>
/// Walks over JSON (RFC 8259) as it arrives, token by token, and holds no more of it than one value. Spans that it hands out are
/// good until its next call. What is no JSON, or breaks off, is a <see cref="SourceFault.BrokenAnswer"/>.
/// </summary>
internal sealed class JsonCursor
{
    /// <summary>The most bytes of one value. A service cuts its whole answers at this size unless it is told not to.</summary>
    public const int LongestValue = 64 << 20;

    /// <summary>The deepest nesting that is walked.</summary>
    public const int Deepest = JsonScanner.LargestDepth;

    private static readonly SearchValues<byte> InString = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private readonly Stream _stream;
    private readonly ServiceFaults _faults;
    private byte[] _buffer;
    private int _at;
    private int _end;
    private long _before;

    /// <summary>A cursor before the first token.</summary>
    /// <param name="stream">The text, UTF-8.</param>
    /// <param name="faults">What makes errors of faults.</param>
    /// <param name="size">The bytes that are asked for at once.</param>
    public JsonCursor(Stream stream, ServiceFaults faults, int size = 256 * 1024)
    {
        _stream = stream;
        _faults = faults;
        _buffer = new byte[size];
    }

    /// <summary>The bytes that were walked over.</summary>
    public long Position => _before + _at;

    /// <summary>The next byte that is not white space; it is not taken.</summary>
    public byte Next()
    {
        while (true)
        {
            while (_at < _end)
            {
                byte c = _buffer[_at];
                if (c > ' ')
                {
                    return c;
                }

                if (c is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                {
                    throw Broken("an unexpected byte");
                }

                _at++;
            }

            More(0);
        }
    }

    /// <summary>Takes a mark if it comes next.</summary>
    public bool TryTake(char mark)
    {
        if (Next() != mark)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Takes a mark that has to come next.</summary>
    public void Take(char mark)
    {
        if (!TryTake(mark))
        {
            throw Broken($"'{mark}' is expected, and '{Shown(_buffer[_at])}' was sent");
        }
    }

    /// <summary>Steps to the next element of an array, or past its end.</summary>
    /// <param name="isFirst">Whether none was taken yet; false afterwards.</param>
    public bool NextElement(ref bool isFirst)
    {
        if (TryTake(']'))
        {
            return false;
        }

        if (!isFirst)
        {
            Take(',');
        }

        isFirst = false;
        return true;
    }

    /// <summary>Steps to the value of the next property of an object, or past its end.</summary>
    /// <param name="isFirst">Whether none was taken yet; false afterwards.</param>
    /// <param name="name">Its name.</param>
    public bool NextProperty(ref bool isFirst, out string name)
    {
        name = "";
        if (TryTake('}'))
        {
            return false;
        }

        if (!isFirst)
        {
            Take(',');
        }

        isFirst = false;
        name = TakeText();
        Take(':');
        return true;
    }

    /// <summary>Takes a string; what stands between its quotes.</summary>
    public ReadOnlySpan<byte> TakeString(out bool hasEscapes)
    {
        Take('"');
        hasEscapes = false;
        int length = StringEnd(0, ref hasEscapes);
        ReadOnlySpan<byte> inside = _buffer.AsSpan(_at, length);
        _at += length + 1;
        return inside;
    }

    /// <summary>Takes a string as text; null where null was sent.</summary>
    public string TakeText()
    {
        ReadOnlySpan<byte> inside = TakeString(out bool hasEscapes);
        if (!hasEscapes)
        {
            return Encoding.UTF8.GetString(inside);
        }

        byte[] text = new byte[inside.Length];
        return Encoding.UTF8.GetString(text, 0, JsonText.Unescape(inside, text, out _));
    }

    /// <summary>Takes a number, true, false or null, as it is written.</summary>
    public ReadOnlySpan<byte> TakeScalar()
    {
        Next();
        int length = 0;
        while (true)
        {
            while (_at + length < _end)
            {
                byte c = _buffer[_at + length];
                if (c is (byte)',' or (byte)']' or (byte)'}' or <= (byte)' ')
                {
                    ReadOnlySpan<byte> scalar = _buffer.AsSpan(_at, length);
                    _at += length;
                    return scalar;
                }

                length++;
            }

            More(length);
        }
    }

    /// <summary>Takes null if it comes next.</summary>
    public bool TryTakeNull()
    {
        if (Next() != 'n')
        {
            return false;
        }

        return TakeScalar().SequenceEqual("null"u8) ? true : throw Broken("a value is expected");
    }

    /// <summary>Takes a value of any kind, as it is written. Inside objects and arrays only brackets and strings are looked at.</summary>
    public ReadOnlySpan<byte> TakeValue()
    {
        byte first = Next();
        if (first is not ((byte)'"' or (byte)'{' or (byte)'['))
        {
            return TakeScalar();
        }

        int length = 0;
        int depth = 0;
        bool hasEscapes = false;
        do
        {
            while (_at + length >= _end)
            {
                More(length);
            }

            switch (_buffer[_at + length])
            {
                case (byte)'"':
                    length = StringEnd(length + 1, ref hasEscapes) + 1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth = Deeper(depth);
                    length++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    length++;
                    break;
                default:
                    length++;
                    break;
            }
        }
        while (depth > 0);

        ReadOnlySpan<byte> value = _buffer.AsSpan(_at, length);
        _at += length;
        return value;
    }

    /// <summary>Passes over a value, however long it is.</summary>
    public void SkipValue()
    {
        int depth = 0;
        do
        {
            switch (Next())
            {
                case (byte)'"':
                    SkipString();
                    break;
                case (byte)'{' or (byte)'[':
                    depth = Deeper(depth);
                    _at++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    _at++;
                    break;
                case (byte)',' or (byte)':':
                    _at++;
                    break;
                default:
                    TakeScalar();
                    break;
            }
        }
        while (depth > 0);
    }

    /// <summary>Makes sure that nothing but white space follows.</summary>
    public void End()
    {
        while (true)
        {
            while (_at < _end)
            {
                if (_buffer[_at++] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                {
                    throw Broken("something follows the end of the JSON document");
                }
            }

            if (!Fill())
            {
                return;
            }
        }
    }

    /// <summary>The error of an answer that is not as it should be here.</summary>
    public SourceException Broken(string how) => _faults.Broken(string.Create(CultureInfo.InvariantCulture, $"At byte {Position + 1:N0}: {how}."));

    private static string Shown(byte c) => c is > 0x20 and < 0x7F ? ((char)c).ToString() : $"\\x{c:X2}";

    private int Deeper(int depth) => depth < Deepest ? depth + 1 : throw Broken($"it is nested deeper than {Deepest}");

    // Where the string ends whose inside goes on at a distance from the cursor: the distance of its closing quote.
    private int StringEnd(int length, ref bool hasEscapes)
    {
        while (true)
        {
            int found = _buffer.AsSpan(_at + length, _end - _at - length).IndexOfAny(InString);
            if (found < 0)
            {
                length = _end - _at;
                More(length);
                continue;
            }

            length += found;
            byte c = _buffer[_at + length];
            if (c == '"')
            {
                return length;
            }

            if (c != '\\')
            {
                throw Broken("a text holds a control character that is not escaped");
            }

            hasEscapes = true;
            length += Escape(length);
        }
    }

    private int Escape(int at)
    {
        while (_end - _at - at < 2 || (_buffer[_at + at + 1] == 'u' && _end - _at - at < 6))
        {
            More(_end - _at);
        }

        ReadOnlySpan<byte> escape = _buffer.AsSpan(_at + at, _end - _at - at);
        if (escape[1] != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(escape[1]) ? 2 : throw Broken("a text holds an escape that there is not");
        }

        foreach (byte digit in escape[2..6])
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                throw Broken("a text holds an escape that there is not");
            }
        }

        return 6;
    }

    private void SkipString()
    {
        _at++;
        while (true)
        {
            int found = _buffer.AsSpan(_at, _end - _at).IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
            {
                _at = _end;
                More(0);
                continue;
            }

            _at += found;
            if (_buffer[_at] == '"')
            {
                _at++;
                return;
            }

            while (_end - _at < 2)
            {
                More(_end - _at);
            }

            _at += 2;
        }
    }

    // More has to arrive; of what is there, so many bytes belong to the value that is being read.
    private void More(int held)
    {
        // The buffer has room for the longest value and what is read beside it, and never grows beyond.
        if (held > LongestValue)
        {
            throw Broken($"one value is longer than {LongestValue >> 20} MB. Ask for less of it, for example with substring() or project-away");
        }

        if (!Fill())
        {
            throw _faults.BrokenOff(new EndOfStreamException("It ends in the middle of the JSON document."), _before + _end);
        }
    }

    private bool Fill()
    {
        if (_at > 0)
        {
            Buffer.BlockCopy(_buffer, _at, _buffer, 0, _end - _at);
            _before += _at;
            _end -= _at;
            _at = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, Math.Max(_buffer.Length + 1, LongestValue + 4096)));
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
