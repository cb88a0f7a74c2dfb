using System.Globalization;
using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>A type of DuckDB's with its parameters. Two are equal when they are written alike in SQL.</summary>
public sealed class DuckDbType : IEquatable<DuckDbType>
{
    private const int MaxDepth = 64;

    private DuckDbType(DuckDbTypeKind kind) => Kind = kind;

    /// <summary>BOOLEAN.</summary>
    public static DuckDbType Boolean { get; } = new(DuckDbTypeKind.Boolean);

    /// <summary>INTEGER.</summary>
    public static DuckDbType Integer { get; } = new(DuckDbTypeKind.Integer);

    /// <summary>BIGINT.</summary>
    public static DuckDbType BigInt { get; } = new(DuckDbTypeKind.BigInt);

    /// <summary>DOUBLE.</summary>
    public static DuckDbType Double { get; } = new(DuckDbTypeKind.Double);

    /// <summary>VARCHAR.</summary>
    public static DuckDbType Varchar { get; } = new(DuckDbTypeKind.Varchar);

    /// <summary>BLOB.</summary>
    public static DuckDbType Blob { get; } = new(DuckDbTypeKind.Blob);

    /// <summary>TIMESTAMP, in microseconds.</summary>
    public static DuckDbType Timestamp { get; } = new(DuckDbTypeKind.Timestamp);

    /// <summary>INTERVAL.</summary>
    public static DuckDbType Interval { get; } = new(DuckDbTypeKind.Interval);

    /// <summary>UUID.</summary>
    public static DuckDbType Uuid { get; } = new(DuckDbTypeKind.Uuid);

    /// <summary>JSON: text that DuckDB knows to be JSON.</summary>
    public static DuckDbType Json { get; } = new(DuckDbTypeKind.Varchar) { IsJson = true };

    /// <summary>The kind of type.</summary>
    public DuckDbTypeKind Kind { get; }

    /// <summary>Whether it is text under the name JSON.</summary>
    public bool IsJson { get; private init; }

    /// <summary>Of a DECIMAL: the number of digits.</summary>
    public byte Width { get; private init; }

    /// <summary>Of a DECIMAL: how many digits stand behind the point.</summary>
    public byte Scale { get; private init; }

    /// <summary>Of an ARRAY: the number of elements.</summary>
    public int Size { get; private init; }

    /// <summary>Of an ENUM: the texts, in order.</summary>
    public IReadOnlyList<string> Labels { get; private init; } = [];

    /// <summary>Of a STRUCT: the members. Of a MAP: <c>key</c> and <c>value</c>. Of a LIST or ARRAY: the element.</summary>
    public IReadOnlyList<DuckDbColumn> Members { get; private init; } = [];

    /// <summary>The bytes one value takes in a vector; 0 where a value is not in one place (STRUCT, ARRAY).</summary>
    internal int ByteSize => Kind switch
    {
        DuckDbTypeKind.Boolean or DuckDbTypeKind.TinyInt or DuckDbTypeKind.UTinyInt => 1,
        DuckDbTypeKind.SmallInt or DuckDbTypeKind.USmallInt => 2,
        DuckDbTypeKind.Integer or DuckDbTypeKind.UInteger or DuckDbTypeKind.Float or DuckDbTypeKind.Date => 4,
        DuckDbTypeKind.Struct or DuckDbTypeKind.Array => 0,
        DuckDbTypeKind.Enum => Labels.Count <= 0x100 ? 1 : Labels.Count <= 0x10000 ? 2 : 4,
        DuckDbTypeKind.Decimal => Width <= 4 ? 2 : Width <= 9 ? 4 : Width <= 18 ? 8 : 16,
        DuckDbTypeKind.HugeInt or DuckDbTypeKind.UHugeInt or DuckDbTypeKind.Uuid or DuckDbTypeKind.Interval
            or DuckDbTypeKind.Varchar or DuckDbTypeKind.Blob or DuckDbTypeKind.List or DuckDbTypeKind.Map => 16,
        _ => 8,
    };

    /// <summary>Whether its entries are text or bytes.</summary>
    internal bool IsBytes => Kind is DuckDbTypeKind.Varchar or DuckDbTypeKind.Blob;

    /// <summary>A type without parameters.</summary>
    /// <exception cref="ArgumentException">The kind needs parameters, or no value of it can exist.</exception>
    public static DuckDbType Of(DuckDbTypeKind kind) => kind switch
    {
        DuckDbTypeKind.Decimal or DuckDbTypeKind.Enum or DuckDbTypeKind.List or DuckDbTypeKind.Struct
            or DuckDbTypeKind.Map or DuckDbTypeKind.Array or DuckDbTypeKind.Union or DuckDbTypeKind.Invalid
            => throw new ArgumentException($"{kind} is not a type without parameters.", nameof(kind)),
        _ => new DuckDbType(kind),
    };

    /// <summary>DECIMAL(width, scale).</summary>
    public static DuckDbType Decimal(byte width, byte scale)
    {
        ArgumentOutOfRangeException.ThrowIfZero(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, (byte)38);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, width);
        return new DuckDbType(DuckDbTypeKind.Decimal) { Width = width, Scale = scale };
    }

    /// <summary>ENUM of the given texts.</summary>
    public static DuckDbType Enum(params IEnumerable<string> labels) => new(DuckDbTypeKind.Enum) { Labels = [.. labels] };

    /// <summary>A list of elements of a type.</summary>
    public static DuckDbType List(DuckDbType element) => new(DuckDbTypeKind.List) { Members = [new("element", element)] };

    /// <summary>A list of a fixed number of elements of a type.</summary>
    public static DuckDbType Array(DuckDbType element, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return new(DuckDbTypeKind.Array) { Members = [new("element", element)], Size = size };
    }

    /// <summary>STRUCT of the given members.</summary>
    public static DuckDbType Struct(params IEnumerable<DuckDbColumn> members) => new(DuckDbTypeKind.Struct) { Members = [.. members] };

    /// <summary>MAP from a type to a type.</summary>
    public static DuckDbType Map(DuckDbType key, DuckDbType value) =>
        new(DuckDbTypeKind.Map) { Members = [new("key", key), new("value", value)] };

    /// <inheritdoc/>
    public bool Equals(DuckDbType? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DuckDbType);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The type in SQL.</summary>
    public override string ToString() => Kind switch
    {
        DuckDbTypeKind.Varchar when IsJson => "JSON",
        DuckDbTypeKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Width},{Scale})"),
        DuckDbTypeKind.Enum => $"ENUM({string.Join(", ", Labels.Select(NativeText.Literal))})",
        DuckDbTypeKind.List => $"{Members[0].Type}[]",
        DuckDbTypeKind.Array => string.Create(CultureInfo.InvariantCulture, $"{Members[0].Type}[{Size}]"),
        DuckDbTypeKind.Struct => $"STRUCT({string.Join(", ", Members.Select(m => $"{NativeText.Identifier(m.Name)} {m.Type}"))})",
        DuckDbTypeKind.Map => $"MAP({Members[0].Type}, {Members[1].Type})",
        DuckDbTypeKind.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        DuckDbTypeKind.TimestampSeconds => "TIMESTAMP_S",
        DuckDbTypeKind.TimestampMilliseconds => "TIMESTAMP_MS",
        DuckDbTypeKind.TimestampNanoseconds => "TIMESTAMP_NS",
        DuckDbTypeKind.TimeTz => "TIME WITH TIME ZONE",
        DuckDbTypeKind.TimeNanoseconds => "TIME_NS",
        _ => Kind.ToString().ToUpperInvariant(),
    };

    /// <summary>Reads a type that DuckDB handed out, and lets go of it.</summary>
    internal static DuckDbType Take(nint pointer, int depth = 0)
    {
        using var handle = new LogicalTypeHandle(pointer);
        return Read(handle, depth);
    }

    /// <summary>Reads a type.</summary>
    /// <exception cref="EngineException">It is nested too deep.</exception>
    internal static unsafe DuckDbType Read(LogicalTypeHandle handle, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw new EngineException($"A type is nested more than {MaxDepth} deep. Cast the column to JSON or VARCHAR.");
        }

        DuckDbTypeKind kind = DuckDbNative.duckdb_get_type_id(handle);
        switch (kind)
        {
            case DuckDbTypeKind.Varchar:
                return DuckDbNative.TakeText(DuckDbNative.duckdb_logical_type_get_alias(handle)) == "JSON" ? Json : Varchar;
            case DuckDbTypeKind.Decimal:
                return Decimal(DuckDbNative.duckdb_decimal_width(handle), DuckDbNative.duckdb_decimal_scale(handle));
            case DuckDbTypeKind.Enum:
                var labels = new string[DuckDbNative.duckdb_enum_dictionary_size(handle)];
                for (int i = 0; i < labels.Length; i++)
                {
                    labels[i] = DuckDbNative.TakeText(DuckDbNative.duckdb_enum_dictionary_value(handle, (ulong)i)) ?? "";
                }

                return Enum(labels);
            case DuckDbTypeKind.List:
                return List(Take(DuckDbNative.duckdb_list_type_child_type(handle), depth + 1));
            case DuckDbTypeKind.Array:
                return Array(
                    Take(DuckDbNative.duckdb_array_type_child_type(handle), depth + 1),
                    checked((int)DuckDbNative.duckdb_array_type_array_size(handle)));
            case DuckDbTypeKind.Map:
                return Map(
                    Take(DuckDbNative.duckdb_map_type_key_type(handle), depth + 1),
                    Take(DuckDbNative.duckdb_map_type_value_type(handle), depth + 1));
            case DuckDbTypeKind.Struct:
                var members = new DuckDbColumn[DuckDbNative.duckdb_struct_type_child_count(handle)];
                for (int i = 0; i < members.Length; i++)
                {
                    members[i] = new DuckDbColumn(
                        DuckDbNative.TakeText(DuckDbNative.duckdb_struct_type_child_name(handle, (ulong)i)) ?? "",
                        Take(DuckDbNative.duckdb_struct_type_child_type(handle, (ulong)i), depth + 1));
                }

                return Struct(members);
            default:
                return new DuckDbType(kind);
        }
    }

    /// <summary>The type as DuckDB's own.</summary>
    internal LogicalTypeHandle ToNative()
    {
        var type = new LogicalTypeHandle(Create());
        if (IsJson)
        {
            DuckDbNative.duckdb_logical_type_set_alias(type, "JSON");
        }

        return type;
    }

    private unsafe nint Create()
    {
        switch (Kind)
        {
            case DuckDbTypeKind.Decimal:
                return DuckDbNative.duckdb_create_decimal_type(Width, Scale);
            case DuckDbTypeKind.Enum:
                byte** labels = NativeText.Allocate(Labels);
                try
                {
                    return DuckDbNative.duckdb_create_enum_type(labels, (ulong)Labels.Count);
                }
                finally
                {
                    NativeText.Free(labels, Labels.Count);
                }

            case DuckDbTypeKind.List:
            case DuckDbTypeKind.Array:
            case DuckDbTypeKind.Map:
                using (LogicalTypeHandle first = Members[0].Type.ToNative())
                using (LogicalTypeHandle last = Members[^1].Type.ToNative())
                {
                    return Kind == DuckDbTypeKind.List ? DuckDbNative.duckdb_create_list_type(first)
                        : Kind == DuckDbTypeKind.Array ? DuckDbNative.duckdb_create_array_type(first, (ulong)Size)
                        : DuckDbNative.duckdb_create_map_type(first, last);
                }

            case DuckDbTypeKind.Struct:
                byte** names = NativeText.Allocate([.. Members.Select(m => m.Name)]);
                LogicalTypeHandle[] types = [.. Members.Select(m => m.Type.ToNative())];
                try
                {
                    fixed (nint* pointers = types.Select(t => t.DangerousGetHandle()).ToArray())
                    {
                        return DuckDbNative.duckdb_create_struct_type(pointers, names, (ulong)Members.Count);
                    }
                }
                finally
                {
                    NativeText.Free(names, Members.Count);
                    System.Array.ForEach(types, t => t.Dispose());
                }

            default:
                return DuckDbNative.duckdb_create_logical_type(Kind);
        }
    }
}
