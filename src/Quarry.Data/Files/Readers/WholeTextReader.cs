namespace Quarry.Data.Files.Readers;

/// <summary>One row: the whole text of a file, its lines as they are. A text over the limit becomes several rows, cut at a line's end where there is one.</summary>
internal sealed class WholeTextReader(TextBuffer text, InputOptions options, ReadReport report) : IRowReader
{
    /// <summary>The name of the column.</summary>
    public const string Column = "Text";

    private bool _isCut;

    /// <inheritdoc/>
    public bool ReadRow(RowSink sink)
    {
        while (text.Length <= options.LargestRow)
        {
            if (!text.Fill())
            {
                return text.Length > 0 && Add(sink, text.Length);
            }
        }

        if (!_isCut)
        {
            report.AddCutLine();
            _isCut = true;
        }

        return Add(sink, EndOfPart(text.Span[..options.LargestRow]));
    }

    private static int EndOfPart(ReadOnlySpan<byte> part)
    {
        int line = part.LastIndexOf((byte)'\n') + 1;
        if (line > 0)
        {
            return line;
        }

        // Not inside a character: back to where one begins.
        int end = part.Length;
        while (end > part.Length - 3 && end > 1 && (part[end - 1] & 0xC0) == 0x80)
        {
            end--;
        }

        return end > 1 && part[end - 1] >= 0xC0 ? end - 1 : part.Length;
    }

    private bool Add(RowSink sink, int length)
    {
        for (int i = 0; i < sink.Schema.Count; i++)
        {
            if (sink.Schema[i].Name == Column)
            {
                sink.AppendField(i, text.Span[..length]);
            }
            else if (!sink.IsOverflow(i))
            {
                sink.AppendNull(i);
            }
        }

        sink.EndRow();
        text.Skip(length);
        return true;
    }
}
