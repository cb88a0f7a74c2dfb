using System.Collections;
using System.Globalization;

namespace Quarry.Data.Engine;

/// <summary>Objects into vectors.</summary>
internal static class VectorAssignment
{
    /// <summary>See <see cref="DuckDbVectorWriter.SetValue"/>.</summary>
    internal static void Set(in DuckDbVectorWriter to, int row, object? value)
    {
        if (value is null or DBNull)
        {
            SetNull(to, row);
            return;
        }

        try
        {
            SetPresent(to, row, value);
        }
        catch (Exception error) when (error is OverflowException or InvalidCastException or FormatException)
        {
            throw new EngineException($"The {value.GetType().Name} '{value}' does not fit a column of {to.Type}.", error);
        }
    }

    private static void SetPresent(in DuckDbVectorWriter to, int row, object value)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        switch (to.Type.Kind)
        {
            case DuckDbTypeKind.Boolean:
                to.Values<bool>()[row] = (bool)value;
                break;
            case DuckDbTypeKind.TinyInt:
                to.Values<sbyte>()[row] = checked((sbyte)Integer(value));
                break;
            case DuckDbTypeKind.UTinyInt:
                to.Values<byte>()[row] = checked((byte)Integer(value));
                break;
            case DuckDbTypeKind.SmallInt:
                to.Values<short>()[row] = checked((short)Integer(value));
                break;
            case DuckDbTypeKind.USmallInt:
                to.Values<ushort>()[row] = checked((ushort)Integer(value));
                break;
            case DuckDbTypeKind.Integer:
                to.Values<int>()[row] = checked((int)Integer(value));
                break;
            case DuckDbTypeKind.UInteger:
                to.Values<uint>()[row] = checked((uint)Integer(value));
                break;
            case DuckDbTypeKind.BigInt:
                to.Values<long>()[row] = checked((long)Integer(value));
                break;
            case DuckDbTypeKind.UBigInt:
                to.Values<ulong>()[row] = checked((ulong)Integer(value));
                break;
            case DuckDbTypeKind.HugeInt:
                to.Values<Int128>()[row] = Integer(value);
                break;
            case DuckDbTypeKind.UHugeInt:
                to.Values<UInt128>()[row] = value is UInt128 wide ? wide : checked((UInt128)Integer(value));
                break;
            case DuckDbTypeKind.Float:
                to.Values<float>()[row] = Convert.ToSingle(value, invariant);
                break;
            case DuckDbTypeKind.Double:
                to.Values<double>()[row] = Convert.ToDouble(value, invariant);
                break;
            case DuckDbTypeKind.Decimal:
                SetUnscaled(to, row, ValueConversion.FromDecimal(Convert.ToDecimal(value, invariant), to.Type.Width, to.Type.Scale));
                break;
            case DuckDbTypeKind.Date:
                to.Values<int>()[row] = (int)ValueConversion.FromDateTime(DuckDbTypeKind.Date, Time(value));
                break;
            case DuckDbTypeKind.Timestamp or DuckDbTypeKind.TimestampTz or DuckDbTypeKind.TimestampSeconds
                or DuckDbTypeKind.TimestampMilliseconds or DuckDbTypeKind.TimestampNanoseconds:
                to.Values<long>()[row] = ValueConversion.FromDateTime(to.Type.Kind, Time(value));
                break;
            case DuckDbTypeKind.Time:
                to.Values<long>()[row] = TimeOfDay(value).Ticks / TimeSpan.TicksPerMicrosecond;
                break;
            case DuckDbTypeKind.TimeNanoseconds:
                to.Values<long>()[row] = TimeOfDay(value).Ticks * TimeSpan.NanosecondsPerTick;
                break;
            case DuckDbTypeKind.Interval:
                to.Values<DuckDbInterval>()[row] = value is TimeSpan span ? DuckDbInterval.From(span) : (DuckDbInterval)value;
                break;
            case DuckDbTypeKind.Uuid:
                to.Values<Int128>()[row] = ValueConversion.FromGuid((Guid)value);
                break;
            case DuckDbTypeKind.Varchar:
                to.SetText(row, (string)value);
                break;
            case DuckDbTypeKind.Blob:
                to.SetBlob(row, (byte[])value);
                break;
            case DuckDbTypeKind.Enum:
                SetLabel(to, row, (string)value);
                break;
            case DuckDbTypeKind.List:
                SetList(to, row, [.. ((IEnumerable)value).Cast<object?>()]);
                break;
            case DuckDbTypeKind.Array:
                SetArray(to, row, [.. ((IEnumerable)value).Cast<object?>()]);
                break;
            case DuckDbTypeKind.Map:
                SetMap(to, row, Pairs(value));
                break;
            case DuckDbTypeKind.Struct:
                SetStruct(to, row, (IReadOnlyDictionary<string, object?>)value);
                break;
            default:
                throw new EngineException($"A column of {to.Type} is not written. Write it as text and cast it in the query.");
        }
    }

    private static void SetNull(in DuckDbVectorWriter to, int row)
    {
        to.SetNull(row);

        // The members of a null struct, the elements of a null array are null too: DuckDB relies on it.
        if (to.Type.Kind == DuckDbTypeKind.Struct)
        {
            for (int i = 0; i < to.Type.Members.Count; i++)
            {
                SetNull(to.Child(i, to.Length), row);
            }
        }
        else if (to.Type.Kind == DuckDbTypeKind.Array)
        {
            DuckDbVectorWriter child = to.Child(0, checked(to.Length * to.Type.Size));
            for (int i = 0; i < to.Type.Size; i++)
            {
                SetNull(child, (row * to.Type.Size) + i);
            }
        }
        else if (to.Type.Kind is DuckDbTypeKind.List or DuckDbTypeKind.Map)
        {
            to.Values<DuckDbListEntry>()[row] = default;
        }
    }

    private static void SetUnscaled(in DuckDbVectorWriter to, int row, Int128 unscaled)
    {
        switch (to.Type.ByteSize)
        {
            case 2:
                to.Values<short>()[row] = (short)unscaled;
                break;
            case 4:
                to.Values<int>()[row] = (int)unscaled;
                break;
            case 8:
                to.Values<long>()[row] = (long)unscaled;
                break;
            default:
                to.Values<Int128>()[row] = unscaled;
                break;
        }
    }

    private static void SetLabel(in DuckDbVectorWriter to, int row, string label)
    {
        int index = to.Type.Labels.TakeWhile(l => l != label).Count();
        if (index == to.Type.Labels.Count)
        {
            throw new EngineException($"'{label}' is none of the values of {to.Type}.");
        }

        switch (to.Type.ByteSize)
        {
            case 1:
                to.Values<byte>()[row] = (byte)index;
                break;
            case 2:
                to.Values<ushort>()[row] = (ushort)index;
                break;
            default:
                to.Values<uint>()[row] = (uint)index;
                break;
        }
    }

    private static void SetList(in DuckDbVectorWriter to, int row, object?[] elements)
    {
        int first = to.Extend(elements.Length);
        to.Values<DuckDbListEntry>()[row] = new DuckDbListEntry((ulong)first, (ulong)elements.Length);
        DuckDbVectorWriter child = to.Child(0, first + elements.Length);
        for (int i = 0; i < elements.Length; i++)
        {
            Set(child, first + i, elements[i]);
        }
    }

    private static void SetArray(in DuckDbVectorWriter to, int row, object?[] elements)
    {
        if (elements.Length != to.Type.Size)
        {
            throw new EngineException($"A value of {to.Type} has {to.Type.Size} elements, not {elements.Length}.");
        }

        DuckDbVectorWriter child = to.Child(0, checked(to.Length * to.Type.Size));
        for (int i = 0; i < elements.Length; i++)
        {
            Set(child, (row * to.Type.Size) + i, elements[i]);
        }
    }

    private static void SetMap(in DuckDbVectorWriter to, int row, List<(object? Key, object? Value)> pairs)
    {
        int first = to.Extend(pairs.Count);
        to.Values<DuckDbListEntry>()[row] = new DuckDbListEntry((ulong)first, (ulong)pairs.Count);
        DuckDbVectorWriter keys = to.Child(0, first + pairs.Count);
        DuckDbVectorWriter values = to.Child(1, first + pairs.Count);
        for (int i = 0; i < pairs.Count; i++)
        {
            Set(keys, first + i, pairs[i].Key ?? throw new EngineException("A key of a map cannot be null."));
            Set(values, first + i, pairs[i].Value);
        }
    }

    private static void SetStruct(in DuckDbVectorWriter to, int row, IReadOnlyDictionary<string, object?> members)
    {
        for (int i = 0; i < to.Type.Members.Count; i++)
        {
            Set(to.Child(i, to.Length), row, members.GetValueOrDefault(to.Type.Members[i].Name));
        }
    }

    private static List<(object? Key, object? Value)> Pairs(object value) => value switch
    {
        IDictionary dictionary => [.. dictionary.Keys.Cast<object>().Select(key => ((object?)key, dictionary[key]))],
        IEnumerable<KeyValuePair<object, object?>> pairs => [.. pairs.Select(p => ((object?)p.Key, p.Value))],
        _ => throw new InvalidCastException(),
    };

    private static Int128 Integer(object value) => value switch
    {
        Int128 wide => wide,
        UInt128 wide => checked((Int128)wide),
        ulong unsigned => unsigned,
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => throw new InvalidCastException(),
    };

    private static DateTime Time(object value) => value switch
    {
        DateTime time => time,
        DateTimeOffset time => time.UtcDateTime,
        DateOnly date => date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
        _ => throw new InvalidCastException(),
    };

    private static TimeSpan TimeOfDay(object value)
    {
        TimeSpan time = value is TimeOnly only ? only.ToTimeSpan() : (TimeSpan)value;
        return time >= TimeSpan.Zero && time <= TimeSpan.FromDays(1) ? time : throw new OverflowException();
    }
}
