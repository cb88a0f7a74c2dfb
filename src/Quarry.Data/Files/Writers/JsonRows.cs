using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>Writes a table's rows as JSON objects.</summary>
internal sealed class JsonRows
{
    private readonly byte[][] _names;
    private readonly Utf8Output _output;
    private readonly JsonCells _cells;

    public JsonRows(TableSchema schema, Utf8Output output)
    {
        _output = output;
        _cells = new JsonCells(output);
        _names = new byte[schema.Count][];
        for (int i = 0; i < _names.Length; i++)
        {
            using var memory = new MemoryStream();
            var name = new Utf8Output(memory);
            name.WriteJsonString(System.Text.Encoding.UTF8.GetBytes(schema[i].Name));
            name.Write((byte)':');
            name.Flush();
            _names[i] = memory.ToArray();
        }
    }

    public void Write(Table table, int row)
    {
        _output.Write((byte)'{');
        for (int i = 0; i < _names.Length; i++)
        {
            if (i > 0)
            {
                _output.Write((byte)',');
            }

            _output.Write(_names[i]);
            _cells.Write(table[i], row);
        }

        _output.Write((byte)'}');
    }
}
