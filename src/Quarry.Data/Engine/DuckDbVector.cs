using System.Runtime.CompilerServices;
using System.Text;
using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>The values of one column of a <see cref="DuckDbChunk"/>, where DuckDB has them: nothing is copied.</summary>
public readonly unsafe ref struct DuckDbVector
{
    private readonly DuckDbChunk _chunk;
    private readonly nint _vector;
    private readonly byte* _data;
    private readonly ulong* _validity;

    internal DuckDbVector(DuckDbChunk chunk, nint vector, DuckDbType type, int length)
    {
        _chunk = chunk;
        _vector = vector;
        Type = type;
        Length = length;
        _data = (byte*)DuckDbNative.duckdb_vector_get_data(vector);
        _validity = DuckDbNative.duckdb_vector_get_validity(vector);
    }

    /// <summary>The type of the values.</summary>
    public DuckDbType Type { get; }

    /// <summary>The number of rows.</summary>
    public int Length { get; }

    /// <summary>A bit a row, set where the row is not null; empty where no row is null.</summary>
    public ReadOnlySpan<ulong> Validity
    {
        get
        {
            _chunk.RequireOpen();
            return _validity is null ? default : new ReadOnlySpan<ulong>(_validity, (Length + 63) >> 6);
        }
    }

    /// <summary>Whether a row is null.</summary>
    public bool IsNull(int row)
    {
        RequireRow(row);
        return _validity is not null && (_validity[row >> 6] >> (row & 63) & 1) == 0;
    }

    /// <summary>The values of fixed size, one a row; what stands at a null row means nothing.</summary>
    /// <typeparam name="T">The .NET type that <see cref="DuckDbTypeKind"/> names.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not how values of the type are held.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        _chunk.RequireOpen();
        VectorLayout.Require<T>(Type);
        return new ReadOnlySpan<T>(_data, Length);
    }

    /// <summary>The UTF-8 of a text, or the bytes of a blob; empty where the row is null.</summary>
    /// <exception cref="InvalidOperationException">The type is neither VARCHAR nor BLOB.</exception>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        if (!Type.IsBytes)
        {
            VectorLayout.ThrowNoBytes(Type);
        }

        // An entry of a null row may never have been written.
        return IsNull(row) ? default : Unsafe.Add(ref Unsafe.AsRef<NativeString>(_data), row).Bytes;
    }

    /// <summary>The text of a row, or null.</summary>
    public string? GetString(int row) => IsNull(row) ? null : Encoding.UTF8.GetString(Bytes(row));

    /// <summary>Where the elements of each row's list or map stand in <see cref="Child"/>.</summary>
    /// <exception cref="InvalidOperationException">The type is neither LIST nor MAP.</exception>
    public ReadOnlySpan<DuckDbListEntry> Entries => Values<DuckDbListEntry>();

    /// <summary>
    /// The values inside: the elements of a LIST or ARRAY (of every row, one after another), a member of a STRUCT (a row
    /// each), of a MAP the keys (0) or values (1).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such member.</exception>
    public DuckDbVector Child(int member = 0)
    {
        _chunk.RequireOpen();
        ArgumentOutOfRangeException.ThrowIfNegative(member);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(member, Type.Members.Count);
        DuckDbType type = Type.Members[member].Type;
        switch (Type.Kind)
        {
            case DuckDbTypeKind.List:
                return new DuckDbVector(_chunk, DuckDbNative.duckdb_list_vector_get_child(_vector), type, ListSize());
            case DuckDbTypeKind.Array:
                return new DuckDbVector(_chunk, DuckDbNative.duckdb_array_vector_get_child(_vector), type, checked(Length * Type.Size));
            case DuckDbTypeKind.Map:
                nint entries = DuckDbNative.duckdb_list_vector_get_child(_vector);
                return new DuckDbVector(_chunk, DuckDbNative.duckdb_struct_vector_get_child(entries, (ulong)member), type, ListSize());
            default:
                return new DuckDbVector(_chunk, DuckDbNative.duckdb_struct_vector_get_child(_vector, (ulong)member), type, Length);
        }
    }

    /// <summary>
    /// The value of a row, or null, as: the .NET type that <see cref="DuckDbTypeKind"/> names for numbers and intervals;
    /// <see cref="decimal"/>; <see cref="DateTime"/> in UTC for dates and timestamps; <see cref="TimeSpan"/> for times;
    /// <see cref="Guid"/>; <see cref="string"/> for text and enumerations; an array of bytes; an array of objects for lists
    /// and arrays; <see cref="IReadOnlyDictionary{TKey, TValue}"/> for structs; an array of pairs for maps. Convenient, not fast.
    /// </summary>
    /// <exception cref="EngineException">The type is not read, or the value is beyond its .NET type.</exception>
    public object? GetValue(int row) => VectorValue.Get(this, row);

    private int ListSize() => checked((int)DuckDbNative.duckdb_list_vector_get_size(_vector));

    private void RequireRow(int row)
    {
        _chunk.RequireOpen();
        if ((uint)row >= (uint)Length)
        {
            ThrowRow(row, Length);
        }
    }

    private static void ThrowRow(int row, int length) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, $"The vector has {length} rows.");
}
