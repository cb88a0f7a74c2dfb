using System.Buffers.Text;
using System.Globalization;
using Quarry.Data.Sources.Answers;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Sources.Defender;

/// <summary>Reads rows that are objects, an array of them, into batches. A column that a row leaves out is null there.</summary>
internal sealed class HuntingRows
{
    private readonly JsonCursor _json;
    private readonly ServiceFaults _faults;
    private readonly TableSchema _schema;
    private readonly TableBuilder _builder;
    private readonly CellReader[] _cells;
    private readonly Dictionary<string, int> _columns;
    private readonly long[] _filled;
    private long _row;
    private bool _isFirst = true;
    private bool _isOver;

    /// <summary>A reader where the cursor stands before the array.</summary>
    public HuntingRows(JsonCursor json, ServiceFaults faults, TableSchema schema)
    {
        _json = json;
        _faults = faults;
        _schema = schema;
        _builder = new TableBuilder(schema);
        _cells = [.. schema.Select((column, i) => CellReader.Of(column.Type, _builder[i]))];
        _columns = schema.Select((column, i) => (column.Name, i)).ToDictionary(one => one.Name, one => one.i, StringComparer.Ordinal);
        _filled = new long[schema.Count];
        json.Take('[');
    }

    /// <summary>The texts in which something stood for no character.</summary>
    public long Replaced => _cells.Sum(cell => cell.Replaced);

    /// <summary>The next rows; null after the last.</summary>
    public Table? NextBatch()
    {
        long until = _json.Position + RowReader.BatchBytes;
        int rows = 0;
        while (!_isOver && rows < RowReader.BatchRows && (rows == 0 || _json.Position < until))
        {
            if (!_json.NextElement(ref _isFirst))
            {
                _isOver = true;
                break;
            }

            ReadRow();
            rows++;
        }

        return rows > 0 ? _builder.Build() : null;
    }

    private void ReadRow()
    {
        _row++;
        bool isFirst = true;
        _json.Take('{');
        while (_json.NextProperty(ref isFirst, out string name))
        {
            if (_columns.TryGetValue(name, out int column))
            {
                ReadCell(column);
            }
            else if (name.Contains('@', StringComparison.Ordinal))
            {
                // What OData notes of a property: "ProcessId@odata.type".
                _json.SkipValue();
            }
            else
            {
                throw _faults.Broken($"{Where()} has the property '{name}', which its schema does not have.");
            }
        }

        for (int i = 0; i < _cells.Length; i++)
        {
            if (_filled[i] != _row)
            {
                _builder[i].AppendNull();
            }
        }
    }

    private void ReadCell(int column)
    {
        if (_filled[column] == _row)
        {
            throw _faults.Broken($"{Where()} has the property '{_schema[column].Name}' twice.");
        }

        _filled[column] = _row;
        string? fault = _schema[column].Type is ColumnType.Long or ColumnType.Int && _json.Next() == '"' ? ReadQuoted(column) : _cells[column].Read(_json);
        if (fault is not null)
        {
            throw _faults.Broken($"{Where()}, column '{_schema[column].Name}' is said to be {_schema[column].Type.KqlName()}, but {fault} was sent.");
        }
    }

    // OData may write whole numbers as texts, which hold 64 bits where JSON's numbers need not.
    private string? ReadQuoted(int column)
    {
        ReadOnlySpan<byte> text = _json.TakeString(out _);
        if (Utf8Parser.TryParse(text, out long number, out int taken) && taken == text.Length)
        {
            if (_schema[column].Type == ColumnType.Long)
            {
                ((ValueColumnBuilder<long>)_builder[column]).Append(number);
                return null;
            }

            if (number is >= int.MinValue and <= int.MaxValue)
            {
                ((ValueColumnBuilder<int>)_builder[column]).Append((int)number);
                return null;
            }
        }

        return "a text that is no such number";
    }

    private string Where() => string.Create(CultureInfo.InvariantCulture, $"Row {_row:N0}");
}
