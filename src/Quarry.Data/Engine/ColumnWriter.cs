using System.Text;
using System.Text.Unicode;
using Quarry.Tables;

namespace Quarry.Data.Engine;

/// <summary>Columns of KQL's types into vectors of the type that <see cref="ColumnTypeMapping"/> gives.</summary>
internal static class ColumnWriter
{
    /// <summary>Writes some rows of a column.</summary>
    internal static void Write(Column from, int first, int count, in DuckDbVectorWriter to)
    {
        switch (from)
        {
            case TextColumn texts:
                Write(texts, first, count, to);
                return;
            case ValueColumn<bool> bools:
                bools.Values.Slice(first, count).CopyTo(to.Values<bool>());
                break;
            case ValueColumn<int> ints:
                ints.Values.Slice(first, count).CopyTo(to.Values<int>());
                break;
            case ValueColumn<long> longs:
                longs.Values.Slice(first, count).CopyTo(to.Values<long>());
                break;
            case ValueColumn<double> reals:
                reals.Values.Slice(first, count).CopyTo(to.Values<double>());
                break;
            case ValueColumn<decimal> decimals:
                Write(decimals.Values.Slice(first, count), to);
                break;
            case ValueColumn<DateTime> times:
                Span<long> counts = to.Values<long>();
                for (int i = 0; i < count; i++)
                {
                    counts[i] = ValueConversion.FromDateTime(DuckDbTypeKind.Timestamp, times.Values[first + i]);
                }

                break;
            case ValueColumn<TimeSpan> spans:
                Span<DuckDbInterval> intervals = to.Values<DuckDbInterval>();
                for (int i = 0; i < count; i++)
                {
                    intervals[i] = DuckDbInterval.From(spans.Values[first + i]);
                }

                break;
            case ValueColumn<Guid> guids:
                Span<Int128> uuids = to.Values<Int128>();
                for (int i = 0; i < count; i++)
                {
                    uuids[i] = ValueConversion.FromGuid(guids.Values[first + i]);
                }

                break;
        }

        if (!from.Validity.IsAllValid)
        {
            WriteNulls(from, first, count, to);
        }
    }

    private static void WriteNulls(Column from, int first, int count, in DuckDbVectorWriter to)
    {
        for (int i = 0; i < count; i++)
        {
            if (!from.Validity.IsValid(first + i))
            {
                to.SetNull(i);
            }
        }
    }

    private static void Write(TextColumn from, int first, int count, in DuckDbVectorWriter to)
    {
        for (int i = 0; i < count; i++)
        {
            if (!from.Validity.IsValid(first + i))
            {
                to.SetNull(i);
                continue;
            }

            ReadOnlySpan<byte> text = from[first + i];
            if (Utf8.IsValid(text))
            {
                to.SetValidText(i, text);
            }
            else
            {
                // DuckDB takes no other text: what is not UTF-8 becomes U+FFFD.
                to.SetText(i, Encoding.UTF8.GetString(text));
            }
        }
    }

    private static void Write(ReadOnlySpan<decimal> from, in DuckDbVectorWriter to)
    {
        Span<Int128> digits = to.Values<Int128>();
        for (int i = 0; i < from.Length; i++)
        {
            digits[i] = ValueConversion.FromDecimal(from[i], to.Type.Width, to.Type.Scale);
        }
    }
}
