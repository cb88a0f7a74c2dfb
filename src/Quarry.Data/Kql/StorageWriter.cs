using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Quarry.Data.Engine;
using Quarry.Kql.Functions;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>
/// Columns into vectors as <see cref="KqlStorage"/> says. A value of another type is converted; what does not read as the type
/// wanted is null, and counted. Not for several threads at once.
/// </summary>
internal sealed class StorageWriter
{
    private readonly DynamicText _dynamic = new();

    /// <summary>Writes some rows of a column and tells how many values did not read as the type.</summary>
    public int Write(Column from, ColumnType type, int first, int count, in DuckDbVectorWriter to)
    {
        switch (from)
        {
            case ValueColumn<bool> values when type == ColumnType.Bool:
                values.Values.Slice(first, count).CopyTo(to.Values<bool>());
                WriteNulls(from, first, count, to);
                return 0;
            case ValueColumn<int> values when type == ColumnType.Int:
                values.Values.Slice(first, count).CopyTo(to.Values<int>());
                WriteNulls(from, first, count, to);
                return 0;
            case ValueColumn<long> values when type == ColumnType.Long:
                values.Values.Slice(first, count).CopyTo(to.Values<long>());
                WriteNulls(from, first, count, to);
                return 0;
            case ValueColumn<double> values when type == ColumnType.Real:
                values.Values.Slice(first, count).CopyTo(to.Values<double>());
                WriteNulls(from, first, count, to);
                return 0;
            case ValueColumn<DateTime> values when type == ColumnType.DateTime:
                Span<long> ticks = to.Values<long>();
                for (int i = 0; i < count; i++)
                {
                    ticks[i] = values.Values[first + i].Ticks;
                }

                WriteNulls(from, first, count, to);
                return 0;
            case ValueColumn<TimeSpan> values when type == ColumnType.TimeSpan:
                Span<long> lengths = to.Values<long>();
                for (int i = 0; i < count; i++)
                {
                    lengths[i] = values.Values[first + i].Ticks;
                }

                WriteNulls(from, first, count, to);
                return 0;
            default:
                return WriteEach(from, type, first, count, to);
        }
    }

    /// <summary>Writes rows without a value: null, or the empty text.</summary>
    public static void WriteNothing(ColumnType type, int count, in DuckDbVectorWriter to)
    {
        for (int i = 0; i < count; i++)
        {
            SetNothing(type, i, to);
        }
    }

    private static void WriteNulls(Column from, int first, int count, in DuckDbVectorWriter to)
    {
        for (int i = 0; !from.Validity.IsAllValid && i < count; i++)
        {
            if (!from.Validity.IsValid(first + i))
            {
                to.SetNull(i);
            }
        }
    }

    private static void SetNothing(ColumnType type, int row, in DuckDbVectorWriter to)
    {
        if (type == ColumnType.String)
        {
            to.SetValidText(row, default);
        }
        else
        {
            to.SetNull(row);
        }
    }

    private int WriteEach(Column from, ColumnType type, int first, int count, in DuckDbVectorWriter to)
    {
        int unread = 0;
        for (int i = 0; i < count; i++)
        {
            int row = first + i;
            bool isMissing = !from.Validity.IsValid(row)
                || (type != ColumnType.String && from is TextColumn text && CellReading.IsBlank(text[row]));
            if (isMissing)
            {
                SetNothing(type, i, to);
            }
            else if (!TryWrite(from, row, type, i, to))
            {
                SetNothing(type, i, to);
                unread++;
            }
        }

        return unread;
    }

    private bool TryWrite(Column from, int row, ColumnType type, int at, in DuckDbVectorWriter to)
    {
        switch (type)
        {
            case ColumnType.String when from is TextColumn texts:
                SetText(texts[row], at, to);
                return true;
            case ColumnType.String:
                to.SetText(at, CellReading.ReadText(from, row));
                return true;
            case ColumnType.Dynamic:
                return TryDynamic(from, row, at, to);
            case ColumnType.Guid:
                return TryGuid(from, row, at, to);
            case ColumnType.Bool when TryBool(from, row, out bool value):
                to.Values<bool>()[at] = value;
                return true;
            case ColumnType.Int when CellConversion.TryLong(from, row, out long value) && value is >= int.MinValue and <= int.MaxValue:
                to.Values<int>()[at] = (int)value;
                return true;
            case ColumnType.Long when CellConversion.TryLong(from, row, out long value):
                to.Values<long>()[at] = value;
                return true;
            case ColumnType.Real when CellReading.ReadNumber(from, row, out double value) == CellState.Read:
                to.Values<double>()[at] = value;
                return true;
            case ColumnType.Decimal when CellConversion.TryDecimal(from, row, out decimal value) && DecimalStorage.Of(value) is { } scaled:
                to.Values<Int128>()[at] = scaled;
                return true;
            case ColumnType.DateTime when CellReading.ReadTime(from, row, out DateTime value) == CellState.Read:
                to.Values<long>()[at] = value.Ticks;
                return true;
            case ColumnType.TimeSpan when from is TextColumn texts && TypedText.TryTimeSpan(texts[row].Trim(" \t\r\n"u8), out TimeSpan value):
                to.Values<long>()[at] = value.Ticks;
                return true;
            default:
                return false;
        }
    }

    private static bool TryBool(Column from, int row, out bool value)
    {
        if (from is TextColumn texts)
        {
            ReadOnlySpan<byte> text = texts[row].Trim(" \t\r\n"u8);
            value = text is [(byte)'1'];
            return value || text is [(byte)'0'] || TypedText.TryBool(text, out value);
        }

        bool isRead = CellConversion.TryLong(from, row, out long number) && number is 0 or 1;
        value = number == 1;
        return isRead;
    }

    private static bool TryGuid(Column from, int row, int at, in DuckDbVectorWriter to)
    {
        Guid value = default;
        bool isRead = from switch
        {
            ValueColumn<Guid> guids => (value = guids.Values[row]) == value,
            TextColumn texts => texts[row].Length < 80 && Guid.TryParse(Encoding.UTF8.GetString(texts[row]), out value),
            _ => false,
        };
        Span<byte> text = stackalloc byte[36];
        if (isRead && Utf8Formatter.TryFormat(value, text, out _))
        {
            to.SetValidText(at, text);
        }

        return isRead;
    }

    private bool TryDynamic(Column from, int row, int at, in DuckDbVectorWriter to)
    {
        ReadOnlySpan<byte> value = from switch
        {
            TextColumn texts when Utf8.IsValid(texts[row]) => _dynamic.Of(texts[row]),
            TextColumn texts => _dynamic.Of(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(texts[row]))),
            ValueColumn<double> reals => Real(reals.Values[row]),
            ValueColumn<bool> or ValueColumn<int> or ValueColumn<long> or ValueColumn<decimal> => Encoding.UTF8.GetBytes(CellReading.ReadText(from, row)!),
            _ => _dynamic.OfString(Encoding.UTF8.GetBytes(CellReading.ReadText(from, row)!)),
        };
        if (value.IsEmpty)
        {
            to.SetNull(at);
        }
        else
        {
            to.SetValidText(at, value);
        }

        return true;
    }

    // With a point or exponent, by which it is told from a long; what JSON has no number for is text.
    private ReadOnlySpan<byte> Real(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return !double.IsFinite(value) ? _dynamic.OfString(Encoding.UTF8.GetBytes(text))
            : Encoding.UTF8.GetBytes(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
    }

    private static void SetText(ReadOnlySpan<byte> text, int at, in DuckDbVectorWriter to)
    {
        if (Utf8.IsValid(text))
        {
            to.SetValidText(at, text);
        }
        else
        {
            to.SetText(at, Encoding.UTF8.GetString(text));
        }
    }
}
