using System.Data.Common;
using System.Globalization;

namespace Quarry.Tables;

/// <summary>Tables from ADO.NET's data readers.</summary>
public static class DataReaderTables
{
    /// <summary>
    /// The rows of a reader as a stream of batches; the reader is read as the batches are taken and closed with the stream.
    /// </summary>
    /// <param name="reader">An open reader.</param>
    /// <param name="batchRows">The most rows of a batch.</param>
    /// <remarks>
    /// Types: smaller integers become int or long, float becomes real, <see cref="DateTimeOffset"/> and local times become
    /// UTC, byte arrays become base64 text, and what has no column type becomes its invariant text.
    /// </remarks>
    /// <exception cref="QuarryException">Two columns have the same name.</exception>
    public static TableStream ToTableStream(this DbDataReader reader, int batchRows = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchRows);
        var schema = new TableSchema(Enumerable.Range(0, reader.FieldCount)
            .Select(i => new ColumnSchema(reader.GetName(i), TypeOf(reader.GetFieldType(i)))));
        return new TableStream(schema, Read(reader, schema, batchRows), reader);
    }

    /// <summary>All rows of a reader as one table in memory; the reader is closed.</summary>
    public static Table ToTable(this DbDataReader reader)
    {
        using TableStream stream = reader.ToTableStream();
        return stream.Gather();
    }

    internal static ColumnType TypeOf(Type type)
    {
        if (type == typeof(DateTimeOffset))
        {
            return ColumnType.DateTime;
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => ColumnType.Bool,
            TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 => ColumnType.Int,
            TypeCode.UInt32 or TypeCode.Int64 => ColumnType.Long,
            TypeCode.UInt64 or TypeCode.Decimal => ColumnType.Decimal,
            TypeCode.Single or TypeCode.Double => ColumnType.Real,
            TypeCode.DateTime => ColumnType.DateTime,
            _ when type == typeof(TimeSpan) => ColumnType.TimeSpan,
            _ when type == typeof(Guid) => ColumnType.Guid,
            _ => ColumnType.String,
        };
    }

    internal static object? Convert(object? value, ColumnType type) => value switch
    {
        null or DBNull => null,
        DateTimeOffset time => time.UtcDateTime,
        DateTime { Kind: DateTimeKind.Unspecified } time => DateTime.SpecifyKind(time, DateTimeKind.Utc),
        DateTime time => time.ToUniversalTime(),
        byte[] bytes => System.Convert.ToBase64String(bytes),
        _ => type switch
        {
            ColumnType.Int => System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
            ColumnType.Long => System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
            ColumnType.Real => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
            ColumnType.Decimal => System.Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            ColumnType.String => System.Convert.ToString(value, CultureInfo.InvariantCulture),
            _ => value,
        },
    };

    private static IEnumerable<TableBatch> Read(DbDataReader reader, TableSchema schema, int batchRows)
    {
        var builder = new TableBuilder(schema);
        long first = 0;
        while (reader.Read())
        {
            for (int i = 0; i < schema.Count; i++)
            {
                builder[i].AppendObject(Convert(reader.GetValue(i), schema[i].Type));
            }

            if (builder.RowCount == batchRows)
            {
                yield return new TableBatch(builder.Build(), first);
                first += batchRows;
            }
        }

        if (builder.RowCount > 0)
        {
            yield return new TableBatch(builder.Build(), first);
        }
    }
}
