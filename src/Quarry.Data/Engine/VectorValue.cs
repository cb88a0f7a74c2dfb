namespace Quarry.Data.Engine;

/// <summary>Values of vectors as objects.</summary>
internal static class VectorValue
{
    /// <summary>See <see cref="DuckDbVector.GetValue"/>.</summary>
    internal static object? Get(in DuckDbVector vector, int row)
    {
        if (vector.IsNull(row))
        {
            return null;
        }

        DuckDbType type = vector.Type;
        return type.Kind switch
        {
            DuckDbTypeKind.Boolean => vector.Values<bool>()[row],
            DuckDbTypeKind.TinyInt => vector.Values<sbyte>()[row],
            DuckDbTypeKind.UTinyInt => vector.Values<byte>()[row],
            DuckDbTypeKind.SmallInt => vector.Values<short>()[row],
            DuckDbTypeKind.USmallInt => vector.Values<ushort>()[row],
            DuckDbTypeKind.Integer => vector.Values<int>()[row],
            DuckDbTypeKind.UInteger => vector.Values<uint>()[row],
            DuckDbTypeKind.BigInt => vector.Values<long>()[row],
            DuckDbTypeKind.UBigInt => vector.Values<ulong>()[row],
            DuckDbTypeKind.HugeInt => vector.Values<Int128>()[row],
            DuckDbTypeKind.UHugeInt => vector.Values<UInt128>()[row],
            DuckDbTypeKind.Float => vector.Values<float>()[row],
            DuckDbTypeKind.Double => vector.Values<double>()[row],
            DuckDbTypeKind.Decimal => ValueConversion.ToDecimal(Unscaled(vector, row), type.Scale) ?? throw Beyond(type),
            DuckDbTypeKind.Date => ValueConversion.ToDateTime(type.Kind, vector.Values<int>()[row]) ?? throw Beyond(type),
            DuckDbTypeKind.Time => new TimeSpan(vector.Values<long>()[row] * TimeSpan.TicksPerMicrosecond),
            DuckDbTypeKind.TimeNanoseconds => new TimeSpan(vector.Values<long>()[row] / TimeSpan.NanosecondsPerTick),
            DuckDbTypeKind.Timestamp or DuckDbTypeKind.TimestampTz or DuckDbTypeKind.TimestampSeconds
                or DuckDbTypeKind.TimestampMilliseconds or DuckDbTypeKind.TimestampNanoseconds
                => ValueConversion.ToDateTime(type.Kind, vector.Values<long>()[row]) ?? throw Beyond(type),
            DuckDbTypeKind.Interval => vector.Values<DuckDbInterval>()[row],
            DuckDbTypeKind.Uuid => ValueConversion.ToGuid(vector.Values<Int128>()[row]),
            DuckDbTypeKind.Varchar => vector.GetString(row),
            DuckDbTypeKind.Blob => vector.Bytes(row).ToArray(),
            DuckDbTypeKind.Enum => Label(vector, row),
            DuckDbTypeKind.List => Elements(vector, vector.Entries[row]),
            DuckDbTypeKind.Array => Elements(vector, new DuckDbListEntry((ulong)row * (ulong)type.Size, (ulong)type.Size)),
            DuckDbTypeKind.Map => Pairs(vector, vector.Entries[row]),
            DuckDbTypeKind.Struct => Members(vector, row),
            _ => throw new EngineException($"A column of {type} is not read. Cast it in the query: CAST(… AS VARCHAR)."),
        };
    }

    /// <summary>The digits of a DECIMAL, which are held in as few bytes as its width needs.</summary>
    internal static Int128 Unscaled(in DuckDbVector vector, int row) => vector.Type.ByteSize switch
    {
        2 => vector.Values<short>()[row],
        4 => vector.Values<int>()[row],
        8 => vector.Values<long>()[row],
        _ => vector.Values<Int128>()[row],
    };

    /// <summary>The text of an ENUM.</summary>
    internal static string Label(in DuckDbVector vector, int row) => vector.Type.Labels[LabelIndex(vector, row)];

    /// <summary>The position of an ENUM's text.</summary>
    internal static int LabelIndex(in DuckDbVector vector, int row) => vector.Type.ByteSize switch
    {
        1 => vector.Values<byte>()[row],
        2 => vector.Values<ushort>()[row],
        _ => (int)vector.Values<uint>()[row],
    };

    private static object?[] Elements(in DuckDbVector vector, DuckDbListEntry entry)
    {
        DuckDbVector child = vector.Child();
        var elements = new object?[entry.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = Get(child, (int)entry.Offset + i);
        }

        return elements;
    }

    private static KeyValuePair<object, object?>[] Pairs(in DuckDbVector vector, DuckDbListEntry entry)
    {
        DuckDbVector keys = vector.Child(0);
        DuckDbVector values = vector.Child(1);
        var pairs = new KeyValuePair<object, object?>[entry.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            int at = (int)entry.Offset + i;
            pairs[i] = new(Get(keys, at)!, Get(values, at));
        }

        return pairs;
    }

    private static Dictionary<string, object?> Members(in DuckDbVector vector, int row)
    {
        var members = new Dictionary<string, object?>(vector.Type.Members.Count, StringComparer.Ordinal);
        for (int i = 0; i < vector.Type.Members.Count; i++)
        {
            members[vector.Type.Members[i].Name] = Get(vector.Child(i), row);
        }

        return members;
    }

    private static EngineException Beyond(DuckDbType type) =>
        new($"A value of {type} is beyond what .NET's type holds. Cast it in the query: CAST(… AS VARCHAR).");
}
