using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>What DuckDB calls for scalar functions. Nothing is thrown into native code, which would end the process.</summary>
internal static unsafe class ScalarFunctionCallbacks
{
    internal static void Register(ConnectionHandle connection, DuckDbScalarFunction function)
    {
        nint native = DuckDbNative.duckdb_create_scalar_function();
        try
        {
            DuckDbNative.duckdb_scalar_function_set_name(native, NativeText.RequireNoNul(function.Name, "name of the function"));
            foreach (DuckDbType parameter in function.Parameters)
            {
                using LogicalTypeHandle type = parameter.ToNative();
                DuckDbNative.duckdb_scalar_function_add_parameter(native, type);
            }

            if (function.FurtherParameters is not null)
            {
                using LogicalTypeHandle further = function.FurtherParameters.ToNative();
                DuckDbNative.duckdb_scalar_function_set_varargs(native, further);
            }

            using (LogicalTypeHandle returns = function.Returns.ToNative())
            {
                DuckDbNative.duckdb_scalar_function_set_return_type(native, returns);
            }

            if (function.HandlesNulls)
            {
                DuckDbNative.duckdb_scalar_function_set_special_handling(native);
            }

            if (function.IsVolatile)
            {
                DuckDbNative.duckdb_scalar_function_set_volatile(native);
            }

            DuckDbNative.duckdb_scalar_function_set_extra_info(native, CallbackData.Pin(function), &CallbackData.Free);
            DuckDbNative.duckdb_scalar_function_set_function(native, &Run);
            if (DuckDbNative.duckdb_register_scalar_function(connection, native) != DuckDbNative.Success)
            {
                throw new EngineException($"DuckDB does not accept the function {function.Name}: its name is empty or taken by another kind, or its types are not for functions.");
            }
        }
        finally
        {
            DuckDbNative.duckdb_destroy_scalar_function(ref native);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(nint info, nint input, nint output)
    {
        DuckDbScalarFunction? function = null;
        try
        {
            function = CallbackData.Get<DuckDbScalarFunction>(DuckDbNative.duckdb_scalar_function_get_extra_info(info));
            using var arguments = new DuckDbChunk(input, Types(function, input));
            var result = new DuckDbVectorWriter(output, function.Returns, arguments.RowCount);
            function.Body(arguments, result);
            if (!function.HandlesNulls)
            {
                PropagateNulls(arguments, result);
            }
        }
        catch (Exception error)
        {
            DuckDbNative.duckdb_scalar_function_set_error(info, CallbackData.Describe(function?.Name, error));
        }
    }

    private static IReadOnlyList<DuckDbType> Types(DuckDbScalarFunction function, nint input)
    {
        if (function.FurtherParameters is null)
        {
            return function.Parameters;
        }

        int further = (int)DuckDbNative.duckdb_data_chunk_get_column_count(input) - function.Parameters.Count;
        return [.. function.Parameters, .. Enumerable.Repeat(function.FurtherParameters, further)];
    }

    private static void PropagateNulls(DuckDbChunk arguments, DuckDbVectorWriter result)
    {
        for (int column = 0; column < arguments.ColumnCount; column++)
        {
            ReadOnlySpan<ulong> validity = arguments[column].Validity;
            if (validity.IsEmpty)
            {
                continue;
            }

            ulong* mask = result.Validity();
            for (int word = 0; word < validity.Length; word++)
            {
                mask[word] &= validity[word];
            }
        }
    }
}
