using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>Writes a JSON object a line. Values are exact; control and bidirectional characters are written as <c>\u</c> escapes.</summary>
public sealed class JsonLinesWriter : ITableWriter
{
    private readonly Utf8Output _output;
    private readonly JsonRows _rows;

    /// <summary>A writer to a stream, which stays open.</summary>
    public JsonLinesWriter(Stream stream, TableSchema schema)
    {
        _output = new Utf8Output(stream);
        _rows = new JsonRows(schema, _output);
    }

    /// <inheritdoc/>
    public void Write(Table table)
    {
        for (int row = 0; row < table.RowCount; row++)
        {
            _rows.Write(table, row);
            _output.Write((byte)'\n');
            _output.DrainIfFull();
        }

        // A reader at the other end of a pipe sees each batch as it is done.
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Complete() => _output.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
