using System.Numerics;
using System.Runtime.CompilerServices;
using Quarry.Scanning;

namespace Quarry.Data.Files.Readers;

/// <summary>A field of the current row: where its content stands, and how it was written.</summary>
/// <param name="Start">The position of the content, quotes left out.</param>
/// <param name="Length">Its length.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
/// <param name="HasPairs">Whether doubled quotes in it stand for single ones.</param>
internal readonly record struct CsvField(int Start, int Length, bool IsQuoted, bool HasPairs);

/// <summary>
/// Rows of delimited text by RFC 4180: quoted fields with line ends and doubled quotes, rows ended by CR LF, LF or CR. Looks
/// only at delimiters, quotes and line ends, found 64 bytes at a time.
/// </summary>
/// <remarks>
/// A row that breaks the rules is one line of text: its <see cref="Fault"/> is set, and reading goes on with the line that
/// follows, so that an open quote swallows nothing. Going back costs; once more was gone back than twice what was read, a
/// malformed row reaches to where its fault was seen.
/// </remarks>
internal sealed class CsvRows
{
    private const long FreeRescan = 16 << 20;

    private readonly TextBuffer _text;
    private readonly byte _delimiter;
    private readonly int _largestRow;
    private CsvField[] _fields = new CsvField[64];
    private byte[] _raw = [];
    private int _rowLength;
    private long _rowLines;
    private ulong _mask; // special characters not looked at yet, in the block at _block
    private int _block, _next;
    private long _rescanned;
    private long _passed;

    /// <summary>The rows of a text.</summary>
    public CsvRows(TextBuffer text, byte delimiter, int largestRow)
    {
        _text = text;
        _delimiter = delimiter;
        _largestRow = largestRow;
    }

    /// <summary>The number of fields of the current row.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The line on which the current row begins, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>What is wrong with the current row, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>The text of a malformed row, or its beginning.</summary>
    public ReadOnlySpan<byte> Raw => _raw;

    /// <summary>The fields of the current row.</summary>
    public ReadOnlySpan<CsvField> Fields => _fields.AsSpan(0, FieldCount);

    /// <summary>What a field's position counts from.</summary>
    public ReadOnlySpan<byte> Text => _text.Span;

    /// <summary>Goes to the next row that is not blank (a blank line is a row where one field is expected).</summary>
    /// <param name="expected">How many fields it must have; 0 where that is not known yet.</param>
    /// <param name="most">The most fields it may have where that is not known.</param>
    /// <returns>False at the end.</returns>
    public bool Next(int expected, int most = int.MaxValue)
    {
        do
        {
            Pass(_rowLength, _rowLines);
            if (!Scan(expected == 0 ? most : expected))
            {
                return false;
            }
        }
        while (Fault is null && expected != 1 && FieldCount == 1 && _fields[0] is { Length: 0, IsQuoted: false });

        if (Fault is null && expected > 0 && FieldCount < expected)
        {
            Refuse($"{FieldCount} {(FieldCount == 1 ? "field" : "fields")} where the header has {expected}", _rowLength, FirstLineEnd());
        }

        return true;
    }

    /// <summary>The content of a field into <paramref name="target"/>, which is at least as long, with doubled quotes made single.</summary>
    public static int Unquote(ReadOnlySpan<byte> content, Span<byte> target)
    {
        int written = 0;
        while (true)
        {
            int quote = content.IndexOf((byte)'"');
            if (quote < 0)
            {
                content.CopyTo(target[written..]);
                return written + content.Length;
            }

            content[..(quote + 1)].CopyTo(target[written..]);
            written += quote + 1;
            content = content[Math.Min(content.Length, quote + 2)..];
        }
    }

    private void Pass(int length, long lines)
    {
        _text.Skip(length);
        _passed += length;
        _block -= length;
        _next -= length;
        Line += lines;
        _rowLength = 0;
        _rowLines = 0;
        FieldCount = 0;
        Fault = null;
    }

    private bool Scan(int most)
    {
        int start = 0, closed = -1, firstLineEnd = 0;
        bool quoted = false, pairs = false;
        ulong mask = _mask;
        while (true)
        {
            if (mask == 0)
            {
                if (!Load(ref mask))
                {
                    return Finish(start, closed, quoted, pairs, firstLineEnd, most);
                }

                if (_next > _largestRow)
                {
                    Refuse($"longer than {_largestRow:N0} bytes", Math.Min(_next, _text.Length), firstLineEnd);
                    return true;
                }

                continue;
            }

            int at = _block + BitOperations.TrailingZeroCount(mask);
            byte c = Unsafe.Add(ref _text.First, at);
            if (quoted)
            {
                if (c == '"')
                {
                    int after = Peek(at + 1);
                    if (after == '"')
                    {
                        pairs = true;
                        mask = DropNext(mask);
                        continue;
                    }

                    if (after >= 0 && after != _delimiter && after != '\n' && after != '\r')
                    {
                        Refuse("text after a closing quote", at, firstLineEnd);
                        return true;
                    }

                    quoted = false;
                    closed = at;
                }
                else if (c == '\n' || (c == '\r' && Peek(at + 1) != '\n'))
                {
                    _rowLines++;
                    firstLineEnd = firstLineEnd == 0 ? at + 1 : firstLineEnd;
                }

                mask &= mask - 1;
                continue;
            }

            if (c == '"')
            {
                // Inside an unquoted field a quote is text.
                if (at == start)
                {
                    quoted = true;
                    pairs = false;
                }

                mask &= mask - 1;
                continue;
            }

            if (FieldCount == most)
            {
                RefuseField(most, at, firstLineEnd);
                return true;
            }

            AddField(start, at, closed, pairs);
            start = at + 1;
            closed = -1;
            if (c == _delimiter)
            {
                mask &= mask - 1;
                continue;
            }

            bool isPair = c == '\r' && Peek(at + 1) == '\n';
            _mask = isPair ? DropNext(mask) : mask & (mask - 1);
            _rowLength = at + (isPair ? 2 : 1);
            _rowLines++;
            return true;
        }
    }

    // The row that the end of the text ends.
    private bool Finish(int start, int closed, bool quoted, bool pairs, int firstLineEnd, int most)
    {
        _mask = 0;
        int length = _text.Length;
        if (length == 0)
        {
            return false;
        }

        if (quoted)
        {
            Refuse("a quote is not closed", length, firstLineEnd);
            return true;
        }

        if (FieldCount == most)
        {
            RefuseField(most, length, firstLineEnd);
            return true;
        }

        AddField(start, length, closed, pairs);
        _rowLength = length;
        _rowLines++;
        return true;
    }

    private bool Load(ref ulong mask)
    {
        if (_next >= _text.Length && !_text.Fill())
        {
            return false;
        }

        if (_next >= _text.Length)
        {
            return true; // the skipped half of a pair is still to come
        }

        _block = _next;
        int available = _text.Length - _block;
        var block = new ByteBlock(ref Unsafe.Add(ref _text.First, _block));
        mask = block.Equal((byte)'"') | block.Equal(_delimiter) | block.Equal((byte)'\n') | block.Equal((byte)'\r');
        if (available < ByteBlock.Size)
        {
            mask &= (1UL << available) - 1;
            _next = _block + available;
        }
        else
        {
            _next = _block + ByteBlock.Size;
        }

        return true;
    }

    // The byte at a position, read if need be; -1 behind the end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Peek(int at) => at < _text.Length || _text.Fill() ? Unsafe.Add(ref _text.First, at) : -1;

    // Drops the special character at hand and the one right behind it, which may stand in the next block.
    private ulong DropNext(ulong mask)
    {
        int at = _block + BitOperations.TrailingZeroCount(mask);
        mask &= mask - 1;
        if (at + 1 < _next)
        {
            return mask & (mask - 1);
        }

        _next = at + 2;
        return 0;
    }

    private void AddField(int start, int end, int closed, bool pairs)
    {
        if (FieldCount == _fields.Length)
        {
            Array.Resize(ref _fields, _fields.Length * 2);
        }

        _fields[FieldCount++] = closed < 0
            ? new CsvField(start, end - start, false, false)
            : new CsvField(start + 1, closed - start - 1, true, pairs);
    }

    private int FirstLineEnd()
    {
        ReadOnlySpan<byte> row = _text.Span[.._rowLength];
        int end = row.IndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 ? 0 : end + (row[end] == '\r' && end + 1 < row.Length && row[end + 1] == '\n' ? 2 : 1);
    }

    private void RefuseField(int most, int at, int firstLineEnd) =>
        Refuse($"more than {most} {(most == 1 ? "field" : "fields")}", at, firstLineEnd);

    private void Refuse(string reason, int at, int firstLineEnd)
    {
        Fault = reason;
        _mask = 0;
        _rowLines = 0;
        bool goesBack = firstLineEnd > 0 && _rescanned <= FreeRescan + (2 * _passed);
        if (goesBack)
        {
            _rescanned += at - firstLineEnd;
        }

        int length = goesBack ? firstLineEnd : at;
        _raw = _text.Span[..Math.Min(length, MalformedRow.LongestRaw)].ToArray();
        if (goesBack)
        {
            _rowLines = 1;
            _rowLength = firstLineEnd;
            _next = firstLineEnd;
            _block = firstLineEnd;
            return;
        }

        SkipLine(at);
    }

    // Drops what is before a position and the rest of its line, however long that is.
    private void SkipLine(int at)
    {
        long line = Line;
        long lines = Lines(_text.Span[..at]);
        int end = -1;
        while (end < 0)
        {
            ReadOnlySpan<byte> rest = _text.Span[at..];
            end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            int taken = end < 0 ? rest.Length : end;
            Keep(rest[..taken]);
            at += taken;
            if (end >= 0)
            {
                at += Peek(at) == '\r' && Peek(at + 1) == '\n' ? 2 : 1;
                lines++;
            }
            else
            {
                _text.Skip(at);
                _passed += at;
                at = 0;
                if (!_text.Fill())
                {
                    break;
                }
            }
        }

        Line = line;
        _rowLines = lines;
        _rowLength = at;
        _next = _block = at;
    }

    private static long Lines(ReadOnlySpan<byte> text) => text.Count((byte)'\n');

    private void Keep(ReadOnlySpan<byte> text)
    {
        int room = MalformedRow.LongestRaw - _raw.Length;
        if (room > 0 && !text.IsEmpty)
        {
            _raw = [.. _raw, .. text[..Math.Min(room, text.Length)]];
        }
    }
}
