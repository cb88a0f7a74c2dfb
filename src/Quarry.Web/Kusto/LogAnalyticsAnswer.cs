using Quarry.Data.Files.Writers;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>The answers of the Log Analytics query API: an object with tables, and an error beside them where they are not whole.</summary>
internal sealed class LogAnalyticsAnswer(Stream stream) : IAnswer
{
    private readonly Utf8Output _output = new(stream);
    private KqlRender? _render;
    private int _tables;
    private bool _isOpen;

    private AnswerRows Rows => field ??= new AnswerRows(_output, dynamicAsText: true);

    /// <inheritdoc/>
    public void Begin(KqlRender? render)
    {
        _render = render;
        _output.Write("{\"tables\":["u8);
    }

    /// <inheritdoc/>
    public void BeginTable(TableSchema schema)
    {
        // The first is the result; what comes after it has a number.
        _output.Write(_tables == 0 ? "{\"name\":"u8 : ",{\"name\":"u8);
        Rows.Text(_tables == 0 ? "PrimaryResult" : FormattableString.Invariant($"Table_{_tables}"));
        _tables++;
        _output.Write(",\"columns\":["u8);
        for (int i = 0; i < schema.Count; i++)
        {
            _output.Write(i == 0 ? "{\"name\":"u8 : ",{\"name\":"u8);
            Rows.Text(schema[i].Name);
            _output.Write(",\"type\":"u8);
            Rows.Text(schema[i].Type.KqlName());
            _output.Write((byte)'}');
        }

        _output.Write("],\"rows\":["u8);
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
        if (_isOpen)
        {
            EndTable();
        }

        _output.Write((byte)']');
        if (_render is not null)
        {
            _output.Write(",\"render\":"u8);
            _output.Write(Visualization.Bytes(_render));
        }

        if (remarks.Count > 0)
        {
            _output.Write(",\"statistics\":{\"remarks\":["u8);
            for (int i = 0; i < remarks.Count; i++)
            {
                _output.Write(i == 0 ? ""u8 : ","u8);
                Rows.Text(remarks[i]);
            }

            _output.Write("]}"u8);
        }

        if (error is not null)
        {
            _output.Write(",\"error\":{\"code\":\"PartialError\",\"message\":\"The rows are not all: the query failed after them.\",\"innererror\":"u8);
            _output.Write(ClientError.Bytes(error));
            _output.Write((byte)'}');
        }

        _output.Write((byte)'}');
        _output.Flush();
    }
}
