using System.Buffers.Text;
using Quarry.Data.Engine;
using Quarry.Kql.Functions;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>Results of DuckDB as tables of KQL's types, from how <see cref="KqlStorage"/> holds them.</summary>
internal static class ResultReader
{
    /// <summary>The most text in a batch before it is handed on, whatever its rows.</summary>
    private const long BatchBytes = 32 << 20;

    private const int BatchRows = 65_536;

    // A batch of many columns has fewer rows.
    private const int BatchCells = 4 << 20;

    /// <summary>The rows left, in batches, each copied out of DuckDB's memory.</summary>
    /// <exception cref="EngineException">A column is not held as its type is.</exception>
    public static IEnumerable<TableBatch> Batches(DuckDbResult result, TableSchema schema)
    {
        CheckTypes(result, schema);
        var builder = new TableBuilder(schema);
        int most = Math.Clamp(BatchCells / Math.Max(1, schema.Count), 1, BatchRows);
        long first = 0;
        foreach (DuckDbChunk chunk in result.Chunks())
        {
            for (int column = 0; column < schema.Count; column++)
            {
                Read(chunk[column], builder[column]);
            }

            if (builder.RowCount >= most || builder.TextBytes >= BatchBytes)
            {
                Table table = builder.Build();
                yield return new TableBatch(table, first);
                first += table.RowCount;
            }
        }

        if (builder.RowCount > 0)
        {
            yield return new TableBatch(builder.Build(), first);
        }
    }

    private static void CheckTypes(DuckDbResult result, TableSchema schema)
    {
        if (result.Columns.Count < schema.Count)
        {
            throw new EngineException($"The statement gives {result.Columns.Count} columns where {schema.Count} are expected.");
        }

        for (int i = 0; i < schema.Count; i++)
        {
            DuckDbType expected = KqlStorage.TypeOf(schema[i].Type);
            if (!result.Columns[i].Type.Equals(expected))
            {
                throw new EngineException($"Column '{schema[i].Name}' is {result.Columns[i].Type} where {expected} is expected for {schema[i].Type.KqlName()}.");
            }
        }
    }

    private static void Read(in DuckDbVector from, ColumnBuilder to)
    {
        switch (to)
        {
            case ValueColumnBuilder<bool> bools:
                Copy(from, bools);
                break;
            case ValueColumnBuilder<int> ints:
                Copy(from, ints);
                break;
            case ValueColumnBuilder<long> longs:
                Copy(from, longs);
                break;
            case ValueColumnBuilder<double> reals:
                Copy(from, reals);
                break;
            case ValueColumnBuilder<decimal> decimals:
                ReadOnlySpan<Int128> scaled = from.Values<Int128>();
                for (int row = 0; row < from.Length; row++)
                {
                    decimals.Append(from.IsNull(row) ? null : DecimalStorage.ToDecimal(scaled[row]));
                }

                break;
            case ValueColumnBuilder<DateTime> times:
                ReadOnlySpan<long> ticks = from.Values<long>();
                for (int row = 0; row < from.Length; row++)
                {
                    bool isTime = !from.IsNull(row) && ticks[row] >= 0 && ticks[row] <= DateTime.MaxValue.Ticks;
                    times.Append(isTime ? new DateTime(ticks[row], DateTimeKind.Utc) : null);
                }

                break;
            case ValueColumnBuilder<TimeSpan> spans:
                ReadOnlySpan<long> lengths = from.Values<long>();
                for (int row = 0; row < from.Length; row++)
                {
                    spans.Append(from.IsNull(row) ? null : new TimeSpan(lengths[row]));
                }

                break;
            case ValueColumnBuilder<Guid> guids:
                for (int row = 0; row < from.Length; row++)
                {
                    ReadOnlySpan<byte> text = from.Bytes(row);
                    guids.Append(Utf8Parser.TryParse(text, out Guid value, out int taken) && taken == text.Length ? value : null);
                }

                break;
            case TextColumnBuilder texts:
                Copy(from, texts);
                break;
        }
    }

    private static void Copy<T>(in DuckDbVector from, ValueColumnBuilder<T> to)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = from.Values<T>();
        if (from.Validity.IsEmpty)
        {
            to.AppendAll(values);
            return;
        }

        for (int row = 0; row < values.Length; row++)
        {
            to.Append(from.IsNull(row) ? null : values[row]);
        }
    }

    private static void Copy(in DuckDbVector from, TextColumnBuilder to)
    {
        for (int row = 0; row < from.Length; row++)
        {
            // A string is never null in KQL.
            if (to.Type == ColumnType.Dynamic && from.IsNull(row))
            {
                to.AppendNull();
            }
            else
            {
                to.Append(from.Bytes(row));
            }
        }
    }
}
