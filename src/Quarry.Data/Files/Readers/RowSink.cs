using System.Runtime.InteropServices;
using System.Text;
using Quarry.Tables;

namespace Quarry.Data.Files.Readers;

/// <summary>Where readers put their rows: the columns of the batch being built, and what fits none of them.</summary>
internal sealed class RowSink
{
    private readonly TableBuilder _table;
    private readonly int _overflow;
    private readonly ReadReport _report;
    private readonly JsonScanner _json = new();
    private readonly List<byte> _extra = [];
    private readonly int[] _lastBytes;

    /// <summary>A sink for a schema.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="overflow">The position of the overflow column, or -1.</param>
    /// <param name="report">Where replaced escapes and overflowing values are counted.</param>
    public RowSink(TableSchema schema, int overflow, ReadReport report)
    {
        _table = new TableBuilder(schema);
        _overflow = overflow;
        _report = report;
        _lastBytes = new int[schema.Count];
    }

    /// <summary>The columns.</summary>
    public TableSchema Schema => _table.Schema;

    /// <summary>The rows collected.</summary>
    public int Rows { get; private set; }

    /// <summary>The bytes of text collected.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether keys of no column are kept.</summary>
    public bool TakesExtra => _overflow >= 0;

    /// <summary>Whether a column is the overflow, which rows do not give.</summary>
    public bool IsOverflow(int column) => column == _overflow;

    /// <summary>Adds a null.</summary>
    public void AppendNull(int column) => _table[column].AppendNull();

    /// <summary>Adds text to a string column.</summary>
    public void AppendText(int column, ReadOnlySpan<byte> text)
    {
        Bytes += text.Length;
        _table.Text(column).Append(text);
    }

    /// <summary>Adds a field of delimited text.</summary>
    public void AppendField(int column, ReadOnlySpan<byte> text)
    {
        ColumnType type = Schema[column].Type;
        if (type == ColumnType.String)
        {
            AppendText(column, text);
        }
        else if (type == ColumnType.Dynamic)
        {
            if (_json.IsValue(text))
            {
                AppendText(column, text);
                return;
            }

            int mark = _extra.Count;
            JsonText.AppendQuoted(_extra, text);
            AppendText(column, CollectionsMarshal.AsSpan(_extra)[mark..]);
            _extra.RemoveRange(mark, _extra.Count - mark);
        }
        else if (!TryAppendTyped(column, type, text))
        {
            AppendNull(column);
            AddExtra(Schema[column].Name, text, isString: true);
        }
    }

    /// <summary>Adds a JSON value that is not null.</summary>
    /// <param name="column">The column.</param>
    /// <param name="record">The text that <paramref name="value"/> stands in.</param>
    /// <param name="value">The value.</param>
    public void AppendJson(int column, ReadOnlySpan<byte> record, JsonValue value)
    {
        ReadOnlySpan<byte> text = record.Slice(value.Start, value.Length);
        ColumnType type = Schema[column].Type;
        if (type == ColumnType.String)
        {
            if (value.HasEscapes)
            {
                AppendUnescaped(column, text);
            }
            else
            {
                AppendText(column, text);
            }
        }
        else if (type == ColumnType.Dynamic)
        {
            AppendText(column, Whole(record, value));
        }
        else if (!FitsKind(type, value.Kind) || !TryAppendTyped(column, type, text))
        {
            AppendNull(column);
            AddExtra(Schema[column].Name, Whole(record, value), isString: false);
        }
    }

    /// <summary>Puts a value of no column aside for the row's overflow.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="text">Its text.</param>
    /// <param name="isString">Whether the text is yet to be made JSON.</param>
    public void AddExtra(string name, ReadOnlySpan<byte> text, bool isString) =>
        AddExtra(Encoding.UTF8.GetBytes(name), text, isString);

    /// <summary>Puts a value of no column aside for the row's overflow.</summary>
    public void AddExtra(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, bool isString)
    {
        if (!TakesExtra)
        {
            return;
        }

        _report.AddOverflowValue();
        _extra.Add(_extra.Count == 0 ? (byte)'{' : (byte)',');
        JsonText.AppendQuoted(_extra, name);
        _extra.Add((byte)':');
        if (isString)
        {
            JsonText.AppendQuoted(_extra, text);
        }
        else
        {
            _extra.AddRange(text);
        }
    }

    /// <summary>Adds a row whose only value is a text, in the column of a name.</summary>
    public void AddRow(string column, ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < Schema.Count; i++)
        {
            if (Schema[i].Name == column)
            {
                AppendField(i, text);
            }
            else if (!IsOverflow(i))
            {
                AppendNull(i);
            }
        }

        EndRow();
    }

    /// <summary>Ends a row of which every column but the overflow has been given.</summary>
    public void EndRow()
    {
        if (TakesExtra)
        {
            if (_extra.Count == 0)
            {
                AppendNull(_overflow);
            }
            else
            {
                _extra.Add((byte)'}');
                AppendText(_overflow, CollectionsMarshal.AsSpan(_extra));
                _extra.Clear();
            }
        }

        Rows++;
    }

    /// <summary>Hands over the rows and begins anew.</summary>
    public Table Take()
    {
        for (int i = 0; i < _lastBytes.Length; i++)
        {
            _lastBytes[i] = _table[i] is TextColumnBuilder text ? text.ByteCount : 0;
        }

        Table table = _table.Build();
        Rows = 0;
        Bytes = 0;

        // The next batch is likely to be as large: growing to it would copy it twice.
        for (int i = 0; i < _lastBytes.Length; i++)
        {
            if (_lastBytes[i] > 1 << 16)
            {
                _table.Text(i).GetSpan(_lastBytes[i] + (_lastBytes[i] / 16));
            }
        }

        return table;
    }

    private void AppendUnescaped(int column, ReadOnlySpan<byte> text)
    {
        TextColumnBuilder builder = _table.Text(column);
        int written = JsonText.Unescape(text, builder.GetSpan(text.Length), out int replaced);
        builder.Commit(written);
        Bytes += written;
        if (replaced > 0)
        {
            _report.AddReplacedEscapes(replaced);
        }
    }

    private bool TryAppendTyped(int column, ColumnType type, ReadOnlySpan<byte> text)
    {
        switch (type)
        {
            case ColumnType.Bool when TypedText.TryBool(text, out bool value):
                _table.Values<bool>(column).Append(value);
                return true;
            case ColumnType.Long when TypedText.TryLong(text, out long value):
                _table.Values<long>(column).Append(value);
                return true;
            case ColumnType.Real when TypedText.TryReal(text, out double value):
                _table.Values<double>(column).Append(value);
                return true;
            case ColumnType.DateTime when TypedText.TryDateTime(text, out DateTime value):
                _table.Values<DateTime>(column).Append(value);
                return true;
            case ColumnType.TimeSpan when TypedText.TryTimeSpan(text, out TimeSpan value):
                _table.Values<TimeSpan>(column).Append(value);
                return true;
            case ColumnType.Guid when TypedText.TryGuid(text, out Guid value):
                _table.Values<Guid>(column).Append(value);
                return true;
            default:
                return false;
        }
    }

    private static bool FitsKind(ColumnType type, JsonKind kind) => type switch
    {
        ColumnType.Bool => kind == JsonKind.Bool,
        ColumnType.Long or ColumnType.Real => kind == JsonKind.Number,
        _ => kind == JsonKind.String,
    };

    // The JSON text of a value, with the quotes of a string.
    private static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> record, JsonValue value) => value.Kind == JsonKind.String
        ? record.Slice(value.Start - 1, value.Length + 2)
        : record.Slice(value.Start, value.Length);
}
