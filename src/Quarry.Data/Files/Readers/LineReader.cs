namespace Quarry.Data.Files.Readers;

/// <summary>Rows of plain text: each line, without its end, is the value of the one column. A line over the limit becomes several rows.</summary>
internal sealed class LineReader : IRowReader
{
    /// <summary>The name of the column.</summary>
    public const string Column = "Line";

    // Batches hold whole lines, and several batches are on their way at once.
    private const int LongestLine = 16 << 20;

    private readonly TextBuffer _text;
    private readonly int _largest;
    private readonly ReadReport _report;
    private bool _isCut;

    /// <summary>Reads the lines of a text.</summary>
    public LineReader(TextBuffer text, InputOptions options, ReadReport report)
    {
        _text = text;
        _largest = Math.Min(options.LargestRow, LongestLine);
        _report = report;
    }

    /// <inheritdoc/>
    public bool ReadRow(RowSink sink)
    {
        int from = 0;
        while (true)
        {
            int end = _text.Span[from..].IndexOf((byte)'\n');
            if (end >= 0 && from + end <= _largest)
            {
                return Append(sink, from + end, from + end + 1);
            }

            from = _text.Length;
            if (from > _largest)
            {
                Cut(sink);
                return true;
            }

            if (!_text.Fill())
            {
                return (from > 0 || _isCut) && Append(sink, from, from);
            }
        }
    }

    private bool Append(RowSink sink, int length, int passed)
    {
        ReadOnlySpan<byte> line = _text.Span[..length];
        bool isRest = _isCut && length == 0;
        _isCut = false;
        if (!isRest)
        {
            sink.AddRow(Column, line.EndsWith("\r"u8) && passed > length ? line[..^1] : line);
        }

        _text.Skip(passed);
        return !isRest || ReadRow(sink);
    }

    private void Cut(RowSink sink)
    {
        int length = _text.WholeCharacters(_largest);
        if (!_isCut)
        {
            _report.AddCutLine();
        }

        _isCut = true;
        sink.AddRow(Column, _text.Span[..length]);
        _text.Skip(length);
    }
}
