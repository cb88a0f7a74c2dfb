using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>Writes one JSON array with an object a row.</summary>
public sealed class JsonWriter : ITableWriter
{
    private readonly Utf8Output _output;
    private readonly JsonRows _rows;
    private bool _any;

    /// <summary>A writer to a stream, which stays open.</summary>
    public JsonWriter(Stream stream, TableSchema schema)
    {
        _output = new Utf8Output(stream);
        _rows = new JsonRows(schema, _output);
    }

    /// <inheritdoc/>
    public void Write(Table table)
    {
        for (int row = 0; row < table.RowCount; row++)
        {
            _output.Write(_any ? ",\n  "u8 : "[\n  "u8);
            _any = true;
            _rows.Write(table, row);
            _output.DrainIfFull();
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        _output.Write(_any ? "\n]\n"u8 : "[]\n"u8);
        _output.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
