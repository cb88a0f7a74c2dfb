namespace Quarry.Tables;

/// <summary>The type of a column: KQL's scalar types.</summary>
/// <remarks>Source: Kusto Query Language, "Scalar data types".</remarks>
public enum ColumnType
{
    /// <summary>True or false; <see cref="bool"/>.</summary>
    Bool,

    /// <summary>A 32-bit integer; <see cref="int"/>.</summary>
    Int,

    /// <summary>A 64-bit integer; <see cref="long"/>.</summary>
    Long,

    /// <summary>A 64-bit floating-point number; <see cref="double"/>.</summary>
    Real,

    /// <summary>A decimal number; <see cref="decimal"/>.</summary>
    Decimal,

    /// <summary>A point in time, always UTC, in ticks of 100 nanoseconds; <see cref="System.DateTime"/>.</summary>
    DateTime,

    /// <summary>A length of time in ticks of 100 nanoseconds; <see cref="System.TimeSpan"/>.</summary>
    TimeSpan,

    /// <summary>Text, held as UTF-8.</summary>
    String,

    /// <summary>A globally unique identifier; <see cref="System.Guid"/>.</summary>
    Guid,

    /// <summary>A JSON value (number, text, array, object …), held as its text in UTF-8.</summary>
    Dynamic,
}
