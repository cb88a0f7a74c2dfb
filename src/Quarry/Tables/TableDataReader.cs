using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Quarry.Tables;

/// <summary>Reads a table or a stream of batches row by row, as ADO.NET's consumers (bulk copies, mappers, grids) expect.</summary>
public sealed class TableDataReader : DbDataReader
{
    private readonly TableStream _stream;
    private readonly IEnumerator<TableBatch> _batches;
    private Table? _table;
    private int _row = -1;
    private bool _closed;

    /// <summary>A reader of a stream's rows; closing it disposes the stream.</summary>
    public TableDataReader(TableStream stream)
    {
        _stream = stream;
        _batches = stream.TakeBatches().GetEnumerator();
        HasRows = Advance();
    }

    /// <summary>A reader of a table's rows.</summary>
    public TableDataReader(Table table)
        : this(TableStream.Of(table))
    {
    }

    /// <inheritdoc/>
    public override int FieldCount => _stream.Schema.Count;

    /// <inheritdoc/>
    public override bool HasRows { get; }

    /// <inheritdoc/>
    public override bool IsClosed => _closed;

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override int RecordsAffected => -1;

    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public override bool Read()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_table is null)
        {
            return false;
        }

        if (++_row < _table.RowCount)
        {
            return true;
        }

        if (!Advance())
        {
            return false;
        }

        _row = 0;
        return true;
    }

    /// <inheritdoc/>
    public override bool NextResult() => false;

    /// <inheritdoc/>
    public override void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _table = null;
        _batches.Dispose();
        _stream.Dispose();
    }

    /// <inheritdoc/>
    public override object GetValue(int ordinal) => Current.GetValue(ordinal) ?? DBNull.Value;

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        int count = Math.Min(values.Length, FieldCount);
        for (int i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => Current.Column(ordinal).IsNull(_row);

    /// <inheritdoc/>
    public override string GetName(int ordinal) => _stream.Schema[ordinal].Name;

    /// <inheritdoc/>
    public override int GetOrdinal(string name) => _stream.Schema.Require(name);

    /// <inheritdoc/>
    public override string GetDataTypeName(int ordinal) => _stream.Schema[ordinal].Type.KqlName();

    /// <inheritdoc/>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    [UnconditionalSuppressMessage("Trimming", "IL2073", Justification = "The types are the fixed ones of ColumnTypes.ClrType; none is trimmed.")]
    public override Type GetFieldType(int ordinal) => _stream.Schema[ordinal].Type.ClrType();

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => Get<bool>(ordinal);

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => checked((byte)GetInt64(ordinal));

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => checked((short)GetInt64(ordinal));

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => checked((int)GetInt64(ordinal));

    /// <summary>A value of an int or long column.</summary>
    public override long GetInt64(int ordinal) => Required(ordinal) switch
    {
        int value => value,
        long value => value,
        object other => throw Mismatch(ordinal, other, "long"),
    };

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    /// <summary>A value of a real, int or long column.</summary>
    public override double GetDouble(int ordinal) => Required(ordinal) switch
    {
        double value => value,
        int value => value,
        long value => value,
        object other => throw Mismatch(ordinal, other, "real"),
    };

    /// <summary>A value of a decimal, int or long column.</summary>
    public override decimal GetDecimal(int ordinal) => Required(ordinal) switch
    {
        decimal value => value,
        int value => value,
        long value => value,
        object other => throw Mismatch(ordinal, other, "decimal"),
    };

    /// <inheritdoc/>
    public override DateTime GetDateTime(int ordinal) => Get<DateTime>(ordinal);

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => Get<Guid>(ordinal);

    /// <inheritdoc/>
    public override string GetString(int ordinal) => Get<string>(ordinal);

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => GetString(ordinal) is [char only]
        ? only
        : throw new InvalidCastException($"Column '{GetName(ordinal)}' holds text that is not one character long.");

    /// <summary>Copies from the UTF-8 of a string or dynamic column.</summary>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        if (Current.Column(ordinal) is not TextColumn text)
        {
            throw Mismatch(ordinal, Required(ordinal), "string");
        }

        ReadOnlySpan<byte> utf8 = text[_row];
        return buffer is null ? utf8.Length : Copy(utf8, dataOffset, buffer.AsSpan(bufferOffset, length));
    }

    /// <inheritdoc/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        string text = GetString(ordinal);
        return buffer is null ? text.Length : Copy(text.AsSpan(), dataOffset, buffer.AsSpan(bufferOffset, length));
    }

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <inheritdoc/>
    [UnconditionalSuppressMessage("Trimming", "IL2111", Justification = "Only the built-in types of ColumnTypes.ClrType are named in the table.")]
    public override DataTable GetSchemaTable()
    {
        var table = new DataTable("SchemaTable") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.IsKey, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsUnique, typeof(bool));
        for (int i = 0; i < FieldCount; i++)
        {
            table.Rows.Add(GetName(i), i, GetFieldType(i), true, int.MaxValue, false, false);
        }

        return table;
    }

    private RowPosition Current => _table is { } table && _row >= 0 && _row < table.RowCount
        ? new RowPosition(table, _row)
        : throw new InvalidOperationException("The reader stands on no row: call Read() first, and stop when it says false.");

    private static long Copy<T>(ReadOnlySpan<T> from, long offset, Span<T> to)
    {
        if (offset >= from.Length)
        {
            return 0;
        }

        ReadOnlySpan<T> rest = from[(int)offset..];
        int count = Math.Min(rest.Length, to.Length);
        rest[..count].CopyTo(to);
        return count;
    }

    private bool Advance()
    {
        while (_batches.MoveNext())
        {
            if (_batches.Current.Table.RowCount > 0)
            {
                _table = _batches.Current.Table;
                return true;
            }
        }

        _table = null;
        return false;
    }

    private T Get<T>(int ordinal)
        where T : notnull
        => Required(ordinal) is T value ? value : throw Mismatch(ordinal, Required(ordinal), typeof(T).Name);

    private object Required(int ordinal) => Current.GetValue(ordinal)
        ?? throw new InvalidCastException($"Column '{GetName(ordinal)}' is null in this row. Ask IsDBNull first.");

    private InvalidCastException Mismatch(int ordinal, object value, string wanted) =>
        new($"Column '{GetName(ordinal)}' is {GetDataTypeName(ordinal)} ({value.GetType().Name}), not {wanted}.");

    private readonly record struct RowPosition(Table Table, int Row)
    {
        public Column Column(int ordinal) => Table[ordinal];

        public object? GetValue(int ordinal) => Table[ordinal].GetValue(Row);
    }
}
