using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Quarry.Data.Engine;

/// <summary>Between DuckDB's representations and .NET's.</summary>
internal static class ValueConversion
{
    private static readonly Int128 MaxDecimal = (Int128)decimal.MaxValue;

    /// <summary>The point in time of a count of units since 1970, or null where .NET (and KQL) has none: beyond the years 1 to 9999, infinite.</summary>
    internal static DateTime? ToDateTime(DuckDbTypeKind kind, long count)
    {
        Int128 ticks = kind switch
        {
            DuckDbTypeKind.TimestampSeconds => (Int128)count * TimeSpan.TicksPerSecond,
            DuckDbTypeKind.TimestampMilliseconds => (Int128)count * TimeSpan.TicksPerMillisecond,
            DuckDbTypeKind.TimestampNanoseconds => FloorDivide(count, TimeSpan.NanosecondsPerTick),
            DuckDbTypeKind.Date => (Int128)count * TimeSpan.TicksPerDay,
            _ => (Int128)count * TimeSpan.TicksPerMicrosecond,
        } + DateTime.UnixEpoch.Ticks;

        // DuckDB's infinities are the extremes of the count; of nanoseconds they fall into .NET's range.
        bool infinite = kind == DuckDbTypeKind.Date ? count is int.MaxValue or -int.MaxValue : count is long.MaxValue or -long.MaxValue;
        return infinite || ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTime((long)ticks, DateTimeKind.Utc);
    }

    /// <summary>A point in time as a count of a timestamp's units since 1970; what is below the unit is cut off towards the past.</summary>
    /// <exception cref="EngineException">Nanoseconds do not reach so far.</exception>
    internal static long FromDateTime(DuckDbTypeKind kind, DateTime time)
    {
        long ticks = (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks - DateTime.UnixEpoch.Ticks;
        try
        {
            return kind switch
            {
                DuckDbTypeKind.TimestampSeconds => FloorDivide(ticks, TimeSpan.TicksPerSecond),
                DuckDbTypeKind.TimestampMilliseconds => FloorDivide(ticks, TimeSpan.TicksPerMillisecond),
                DuckDbTypeKind.TimestampNanoseconds => checked(ticks * TimeSpan.NanosecondsPerTick),
                DuckDbTypeKind.Date => FloorDivide(ticks, TimeSpan.TicksPerDay),
                _ => FloorDivide(ticks, TimeSpan.TicksPerMicrosecond),
            };
        }
        catch (OverflowException error)
        {
            throw new EngineException($"{time:O} is beyond what TIMESTAMP_NS holds (1677 to 2262). Use TIMESTAMP.", error);
        }
    }

    /// <summary>A UUID as DuckDB holds it.</summary>
    internal static Int128 FromGuid(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt128BigEndian(bytes) ^ Int128.MinValue;
    }

    /// <summary>A UUID from what DuckDB holds.</summary>
    internal static Guid ToGuid(Int128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, value ^ Int128.MinValue);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The decimal of digits and a scale, or null where .NET's has too few digits.</summary>
    internal static decimal? ToDecimal(Int128 unscaled, int scale)
    {
        // Trailing zeros are given up before the value is.
        while (scale > 0 && (Int128.Abs(unscaled) > MaxDecimal || scale > 28) && unscaled % 10 == 0)
        {
            unscaled /= 10;
            scale--;
        }

        if (scale > 28 || unscaled > MaxDecimal || unscaled < -MaxDecimal)
        {
            return null;
        }

        UInt128 magnitude = (UInt128)Int128.Abs(unscaled);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), unscaled < 0, (byte)scale);
    }

    /// <summary>The digits of a decimal at a scale, rounded to even.</summary>
    /// <exception cref="EngineException">They are more than the width.</exception>
    internal static Int128 FromDecimal(decimal value, byte width, byte scale)
    {
        decimal rounded = scale < 28 ? decimal.Round(value, scale) : value;
        (BigInteger digits, int held) = Split(rounded);
        BigInteger unscaled = held <= scale ? digits * BigInteger.Pow(10, scale - held) : digits / BigInteger.Pow(10, held - scale);
        return BigInteger.Abs(unscaled) < BigInteger.Pow(10, width)
            ? (Int128)unscaled
            : throw new EngineException(string.Create(CultureInfo.InvariantCulture, $"{value} does not fit DECIMAL({width},{scale})."));
    }

    /// <summary>The digits of a decimal and how many stand behind the point.</summary>
    internal static (BigInteger Digits, int Scale) Split(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        BigInteger digits = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return (bits[3] < 0 ? -digits : digits, bits[3] >> 16 & 0xFF);
    }

    private static long FloorDivide(long value, long by) => value / by - (value % by < 0 ? 1 : 0);
}
