using System.Text;

namespace Quarry.Tables;

/// <summary>Collects a column of text or JSON.</summary>
public sealed class TextColumnBuilder : ColumnBuilder
{
    /// <summary>The most bytes one column of one table can hold.</summary>
    public const int MaxBytes = 0x7FFFFFC7;

    private byte[] _buffer = [];
    private int[] _offsets = new int[16];
    private int _size;

    internal TextColumnBuilder(ColumnType type)
        : base(type)
    {
    }

    /// <summary>A builder of a string column.</summary>
    public TextColumnBuilder()
        : this(ColumnType.String)
    {
    }

    /// <summary>The bytes collected so far.</summary>
    public int ByteCount => _size;

    /// <summary>Adds a row of UTF-8.</summary>
    /// <exception cref="QuarryException">The column would exceed <see cref="MaxBytes"/>.</exception>
    public void Append(ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        utf8.CopyTo(_buffer.AsSpan(_size));
        Close(utf8.Length);
    }

    /// <summary>Adds a row of text, or a null row. What is not valid UTF-16 becomes U+FFFD.</summary>
    /// <exception cref="QuarryException">The column would exceed <see cref="MaxBytes"/>.</exception>
    public void Append(string? text)
    {
        if (text is null)
        {
            AppendNull();
        }
        else
        {
            Append(text.AsSpan());
        }
    }

    /// <summary>Adds a row of text. What is not valid UTF-16 becomes U+FFFD.</summary>
    /// <exception cref="QuarryException">The column would exceed <see cref="MaxBytes"/>.</exception>
    public void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length < 1 << 16 ? text.Length * 3 : Encoding.UTF8.GetByteCount(text));
        Close(Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_size)));
    }

    /// <summary>
    /// Gives room for a row of up to <paramref name="size"/> bytes to be written in place; <see cref="Commit"/> adds it.
    /// </summary>
    public Span<byte> GetSpan(int size)
    {
        Reserve(size);
        return _buffer.AsSpan(_size, size);
    }

    /// <summary>Adds the row written into the span of the last <see cref="GetSpan"/>.</summary>
    public void Commit(int written)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(written);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(written, _buffer.Length - _size);
        Close(written);
    }

    /// <inheritdoc/>
    public override void AppendObject(object? value)
    {
        if (value is null or string)
        {
            Append((string?)value);
            return;
        }

        throw new ArgumentException($"A {Type.KqlName()} column takes String, not {value.GetType().Name}.", nameof(value));
    }

    /// <inheritdoc/>
    public override void AppendAll(Column column)
    {
        if (column is not TextColumn text || column.Type != Type)
        {
            throw new ArgumentException($"A {Type.KqlName()} column cannot take the rows of a {column.Type.KqlName()} column.", nameof(column));
        }

        if (text.Length == 0)
        {
            return;
        }

        int first = text.Offsets[0];
        int bytes = text.Offsets[^1] - first;
        Reserve(bytes);
        text.Buffer.Slice(first, bytes).CopyTo(_buffer.AsSpan(_size));
        int moved = _size - first;
        bool allValid = text.Validity.IsAllValid;
        for (int row = 0; row < text.Length; row++)
        {
            _size = moved + text.Offsets[row + 1];
            if (allValid || text.Validity.IsValid(row))
            {
                AddOffset();
                MarkAppended(true);
            }
            else
            {
                AppendNull();
            }
        }
    }

    /// <inheritdoc/>
    public override Column Build()
    {
        var buffer = new ReadOnlyMemory<byte>(_buffer, 0, _size);
        var offsets = new ReadOnlyMemory<int>(_offsets, 0, Length + 1);
        _buffer = [];
        _offsets = new int[16];
        _size = 0;
        return new TextColumn(Type, buffer, offsets, TakeValidity());
    }

    private protected override void AppendNothing() => AddOffset();

    private void Close(int written)
    {
        _size += written;
        AddOffset();
        MarkAppended(true);
    }

    private void AddOffset()
    {
        if (Length + 1 >= _offsets.Length)
        {
            Array.Resize(ref _offsets, _offsets.Length * 2);
        }

        _offsets[Length + 1] = _size;
    }

    private void Reserve(int count)
    {
        long needed = (long)_size + count;
        if (needed <= _buffer.Length)
        {
            return;
        }

        if (needed > MaxBytes)
        {
            throw new QuarryException(
                $"A text column of one table holds at most {MaxBytes:N0} bytes, and this one needs more. "
                + "Work on the table in batches, on fewer rows, or without this column.");
        }

        Array.Resize(ref _buffer, (int)Math.Min(MaxBytes, Math.Max(needed, Math.Max(256L, _buffer.Length * 2L))));
    }
}
