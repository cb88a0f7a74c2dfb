using System.Diagnostics.CodeAnalysis;

namespace Quarry.Data.Engine;

/// <summary>Which .NET type has the layout of a type's values in a vector.</summary>
internal static class VectorLayout
{
    /// <summary>Refuses a .NET type that a type's values are not held in.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    internal static void Require<T>(DuckDbType type)
        where T : unmanaged
    {
        if (!Fits<T>(type))
        {
            throw new InvalidOperationException($"Values of {type} are not held as {typeof(T).Name}.");
        }
    }

    [DoesNotReturn]
    internal static void ThrowNoBytes(DuckDbType type) =>
        throw new InvalidOperationException($"A column of {type} has no text and no bytes; VARCHAR or BLOB is needed.");

    private static bool Fits<T>(DuckDbType type)
        where T : unmanaged => type.Kind switch
        {
            DuckDbTypeKind.Boolean => typeof(T) == typeof(bool),
            DuckDbTypeKind.TinyInt => typeof(T) == typeof(sbyte),
            DuckDbTypeKind.UTinyInt => typeof(T) == typeof(byte),
            DuckDbTypeKind.SmallInt => typeof(T) == typeof(short),
            DuckDbTypeKind.USmallInt => typeof(T) == typeof(ushort),
            DuckDbTypeKind.Integer or DuckDbTypeKind.Date => typeof(T) == typeof(int),
            DuckDbTypeKind.UInteger => typeof(T) == typeof(uint),
            DuckDbTypeKind.BigInt or DuckDbTypeKind.Time or DuckDbTypeKind.TimeNanoseconds or DuckDbTypeKind.Timestamp
                or DuckDbTypeKind.TimestampTz or DuckDbTypeKind.TimestampSeconds or DuckDbTypeKind.TimestampMilliseconds
                or DuckDbTypeKind.TimestampNanoseconds => typeof(T) == typeof(long),
            DuckDbTypeKind.UBigInt => typeof(T) == typeof(ulong),
            DuckDbTypeKind.Float => typeof(T) == typeof(float),
            DuckDbTypeKind.Double => typeof(T) == typeof(double),
            DuckDbTypeKind.HugeInt or DuckDbTypeKind.Uuid => typeof(T) == typeof(Int128),
            DuckDbTypeKind.UHugeInt => typeof(T) == typeof(UInt128),
            DuckDbTypeKind.Interval => typeof(T) == typeof(DuckDbInterval),
            DuckDbTypeKind.List or DuckDbTypeKind.Map => typeof(T) == typeof(DuckDbListEntry),
            DuckDbTypeKind.Decimal => type.ByteSize switch
            {
                2 => typeof(T) == typeof(short),
                4 => typeof(T) == typeof(int),
                8 => typeof(T) == typeof(long),
                _ => typeof(T) == typeof(Int128),
            },
            DuckDbTypeKind.Enum => type.ByteSize switch
            {
                1 => typeof(T) == typeof(byte),
                2 => typeof(T) == typeof(ushort),
                _ => typeof(T) == typeof(uint),
            },
            _ => false,
        };
}
