using Quarry.Data.Files.Writers;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>Version 2 of Kusto's answers: a JSON array of frames.</summary>
internal sealed class KustoV2Answer(Stream stream, string requestId, bool isProgressive, bool dynamicAsText) : IAnswer
{
    private const int Properties = 0;

    private readonly Utf8Output _output = new(stream);
    private int _table = Properties;
    private bool _isOpen;
    private long _rows;

    private AnswerRows Rows => field ??= new AnswerRows(_output, dynamicAsText);

    /// <inheritdoc/>
    public void Begin(KqlRender? render)
    {
        _output.Write(isProgressive
            ? "[{\"FrameType\":\"DataSetHeader\",\"IsProgressive\":true,\"Version\":\"v2.0\",\"IsFragmented\":true,\"ErrorReportingPlacement\":\"EndOfDataSet\"}"u8
            : "[{\"FrameType\":\"DataSetHeader\",\"IsProgressive\":false,\"Version\":\"v2.0\",\"IsFragmented\":false,\"ErrorReportingPlacement\":\"EndOfDataSet\"}"u8);
        _output.Write(",{\"FrameType\":\"DataTable\",\"TableId\":0,\"TableKind\":\"QueryProperties\",\"TableName\":\"@ExtendedProperties\",\"Columns\":[{\"ColumnName\":\"TableId\",\"ColumnType\":\"int\"},{\"ColumnName\":\"Key\",\"ColumnType\":\"string\"},{\"ColumnName\":\"Value\",\"ColumnType\":\"dynamic\"}],\"Rows\":[[1,\"Visualization\","u8);
        _output.WriteJsonString(Visualization.Bytes(render));
        _output.Write("]]}"u8);
    }

    /// <inheritdoc/>
    public void BeginTable(TableSchema schema)
    {
        _table++;
        _rows = 0;
        Rows.Begin();
        _isOpen = true;
        _output.Write(isProgressive ? ",{\"FrameType\":\"TableHeader\",\"TableId\":"u8 : ",{\"FrameType\":\"DataTable\",\"TableId\":"u8);
        _output.Write((long)_table);
        _output.Write(",\"TableKind\":\"PrimaryResult\",\"TableName\":\"PrimaryResult\",\"Columns\":["u8);
        for (int i = 0; i < schema.Count; i++)
        {
            _output.Write(i == 0 ? "{\"ColumnName\":"u8 : ",{\"ColumnName\":"u8);
            Rows.Text(schema[i].Name);
            _output.Write(",\"ColumnType\":"u8);
            Rows.Text(schema[i].Type.KqlName());
            _output.Write((byte)'}');
        }

        _output.Write(isProgressive ? "]}"u8 : "],\"Rows\":["u8);
    }

    /// <inheritdoc/>
    public void Write(Table rows)
    {
        if (!isProgressive)
        {
            Rows.Write(rows);
            return;
        }

        _output.Write(",{\"FrameType\":\"TableFragment\",\"TableFragmentType\":\"DataAppend\",\"TableId\":"u8);
        _output.Write((long)_table);
        _output.Write(",\"Rows\":["u8);
        Rows.Begin();
        Rows.Write(rows);
        _output.Write("]}"u8);
        _rows += rows.RowCount;
    }

    /// <inheritdoc/>
    public void EndTable()
    {
        _isOpen = false;
        if (!isProgressive)
        {
            _output.Write("]}"u8);
            return;
        }

        _output.Write(",{\"FrameType\":\"TableProgress\",\"TableId\":"u8);
        _output.Write((long)_table);
        _output.Write(",\"TableProgress\":100.0},{\"FrameType\":\"TableCompletion\",\"TableId\":"u8);
        _output.Write((long)_table);
        _output.Write(",\"RowCount\":"u8);
        _output.Write(_rows);
        _output.Write((byte)'}');
    }

    /// <inheritdoc/>
    public void End(IReadOnlyList<string> remarks, Exception? error)
    {
        if (_isOpen)
        {
            EndTable();
        }

        WriteCompletionInformation(remarks);
        _output.Write(error is null ? ",{\"FrameType\":\"DataSetCompletion\",\"HasErrors\":false,\"Cancelled\":false}]"u8
            : error is OperationCanceledException ? ",{\"FrameType\":\"DataSetCompletion\",\"HasErrors\":true,\"Cancelled\":true,\"OneApiErrors\":[{\"error\":"u8
            : ",{\"FrameType\":\"DataSetCompletion\",\"HasErrors\":true,\"Cancelled\":false,\"OneApiErrors\":[{\"error\":"u8);
        if (error is not null)
        {
            _output.Write(ClientError.Bytes(error));
            _output.Write("}]}]"u8);
        }

        _output.Flush();
    }

    // Where the service tells what the query cost, the remarks are told.
    private void WriteCompletionInformation(IReadOnlyList<string> remarks)
    {
        _output.Write(",{\"FrameType\":\"DataTable\",\"TableId\":"u8);
        _output.Write(_table + 1L);
        _output.Write(",\"TableKind\":\"QueryCompletionInformation\",\"TableName\":\"QueryCompletionInformation\",\"Columns\":[{\"ColumnName\":\"Timestamp\",\"ColumnType\":\"datetime\"},{\"ColumnName\":\"ClientRequestId\",\"ColumnType\":\"string\"},{\"ColumnName\":\"EventTypeName\",\"ColumnType\":\"string\"},{\"ColumnName\":\"Level\",\"ColumnType\":\"int\"},{\"ColumnName\":\"LevelName\",\"ColumnType\":\"string\"},{\"ColumnName\":\"StatusCodeName\",\"ColumnType\":\"string\"},{\"ColumnName\":\"Payload\",\"ColumnType\":\"string\"}],\"Rows\":["u8);
        for (int i = 0; i < remarks.Count; i++)
        {
            _output.Write(i == 0 ? "[\""u8 : ",[\""u8);
            _output.Write(DateTime.UtcNow);
            _output.Write("\","u8);
            Rows.Text(requestId);
            _output.Write(",\"Remark\",3,\"Warning\",\"S_OK\","u8);
            Rows.Text(remarks[i]);
            _output.Write((byte)']');
        }

        _output.Write("]}"u8);
    }
}
