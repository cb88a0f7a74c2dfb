using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>
/// The values of one column to be written, where DuckDB wants them: nothing is copied. Every row is written once. Texts and
/// bytes are copied into DuckDB's memory, those of up to 12 bytes without a call.
/// </summary>
public readonly unsafe ref struct DuckDbVectorWriter
{
    private readonly nint _vector;
    private readonly byte* _data;

    internal DuckDbVectorWriter(nint vector, DuckDbType type, int length)
    {
        _vector = vector;
        Type = type;
        Length = length;
        _data = (byte*)DuckDbNative.duckdb_vector_get_data(vector);
    }

    /// <summary>The type of the values.</summary>
    public DuckDbType Type { get; }

    /// <summary>The number of rows.</summary>
    public int Length { get; }

    /// <summary>The places of values of fixed size, one a row.</summary>
    /// <typeparam name="T">The .NET type that <see cref="DuckDbTypeKind"/> names.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not how values of the type are held.</exception>
    public Span<T> Values<T>()
        where T : unmanaged
    {
        VectorLayout.Require<T>(Type);
        return new Span<T>(_data, Length);
    }

    /// <summary>Makes a row null.</summary>
    public void SetNull(int row)
    {
        RequireRow(row);
        Validity()[row >> 6] &= ~(1ul << (row & 63));
    }

    /// <summary>Writes a text.</summary>
    /// <exception cref="EngineException">The bytes are not valid UTF-8.</exception>
    /// <exception cref="InvalidOperationException">The column is not VARCHAR.</exception>
    public void SetText(int row, ReadOnlySpan<byte> utf8)
    {
        if (Type.Kind != DuckDbTypeKind.Varchar)
        {
            VectorLayout.ThrowNoBytes(Type);
        }

        // DuckDB takes any bytes here and fails on them later, anywhere.
        if (!Utf8.IsValid(utf8))
        {
            throw new EngineException($"The text of row {row} is not valid UTF-8. Repair it, or use a BLOB.");
        }

        Set(row, utf8);
    }

    /// <summary>Writes a text, or null. What is not valid UTF-16 becomes U+FFFD.</summary>
    /// <exception cref="InvalidOperationException">The column is not VARCHAR.</exception>
    public void SetText(int row, string? text)
    {
        if (text is null)
        {
            SetNull(row);
        }
        else
        {
            SetText(row, Encoding.UTF8.GetBytes(text));
        }
    }

    /// <summary>Writes bytes.</summary>
    /// <exception cref="InvalidOperationException">The column is not BLOB.</exception>
    public void SetBlob(int row, ReadOnlySpan<byte> bytes)
    {
        if (Type.Kind != DuckDbTypeKind.Blob)
        {
            VectorLayout.ThrowNoBytes(Type);
        }

        Set(row, bytes);
    }

    /// <summary>
    /// Writes a value or null: what <see cref="DuckDbVector.GetValue"/> gives, numbers of any type where they fit,
    /// <see cref="DateTime"/> and <see cref="DateTimeOffset"/> for timestamps and dates, <see cref="TimeSpan"/> for intervals and
    /// times, sequences for lists, dictionaries for structs and maps. Convenient, not fast.
    /// </summary>
    /// <exception cref="EngineException">The value does not fit the type.</exception>
    public void SetValue(int row, object? value) => VectorAssignment.Set(this, row, value);

    /// <summary>Writes a text that is known to be valid UTF-8 into a VARCHAR column.</summary>
    internal void SetValidText(int row, ReadOnlySpan<byte> utf8) => Set(row, utf8);

    /// <summary>A member's values, to be written a row each; the elements of an ARRAY, size a row.</summary>
    internal DuckDbVectorWriter Child(int member, int length)
    {
        nint child = Type.Kind switch
        {
            DuckDbTypeKind.Array => DuckDbNative.duckdb_array_vector_get_child(_vector),
            DuckDbTypeKind.Struct => DuckDbNative.duckdb_struct_vector_get_child(_vector, (ulong)member),
            DuckDbTypeKind.Map => DuckDbNative.duckdb_struct_vector_get_child(DuckDbNative.duckdb_list_vector_get_child(_vector), (ulong)member),
            _ => DuckDbNative.duckdb_list_vector_get_child(_vector),
        };
        return new DuckDbVectorWriter(child, Type.Members[member].Type, length);
    }

    /// <summary>Makes room for more elements of a list or map and tells where they begin.</summary>
    internal int Extend(int count)
    {
        ulong size = DuckDbNative.duckdb_list_vector_get_size(_vector);
        ulong needed = size + (ulong)count;
        _ = DuckDbNative.duckdb_list_vector_reserve(_vector, needed);
        _ = DuckDbNative.duckdb_list_vector_set_size(_vector, needed);
        return checked((int)size);
    }

    /// <summary>The mask of the rows that are not null, there to be written.</summary>
    internal ulong* Validity()
    {
        ulong* validity = DuckDbNative.duckdb_vector_get_validity(_vector);
        if (validity is null)
        {
            DuckDbNative.duckdb_vector_ensure_validity_writable(_vector);
            validity = DuckDbNative.duckdb_vector_get_validity(_vector);
        }

        return validity;
    }

    private void Set(int row, ReadOnlySpan<byte> bytes)
    {
        RequireRow(row);
        if (bytes.Length <= NativeString.MaxInlined)
        {
            Unsafe.Add(ref Unsafe.AsRef<NativeString>(_data), row).SetInlined(bytes);
            return;
        }

        fixed (byte* pointer = bytes)
        {
            DuckDbNative.duckdb_unsafe_vector_assign_string_element_len(_vector, (ulong)row, pointer, (ulong)bytes.Length);
        }
    }

    private void RequireRow(int row)
    {
        if ((uint)row >= (uint)Length)
        {
            ThrowRow(row, Length);
        }
    }

    private static void ThrowRow(int row, int length) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, $"The vector has {length} rows.");
}
