namespace Quarry.Data.Files.Readers;

/// <summary>A record a line; lines of nothing but white space are none.</summary>
internal sealed class LineSplitter : IRecordSplitter
{
    private readonly TextBuffer _text;
    private readonly int _largest;
    private int _length, _passed;
    private byte[] _dropped = [];

    /// <summary>The lines of a text.</summary>
    public LineSplitter(TextBuffer text, int largest)
    {
        _text = text;
        _largest = largest;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Record => Fault is null ? _text.Span[.._length] : _dropped;

    /// <inheritdoc/>
    public long Line { get; private set; }

    /// <inheritdoc/>
    public string? Fault { get; private set; }

    /// <inheritdoc/>
    public bool Next()
    {
        do
        {
            _text.Skip(_passed);
            _passed = 0;
            Fault = null;
            Line++;
            if (!TryReadLine())
            {
                return false;
            }
        }
        while (Fault is null && Record.Trim(" \t\r\n"u8).IsEmpty);

        return true;
    }

    private bool TryReadLine()
    {
        int from = 0;
        while (true)
        {
            int end = _text.Span[from..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                _length = from + end;
                _passed = _length + 1;
                return true;
            }

            from = _text.Length;
            if (from > _largest)
            {
                DropLine();
                return true;
            }

            if (!_text.Fill())
            {
                _length = _passed = _text.Length;
                return _length > 0;
            }
        }
    }

    // Keeps the beginning for the report and passes over the rest without holding it.
    private void DropLine()
    {
        Fault = $"longer than {_largest:N0} bytes";
        _dropped = _text.Span[..Math.Min(_text.Length, MalformedRow.LongestRaw)].ToArray();
        int end;
        while ((end = _text.Span.IndexOf((byte)'\n')) < 0)
        {
            _text.Skip(_text.Length);
            if (!_text.Fill())
            {
                break;
            }
        }

        _passed = end + 1;
    }
}
