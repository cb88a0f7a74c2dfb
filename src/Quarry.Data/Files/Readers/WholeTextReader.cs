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

        return Add(sink, EndOfPart());
    }

    private int EndOfPart()
    {
        int line = text.Span[..options.LargestRow].LastIndexOf((byte)'\n') + 1;
        return line > 0 ? line : text.WholeCharacters(options.LargestRow);
    }

    private bool Add(RowSink sink, int length)
    {
        sink.AddRow(Column, text.Span[..length]);
        text.Skip(length);
        return true;
    }
}
