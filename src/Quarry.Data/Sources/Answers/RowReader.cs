using System.Globalization;
using System.Text.Json;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>Reads the rows of a table of an answer, an array of arrays, into batches.</summary>
internal sealed class RowReader
{
    /// <summary>The most rows of a batch.</summary>
    public const int BatchRows = 16_384;

    /// <summary>The bytes of the answer after which a batch ends.</summary>
    public const int BatchBytes = 4 << 20;

    private readonly JsonCursor _json;
    private readonly ServiceFaults _faults;
    private readonly string _table;
    private readonly TableSchema _schema;
    private readonly Action<JsonElement> _onError;
    private readonly TableBuilder _builder;
    private readonly CellReader[] _cells;
    private long _row;
    private bool _isFirst = true;
    private bool _isOver;

    /// <summary>A reader where the cursor stands before the array of rows.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="faults">What makes errors of faults.</param>
    /// <param name="table">The table's name, for messages.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="firstRow">How many rows of it came before.</param>
    /// <param name="onError">Told of each error that the service sent in place of a row.</param>
    public RowReader(JsonCursor json, ServiceFaults faults, string table, TableSchema schema, long firstRow, Action<JsonElement> onError)
    {
        _json = json;
        _faults = faults;
        _table = table;
        _schema = schema;
        _row = firstRow;
        _onError = onError;
        _builder = new TableBuilder(schema);
        _cells = [.. schema.Select((column, i) => CellReader.Of(column.Type, _builder[i]))];
        json.Take('[');
    }

    /// <summary>The texts in which something stood for no character.</summary>
    public long Replaced => _cells.Sum(cell => cell.Replaced);

    /// <summary>The decimals that lost digits.</summary>
    public long Rounded => _cells.Sum(cell => cell.Rounded);

    /// <summary>The next rows; null after the last.</summary>
    public Table? NextBatch()
    {
        long until = _json.Position + BatchBytes;
        int rows = 0;
        while (!_isOver && rows < BatchRows && _json.Position < until)
        {
            if (!_json.NextElement(ref _isFirst))
            {
                _isOver = true;
            }
            else if (_json.Next() == '{')
            {
                ReadError();
            }
            else
            {
                ReadRow();
                rows++;
            }
        }

        return rows > 0 ? _builder.Build() : _isOver ? null : NextBatch();
    }

    private void ReadRow()
    {
        _json.Take('[');
        CellReader[] cells = _cells;
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0 && !_json.TryTake(','))
            {
                throw Width(i);
            }

            if (i == 0 && _json.Next() == ']')
            {
                throw Width(0);
            }

            if (cells[i].Read(_json) is { } fault)
            {
                throw Lie(i, fault);
            }
        }

        if (!_json.TryTake(']'))
        {
            throw Width(cells.Length + 1);
        }

        _row++;
    }

    // Kusto sends an error that came up among the rows in their place.
    private void ReadError()
    {
        try
        {
            using var said = JsonDocument.Parse(_json.TakeValue().ToArray(), new JsonDocumentOptions { MaxDepth = JsonCursor.Deepest });
            if (!said.RootElement.TryGetProperty("OneApiErrors", out JsonElement errors) && !said.RootElement.TryGetProperty("Exceptions", out errors))
            {
                throw _faults.Broken($"{Where()}: an object was sent in place of a row.");
            }

            _onError(errors);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw _faults.Broken($"{Where()}: what was sent in place of a row is no JSON.", fault);
        }
    }

    private string Where() => string.Create(CultureInfo.InvariantCulture, $"Table '{_table}', row {_row + 1:N0}");

    private SourceException Width(int cells) => _faults.Broken(
        cells > _cells.Length
            ? $"{Where()} has more cells than the {_cells.Length} columns of the table."
            : $"{Where()} has {Counted.Of(cells, "cell", "cells")}, and the table {Counted.Of(_cells.Length, "column", "columns")}.");

    private SourceException Lie(int column, string fault) =>
        _faults.Broken($"{Where()}, column '{_schema[column].Name}' is said to be {_schema[column].Type.KqlName()}, but {fault} was sent.");
}
