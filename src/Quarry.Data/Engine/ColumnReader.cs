using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Quarry.Tables;

namespace Quarry.Data.Engine;

/// <summary>Vectors into columns of KQL's types.</summary>
internal sealed class ColumnReader : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    internal ColumnReader() => _json = new Utf8JsonWriter(_buffer, VectorJson.Options);

    public void Dispose() => _json.Dispose();

    /// <summary>Adds the rows of a vector to the builder of the type that <see cref="ColumnTypeMapping"/> gives.</summary>
    internal void Read(in DuckDbVector from, ColumnBuilder to)
    {
        switch (to)
        {
            case ValueColumnBuilder<bool> bools:
                Copy(from, from.Values<bool>(), bools);
                break;
            case ValueColumnBuilder<int> ints when from.Type.Kind == DuckDbTypeKind.Integer:
                Copy(from, from.Values<int>(), ints);
                break;
            case ValueColumnBuilder<long> longs when from.Type.Kind == DuckDbTypeKind.BigInt:
                Copy(from, from.Values<long>(), longs);
                break;
            case ValueColumnBuilder<double> reals when from.Type.Kind == DuckDbTypeKind.Double:
                Copy(from, from.Values<double>(), reals);
                break;
            case TextColumnBuilder texts when from.Type.Kind == DuckDbTypeKind.Varchar:
                Copy(from, texts);
                break;
            default:
                for (int row = 0; row < from.Length; row++)
                {
                    ReadOne(from, row, to);
                }

                break;
        }
    }

    private static void Copy<T>(in DuckDbVector from, ReadOnlySpan<T> values, ValueColumnBuilder<T> to)
        where T : unmanaged
    {
        if (from.Validity.IsEmpty)
        {
            to.AppendAll(values);
            return;
        }

        for (int row = 0; row < values.Length; row++)
        {
            if (from.IsNull(row))
            {
                to.AppendNull();
            }
            else
            {
                to.Append(values[row]);
            }
        }
    }

    private static void Copy(in DuckDbVector from, TextColumnBuilder to)
    {
        for (int row = 0; row < from.Length; row++)
        {
            if (from.IsNull(row))
            {
                to.AppendNull();
            }
            else
            {
                to.Append(from.Bytes(row));
            }
        }
    }

    private void ReadOne(in DuckDbVector from, int row, ColumnBuilder to)
    {
        if (from.IsNull(row))
        {
            to.AppendNull();
            return;
        }

        switch (to)
        {
            case ValueColumnBuilder<int> ints:
                ints.Append(Convert.ToInt32(from.GetValue(row)));
                break;
            case ValueColumnBuilder<long> longs:
                longs.Append((long)from.Values<uint>()[row]);
                break;
            case ValueColumnBuilder<double> reals:
                reals.Append((double)from.Values<float>()[row]);
                break;
            case ValueColumnBuilder<decimal> decimals:
                decimals.Append(ValueConversion.ToDecimal(Digits(from, row), from.Type.Scale) ?? throw new EngineException(
                    $"A value of {from.Type} has more digits than a decimal holds. Cast it in the query: CAST(… AS DOUBLE) or VARCHAR."));
                break;
            case ValueColumnBuilder<DateTime> times:
                long count = from.Type.Kind == DuckDbTypeKind.Date ? from.Values<int>()[row] : from.Values<long>()[row];
                times.Append(ValueConversion.ToDateTime(from.Type.Kind, count));
                break;
            case ValueColumnBuilder<TimeSpan> spans:
                spans.Append(from.Type.Kind == DuckDbTypeKind.Interval
                    ? from.Values<DuckDbInterval>()[row].ToTimeSpan()
                    : (TimeSpan)from.GetValue(row)!);
                break;
            case ValueColumnBuilder<Guid> guids:
                guids.Append(ValueConversion.ToGuid(from.Values<Int128>()[row]));
                break;
            case TextColumnBuilder texts:
                ReadText(from, row, texts);
                break;
            default:
                throw new EngineException($"A column of {from.Type} is not read.");
        }
    }

    private void ReadText(in DuckDbVector from, int row, TextColumnBuilder to)
    {
        switch (from.Type.Kind)
        {
            case DuckDbTypeKind.Enum:
                to.Append(VectorValue.Label(from, row));
                break;
            case DuckDbTypeKind.Blob:
                AppendBlob(from.Bytes(row), to);
                break;
            default:
                _buffer.ResetWrittenCount();
                _json.Reset();
                VectorJson.Write(from, row, _json);
                _json.Flush();
                to.Append(_buffer.WrittenSpan);
                break;
        }
    }

    private static Int128 Digits(in DuckDbVector from, int row) => from.Type.Kind switch
    {
        DuckDbTypeKind.UBigInt => from.Values<ulong>()[row],
        DuckDbTypeKind.HugeInt => from.Values<Int128>()[row],
        DuckDbTypeKind.UHugeInt => from.Values<UInt128>()[row] is var wide && wide <= (UInt128)Int128.MaxValue ? (Int128)wide : Int128.MaxValue,
        _ => VectorValue.Unscaled(from, row),
    };

    private static void AppendBlob(ReadOnlySpan<byte> bytes, TextColumnBuilder to)
    {
        if (Utf8.IsValid(bytes))
        {
            to.Append(bytes);
        }
        else
        {
            to.Append(VectorJson.BlobText(bytes));
        }
    }
}
