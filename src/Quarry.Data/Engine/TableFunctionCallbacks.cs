using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>What DuckDB calls for table functions. Nothing is thrown into native code, which would end the process.</summary>
internal static unsafe class TableFunctionCallbacks
{
    internal static void Register(ConnectionHandle connection, DuckDbTableFunction function)
    {
        if (!connection.Database.TryAddTableFunction(function.Name))
        {
            throw new EngineException($"A table function {function.Name} was registered before. Give this one another name.");
        }

        nint native = DuckDbNative.duckdb_create_table_function();
        try
        {
            DuckDbNative.duckdb_table_function_set_name(native, NativeText.RequireNoNul(function.Name, "name of the function"));
            foreach (DuckDbType parameter in function.Parameters)
            {
                using LogicalTypeHandle type = parameter.ToNative();
                DuckDbNative.duckdb_table_function_add_parameter(native, type);
            }

            foreach (DuckDbColumn parameter in function.NamedParameters)
            {
                using LogicalTypeHandle type = parameter.Type.ToNative();
                DuckDbNative.duckdb_table_function_add_named_parameter(
                    native, NativeText.RequireNoNul(parameter.Name, "name of the parameter"), type);
            }

            DuckDbNative.duckdb_table_function_set_extra_info(native, CallbackData.Pin(function), &CallbackData.Free);
            DuckDbNative.duckdb_table_function_set_bind(native, &Bind);
            DuckDbNative.duckdb_table_function_set_init(native, &Open);
            DuckDbNative.duckdb_table_function_set_function(native, &Fill);
            DuckDbNative.duckdb_table_function_supports_projection_pushdown(native, true);
            if (DuckDbNative.duckdb_register_table_function(connection, native) != DuckDbNative.Success)
            {
                throw new EngineException($"DuckDB does not accept the table function {function.Name}: its name is empty, or its types are not for functions.");
            }
        }
        finally
        {
            DuckDbNative.duckdb_destroy_table_function(ref native);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(nint info)
    {
        DuckDbTableFunction? function = null;
        try
        {
            function = CallbackData.Get<DuckDbTableFunction>(DuckDbNative.duckdb_bind_get_extra_info(info));
            DuckDbTableScan scan = function.Bind(Arguments(info, function));
            foreach (DuckDbColumn column in scan.Columns)
            {
                using LogicalTypeHandle type = column.Type.ToNative();
                DuckDbNative.duckdb_bind_add_result_column(info, NativeText.RequireNoNul(column.Name, "name of a column"), type);
            }

            if (scan.RowCount is { } rows)
            {
                DuckDbNative.duckdb_bind_set_cardinality(info, (ulong)rows, true);
            }

            DuckDbNative.duckdb_bind_set_bind_data(info, CallbackData.Pin(new Bound(function.Name, scan)), &CallbackData.Free);
        }
        catch (Exception error)
        {
            DuckDbNative.duckdb_bind_set_error(info, CallbackData.Describe(function?.Name, error));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Open(nint info)
    {
        Bound? bound = null;
        try
        {
            bound = CallbackData.Get<Bound>(DuckDbNative.duckdb_init_get_bind_data(info));
            int[] columns = new int[DuckDbNative.duckdb_init_get_column_count(info)];
            for (int i = 0; i < columns.Length; i++)
            {
                // Where no column is needed (count(*)) DuckDB asks for one that is none of the function's.
                ulong index = DuckDbNative.duckdb_init_get_column_index(info, (ulong)i);
                columns[i] = index < (ulong)bound.Scan.Columns.Count ? (int)index : -1;
            }

            DuckDbNative.duckdb_init_set_max_threads(info, (ulong)Math.Max(1, bound.Scan.MaxThreads));
            var running = new Running(bound, columns);
            DuckDbNative.duckdb_init_set_init_data(info, CallbackData.Pin(running), &Close);
        }
        catch (Exception error)
        {
            DuckDbNative.duckdb_init_set_error(info, CallbackData.Describe(bound?.Function, error));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Fill(nint info, nint output)
    {
        Running? running = null;
        try
        {
            running = CallbackData.Get<Running>(DuckDbNative.duckdb_function_get_init_data(info));
            int rows = running.Fill(new DuckDbOutputChunk(output, running.Types));
            NativeChunk.RequireRows(rows);
            DuckDbNative.duckdb_data_chunk_set_size(output, (ulong)rows);
        }
        catch (Exception error)
        {
            DuckDbNative.duckdb_function_set_error(info, CallbackData.Describe(running?.Function, error));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Close(void* handle)
    {
        try
        {
            (CallbackData.Get<Running>((nint)handle).Fill.Target as IDisposable)?.Dispose();
        }
        catch
        {
            // There is nobody to tell: the statement is over.
        }

        GCHandle.FromIntPtr((nint)handle).Free();
    }

    private static DuckDbTableArguments Arguments(nint info, DuckDbTableFunction function)
    {
        var positional = new object?[DuckDbNative.duckdb_bind_get_parameter_count(info)];
        for (int i = 0; i < positional.Length; i++)
        {
            using var value = new ValueHandle(DuckDbNative.duckdb_bind_get_parameter(info, (ulong)i));
            positional[i] = NativeValue.Read(value);
        }

        var named = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (DuckDbColumn parameter in function.NamedParameters)
        {
            using var value = new ValueHandle(DuckDbNative.duckdb_bind_get_named_parameter(info, parameter.Name));
            named[parameter.Name] = NativeValue.Read(value);
        }

        return new DuckDbTableArguments(positional, named);
    }

    /// <summary>A bound call.</summary>
    private sealed record Bound(string Function, DuckDbTableScan Scan);

    /// <summary>A scan that gives rows.</summary>
    private sealed class Running
    {
        internal Running(Bound bound, int[] columns)
        {
            // Where the column asked for is none of the scan's, the filler sees a chunk without columns.
            int[] wanted = [.. columns.Where(c => c >= 0)];
            Function = bound.Function;
            Types = [.. wanted.Select(c => bound.Scan.Columns[c].Type)];
            Fill = bound.Scan.Open(wanted);
        }

        internal string Function { get; }

        internal DuckDbType[] Types { get; }

        internal DuckDbChunkFiller Fill { get; }
    }
}
