using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quarry.Data.Engine;
using Quarry.Data.Engine.Native;
using Quarry.Kql.Functions;

namespace Quarry.Data.Kql;

/// <summary>What DuckDB calls for KQL's functions. Nothing is thrown into native code, which would end the process.</summary>
internal static unsafe class KqlScalarCallbacks
{
    private const int FewArguments = 32;

    /// <summary>Makes a function known in the connection's database by its <see cref="ScalarFunction.SqlName"/>.</summary>
    internal static void Register(ConnectionHandle connection, ScalarFunction function)
    {
        nint native = DuckDbNative.duckdb_create_scalar_function();
        try
        {
            DuckDbNative.duckdb_scalar_function_set_name(native, function.SqlName);
            foreach (DuckDbType parameter in function.Parameters.Select(KqlStorage.TypeOf))
            {
                using LogicalTypeHandle type = parameter.ToNative();
                DuckDbNative.duckdb_scalar_function_add_parameter(native, type);
            }

            if (function.Further is { } further)
            {
                using LogicalTypeHandle type = KqlStorage.TypeOf(further).ToNative();
                DuckDbNative.duckdb_scalar_function_set_varargs(native, type);
            }

            DuckDbType returned = function.List is null ? KqlStorage.TypeOf(function.Returns) : DuckDbType.List(DuckDbType.Varchar);
            using (LogicalTypeHandle returns = returned.ToNative())
            {
                DuckDbNative.duckdb_scalar_function_set_return_type(native, returns);
            }

            // Bodies answer for null arguments.
            DuckDbNative.duckdb_scalar_function_set_special_handling(native);
            if (function.IsVolatile)
            {
                DuckDbNative.duckdb_scalar_function_set_volatile(native);
            }

            DuckDbNative.duckdb_scalar_function_set_extra_info(native, CallbackData.Pin(function), &CallbackData.Free);
            DuckDbNative.duckdb_scalar_function_set_function(native, &Run);
            if (DuckDbNative.duckdb_register_scalar_function(connection, native) != DuckDbNative.Success)
            {
                throw new EngineException($"DuckDB does not accept the function {function.SqlName}.");
            }
        }
        finally
        {
            DuckDbNative.duckdb_destroy_scalar_function(ref native);
        }
    }

    /// <summary>Copies a text into a vector's own memory.</summary>
    internal static void Assign(nint vector, int row, byte* text, int length) =>
        DuckDbNative.duckdb_unsafe_vector_assign_string_element_len(vector, (ulong)row, text, (ulong)length);

    /// <summary>The values of a chunk's columns.</summary>
    internal static void Fill(Span<VectorData> vectors, nint chunk)
    {
        for (int i = 0; i < vectors.Length; i++)
        {
            nint vector = DuckDbNative.duckdb_data_chunk_get_vector(chunk, (ulong)i);
            vectors[i] = new VectorData((byte*)DuckDbNative.duckdb_vector_get_data(vector), DuckDbNative.duckdb_vector_get_validity(vector));
        }
    }

    /// <summary>The mask of a vector, there to be written.</summary>
    internal static ulong* Validity(nint vector)
    {
        ulong* validity = DuckDbNative.duckdb_vector_get_validity(vector);
        if (validity is null)
        {
            DuckDbNative.duckdb_vector_ensure_validity_writable(vector);
            validity = DuckDbNative.duckdb_vector_get_validity(vector);
        }

        return validity;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(nint info, nint input, nint output)
    {
        ScalarFunction? function = null;
        try
        {
            function = CallbackData.Get<ScalarFunction>(DuckDbNative.duckdb_scalar_function_get_extra_info(info));
            int columns = checked((int)DuckDbNative.duckdb_data_chunk_get_column_count(input));
            int rows = checked((int)DuckDbNative.duckdb_data_chunk_get_size(input));
            Span<VectorData> arguments = columns <= FewArguments ? stackalloc VectorData[columns] : new VectorData[columns];
            Fill(arguments, input);
            if (function.List is { } list)
            {
                RunList(list, arguments, rows, output);
            }
            else
            {
                RunBody(function.Body!, arguments, rows, output);
            }
        }
        catch (Exception error)
        {
            DuckDbNative.duckdb_scalar_function_set_error(info, CallbackData.Describe(function?.Name, error));
        }
    }

    private static void RunBody(ScalarBody body, ReadOnlySpan<VectorData> arguments, int rows, nint output)
    {
        // The mask is handed over only where it has nulls: DuckDB goes faster over vectors without one.
        int words = (rows + 63) >> 6;
        ulong* validity = stackalloc ulong[words];
        new Span<ulong>(validity, words).Fill(ulong.MaxValue);
        var result = new Result((byte*)DuckDbNative.duckdb_vector_get_data(output), validity, output, &Assign);
        for (int row = 0; row < rows; row++)
        {
            result.Row = row;
            body(new Arguments(arguments, row), ref result);
        }

        SetValidity(output, new ReadOnlySpan<ulong>(validity, words));
    }

    private static void RunList(ListBody body, ReadOnlySpan<VectorData> arguments, int rows, nint output)
    {
        int words = (rows + 63) >> 6;
        ulong* validity = stackalloc ulong[words];
        new Span<ulong>(validity, words).Fill(ulong.MaxValue);
        var texts = new ArrayBufferWriter<byte>(256);
        var lengths = new List<int>();
        int size = 0, capacity = 0;
        for (int row = 0; row < rows; row++)
        {
            texts.ResetWrittenCount();
            lengths.Clear();
            var result = new ListResult(texts, lengths);
            body(new Arguments(arguments, row), ref result);
            if (result.IsNull)
            {
                validity[row >> 6] &= ~(1ul << (row & 63));
                lengths.Clear();
            }

            if (size + lengths.Count > capacity)
            {
                capacity = Math.Max(DuckDbOutputChunk.Capacity, checked((size + lengths.Count) * 2));
                _ = DuckDbNative.duckdb_list_vector_reserve(output, (ulong)capacity);
            }

            ((DuckDbListEntry*)DuckDbNative.duckdb_vector_get_data(output))[row] = new DuckDbListEntry((ulong)size, (ulong)lengths.Count);
            Flush(texts.WrittenSpan, lengths, size, output);
            size += lengths.Count;
        }

        _ = DuckDbNative.duckdb_list_vector_set_size(output, (ulong)size);
        SetValidity(output, new ReadOnlySpan<ulong>(validity, words));
    }

    private static void Flush(ReadOnlySpan<byte> texts, List<int> lengths, int first, nint output)
    {
        nint child = DuckDbNative.duckdb_list_vector_get_child(output);
        int at = 0;
        fixed (byte* text = texts)
        {
            for (int i = 0; i < lengths.Count; i++)
            {
                if (lengths[i] < 0)
                {
                    int row = first + i;
                    Validity(child)[row >> 6] &= ~(1ul << (row & 63));
                    continue;
                }

                Assign(child, first + i, text + at, lengths[i]);
                at += lengths[i];
            }
        }
    }

    private static void SetValidity(nint vector, ReadOnlySpan<ulong> validity)
    {
        if (validity.ContainsAnyExcept(ulong.MaxValue) || DuckDbNative.duckdb_vector_get_validity(vector) is not null)
        {
            validity.CopyTo(new Span<ulong>(Validity(vector), validity.Length));
        }
    }
}
