using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace Quarry.Data.Engine.Native;

/// <summary>Single values: the parameters of statements and of table functions.</summary>
internal static unsafe class NativeValue
{
    /// <summary>A .NET value as DuckDB's.</summary>
    /// <exception cref="ArgumentException">DuckDB has no value for the type.</exception>
    internal static ValueHandle Create(object? value) => new(value switch
    {
        null or DBNull => DuckDbNative.duckdb_create_null_value(),
        bool boolean => DuckDbNative.duckdb_create_bool(boolean),
        int or short or sbyte or byte or ushort => DuckDbNative.duckdb_create_int32(Convert.ToInt32(value)),
        long integer => DuckDbNative.duckdb_create_int64(integer),
        uint integer => DuckDbNative.duckdb_create_int64(integer),
        ulong integer => DuckDbNative.duckdb_create_uint64(integer),
        Int128 integer => DuckDbNative.duckdb_create_hugeint(new NativeHugeint(integer)),
        double real => DuckDbNative.duckdb_create_double(real),
        float real => DuckDbNative.duckdb_create_double(real),
        decimal number => DuckDbNative.duckdb_create_decimal(OfDecimal(number)),
        char character => OfText(Encoding.UTF8.GetBytes(character.ToString())),
        string text => OfText(Encoding.UTF8.GetBytes(text)),
        byte[] bytes => OfBytes(bytes),
        ReadOnlyMemory<byte> bytes => OfBytes(bytes.Span),
        DateTime time => DuckDbNative.duckdb_create_timestamp(ValueConversion.FromDateTime(DuckDbTypeKind.Timestamp, time)),
        DateTimeOffset time => DuckDbNative.duckdb_create_timestamp_tz(ValueConversion.FromDateTime(DuckDbTypeKind.Timestamp, time.UtcDateTime)),
        DateOnly date => DuckDbNative.duckdb_create_date(date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber),
        TimeOnly time => DuckDbNative.duckdb_create_time(time.Ticks / TimeSpan.TicksPerMicrosecond),
        TimeSpan span => DuckDbNative.duckdb_create_interval(DuckDbInterval.From(span)),
        DuckDbInterval interval => DuckDbNative.duckdb_create_interval(interval),
        // The C API takes a UUID as it is written; vectors hold it with its highest bit turned over.
        Guid guid => DuckDbNative.duckdb_create_uuid(new NativeHugeint(ValueConversion.FromGuid(guid) ^ Int128.MinValue)),
        _ => throw new ArgumentException($"A value of {value.GetType().Name} cannot be given to DuckDB. Give it as text or bytes.", nameof(value)),
    });

    /// <summary>A text in UTF-8.</summary>
    /// <exception cref="EngineException">It is not valid UTF-8.</exception>
    internal static ValueHandle Text(ReadOnlySpan<byte> utf8) => new(OfText(utf8));

    /// <summary>A value as .NET's: bool, long, ulong, double or string, whichever is nearest; null for NULL.</summary>
    internal static object? Read(ValueHandle value)
    {
        if (value.IsInvalid || DuckDbNative.duckdb_is_null_value(value))
        {
            return null;
        }

        using var type = new LogicalTypeHandle(DuckDbNative.duckdb_get_value_type(value), owns: false);
        return DuckDbNative.duckdb_get_type_id(type) switch
        {
            DuckDbTypeKind.Boolean => DuckDbNative.duckdb_get_bool(value),
            DuckDbTypeKind.TinyInt or DuckDbTypeKind.SmallInt or DuckDbTypeKind.Integer or DuckDbTypeKind.BigInt
                or DuckDbTypeKind.UTinyInt or DuckDbTypeKind.USmallInt or DuckDbTypeKind.UInteger => DuckDbNative.duckdb_get_int64(value),
            DuckDbTypeKind.UBigInt => DuckDbNative.duckdb_get_uint64(value),
            DuckDbTypeKind.Float or DuckDbTypeKind.Double or DuckDbTypeKind.Decimal => DuckDbNative.duckdb_get_double(value),
            _ => DuckDbNative.TakeText(DuckDbNative.duckdb_get_varchar(value)),
        };
    }

    private static nint OfText(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw new EngineException("The text is not valid UTF-8. Repair it, or give it as bytes.");
        }

        fixed (byte* pointer = utf8)
        {
            return DuckDbNative.duckdb_create_varchar_length(pointer, (ulong)utf8.Length);
        }
    }

    private static nint OfBytes(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            return DuckDbNative.duckdb_create_blob(pointer, (ulong)bytes.Length);
        }
    }

    private static NativeDecimal OfDecimal(decimal number)
    {
        (BigInteger digits, int scale) = ValueConversion.Split(number);
        return new NativeDecimal(38, (byte)scale, (Int128)digits);
    }
}
