using Quarry.Data.Files.Writers;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>Version 1 of Kusto's answers: an object with tables.</summary>
internal sealed class KustoV1Answer(Stream stream) : IAnswer
{
    private readonly Utf8Output _output = new(stream);
    private int _table;
    private bool _isOpen;

    private AnswerRows Rows => field ??= new AnswerRows(_output, dynamicAsText: true);

    /// <inheritdoc/>
    public void Begin(KqlRender? render) => _output.Write("{\"Tables\":["u8);

    /// <inheritdoc/>
    public void BeginTable(TableSchema schema)
    {
        _output.Write(_table == 0 ? "{\"TableName\":\"Table_"u8 : ",{\"TableName\":\"Table_"u8);
        _output.Write((long)_table++);
        _output.Write("\",\"Columns\":["u8);
        for (int i = 0; i < schema.Count; i++)
        {
            _output.Write(i == 0 ? "{\"ColumnName\":"u8 : ",{\"ColumnName\":"u8);
            Rows.Text(schema[i].Name);
            _output.Write(",\"DataType\":"u8);
            Rows.Text(KustoTypes.DataType(schema[i].Type));
            _output.Write(",\"ColumnType\":"u8);
            Rows.Text(schema[i].Type.KqlName());
            _output.Write((byte)'}');
        }

        _output.Write("],\"Rows\":["u8);
        Rows.Begin();
        _isOpen = true;
    }

    /// <inheritdoc/>
    public void Write(Table rows) => Rows.Write(rows);

    /// <inheritdoc/>
    public void EndTable()
    {
        _isOpen = false;
        _output.Write("]}"u8);
    }

    /// <inheritdoc/>
    public void End(IReadOnlyList<string> remarks, Exception? error)
    {
        if (error is not null && _isOpen)
        {
            // Version 1 tells errors where a row would be, and once more beside the tables.
            _output.Write(Rows.IsEmpty ? "{\"Exceptions\":["u8 : ",{\"Exceptions\":["u8);
            Rows.Text(error.Message);
            _output.Write("]}"u8);
        }

        if (_isOpen)
        {
            EndTable();
        }

        _output.Write((byte)']');
        if (error is not null)
        {
            _output.Write(",\"Exceptions\":["u8);
            Rows.Text(error.Message);
            _output.Write((byte)']');
        }

        _output.Write((byte)'}');
        _output.Flush();
    }
}
