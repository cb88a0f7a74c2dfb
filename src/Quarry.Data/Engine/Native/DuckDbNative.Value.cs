using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

internal static unsafe partial class DuckDbNative
{
    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_value(ref nint value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_null_value();

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_bool([MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_int32(int value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_int64(long value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_uint64(ulong value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_hugeint(NativeHugeint value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_double(double value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_decimal(NativeDecimal value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_date(int days);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_time(long microseconds);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_timestamp(long microseconds);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_timestamp_tz(long microseconds);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_interval(DuckDbInterval value);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_uuid(NativeHugeint value);

    /// <summary>The text has to be valid UTF-8: an invalid one ends the process.</summary>
    [LibraryImport(Library)]
    internal static partial nint duckdb_create_varchar_length(byte* text, ulong length);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_blob(byte* data, ulong length);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool duckdb_is_null_value(ValueHandle value);

    /// <summary>The type of a value; it belongs to the value and must not be destroyed.</summary>
    [LibraryImport(Library)]
    internal static partial nint duckdb_get_value_type(ValueHandle value);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool duckdb_get_bool(ValueHandle value);

    [LibraryImport(Library)]
    internal static partial long duckdb_get_int64(ValueHandle value);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_get_uint64(ValueHandle value);

    [LibraryImport(Library)]
    internal static partial double duckdb_get_double(ValueHandle value);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_get_varchar(ValueHandle value);
}
