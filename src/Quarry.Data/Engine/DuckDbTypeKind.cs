namespace Quarry.Data.Engine;

/// <summary>DuckDB's types, and what one value of each is in a vector.</summary>
/// <remarks>The numbers are those of <c>DUCKDB_TYPE</c> in DuckDB's <c>duckdb.h</c>.</remarks>
public enum DuckDbTypeKind
{
    /// <summary>Not a type.</summary>
    Invalid = 0,

    /// <summary>True or false; <see cref="bool"/>.</summary>
    Boolean = 1,

    /// <summary><see cref="sbyte"/>.</summary>
    TinyInt = 2,

    /// <summary><see cref="short"/>.</summary>
    SmallInt = 3,

    /// <summary><see cref="int"/>.</summary>
    Integer = 4,

    /// <summary><see cref="long"/>.</summary>
    BigInt = 5,

    /// <summary><see cref="byte"/>.</summary>
    UTinyInt = 6,

    /// <summary><see cref="ushort"/>.</summary>
    USmallInt = 7,

    /// <summary><see cref="uint"/>.</summary>
    UInteger = 8,

    /// <summary><see cref="ulong"/>.</summary>
    UBigInt = 9,

    /// <summary><see cref="float"/>.</summary>
    Float = 10,

    /// <summary><see cref="double"/>.</summary>
    Double = 11,

    /// <summary>Microseconds since 1970, <see cref="long"/>.</summary>
    Timestamp = 12,

    /// <summary>Days since 1970, <see cref="int"/>.</summary>
    Date = 13,

    /// <summary>Microseconds since midnight, <see cref="long"/>.</summary>
    Time = 14,

    /// <summary><see cref="DuckDbInterval"/>.</summary>
    Interval = 15,

    /// <summary><see cref="Int128"/>.</summary>
    HugeInt = 16,

    /// <summary>Text in UTF-8.</summary>
    Varchar = 17,

    /// <summary>Bytes.</summary>
    Blob = 18,

    /// <summary>A decimal number: the value times 10 to the power of the scale, in 2, 4, 8 or 16 bytes by its width.</summary>
    Decimal = 19,

    /// <summary>Seconds since 1970, <see cref="long"/>.</summary>
    TimestampSeconds = 20,

    /// <summary>Milliseconds since 1970, <see cref="long"/>.</summary>
    TimestampMilliseconds = 21,

    /// <summary>Nanoseconds since 1970, <see cref="long"/>.</summary>
    TimestampNanoseconds = 22,

    /// <summary>One of a list of texts, by its position, in 1, 2 or 4 bytes.</summary>
    Enum = 23,

    /// <summary>A list of values of one type.</summary>
    List = 24,

    /// <summary>Named members.</summary>
    Struct = 25,

    /// <summary>Keys with values: a list of structs.</summary>
    Map = 26,

    /// <summary>A <see cref="System.Guid"/>, as an <see cref="Int128"/> with its highest bit turned over.</summary>
    Uuid = 27,

    /// <summary>One of several types. Not read: cast it to VARCHAR.</summary>
    Union = 28,

    /// <summary>A string of bits. Not read: cast it to VARCHAR.</summary>
    Bit = 29,

    /// <summary>A time of day with an offset. Not read: cast it to TIME or VARCHAR.</summary>
    TimeTz = 30,

    /// <summary>Microseconds since 1970 in UTC, <see cref="long"/>.</summary>
    TimestampTz = 31,

    /// <summary><see cref="UInt128"/>.</summary>
    UHugeInt = 32,

    /// <summary>A list of a fixed length.</summary>
    Array = 33,

    /// <summary>Any type, in a function's signature.</summary>
    Any = 34,

    /// <summary>An integer of any length. Not read: cast it to VARCHAR.</summary>
    BigNum = 35,

    /// <summary>The type of NULL alone.</summary>
    Null = 36,

    /// <summary>A literal's, before it is bound.</summary>
    StringLiteral = 37,

    /// <summary>A literal's, before it is bound.</summary>
    IntegerLiteral = 38,

    /// <summary>Nanoseconds since midnight, <see cref="long"/>.</summary>
    TimeNanoseconds = 39,

    /// <summary>A shape. Not read: cast it to VARCHAR.</summary>
    Geometry = 40,

    /// <summary>A value with its type. Not read: cast it to JSON.</summary>
    Variant = 41,
}
