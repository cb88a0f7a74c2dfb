using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Quarry.Data.Engine;
using Quarry.Data.Engine.Native;
using Quarry.Kql.Functions;

namespace Quarry.Data.Kql;

/// <summary>
/// What DuckDB calls for KQL's aggregates. A state of DuckDB's is a handle of the object that knows the group, which is
/// there from the group's first row on. Nothing is thrown into native code, which would end the process.
/// </summary>
internal static unsafe class KqlAggregateCallbacks
{
    private const int FewArguments = 32;

    /// <summary>Makes an aggregate known in the connection's database by its <see cref="AggregateFunction.SqlName"/>.</summary>
    internal static void Register(ConnectionHandle connection, AggregateFunction function)
    {
        nint native = DuckDbNative.duckdb_create_aggregate_function();
        try
        {
            DuckDbNative.duckdb_aggregate_function_set_name(native, function.SqlName);
            foreach (DuckDbType parameter in function.Parameters.Select(KqlStorage.TypeOf))
            {
                using LogicalTypeHandle type = parameter.ToNative();
                DuckDbNative.duckdb_aggregate_function_add_parameter(native, type);
            }

            using (LogicalTypeHandle returns = KqlStorage.TypeOf(function.Returns).ToNative())
            {
                DuckDbNative.duckdb_aggregate_function_set_return_type(native, returns);
            }

            DuckDbNative.duckdb_aggregate_function_set_special_handling(native);
            DuckDbNative.duckdb_aggregate_function_set_extra_info(native, CallbackData.Pin(function), &CallbackData.Free);
            DuckDbNative.duckdb_aggregate_function_set_functions(native, &StateSize, &Begin, &Update, &Combine, &Finish);
            DuckDbNative.duckdb_aggregate_function_set_destructor(native, &Destroy);
            if (DuckDbNative.duckdb_register_aggregate_function(connection, native) != DuckDbNative.Success)
            {
                throw new EngineException($"DuckDB does not accept the aggregate {function.SqlName}.");
            }
        }
        finally
        {
            DuckDbNative.duckdb_destroy_aggregate_function(ref native);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong StateSize(nint info) => (ulong)sizeof(nint);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Begin(nint info, nint* state) => *state = 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Update(nint info, nint input, nint** states)
    {
        AggregateFunction? function = null;
        try
        {
            function = FunctionOf(info);
            int columns = checked((int)DuckDbNative.duckdb_data_chunk_get_column_count(input));
            int rows = checked((int)DuckDbNative.duckdb_data_chunk_get_size(input));
            Span<VectorData> arguments = columns <= FewArguments ? stackalloc VectorData[columns] : new VectorData[columns];
            KqlScalarCallbacks.Fill(arguments, input);
            nint* last = null;
            AggregateState? state = null;
            for (int row = 0; row < rows; row++)
            {
                // Rows of one group often follow each other; without groups all do.
                if (states[row] != last || state is null)
                {
                    last = states[row];
                    state = StateOf(function, last);
                }

                state.Add(new Arguments(arguments, row));
            }
        }
        catch (Exception error)
        {
            DuckDbNative.duckdb_aggregate_function_set_error(info, CallbackData.Describe(function?.Name, error));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Combine(nint info, nint** sources, nint** targets, ulong count)
    {
        AggregateFunction? function = null;
        try
        {
            function = FunctionOf(info);
            for (ulong i = 0; i < count; i++)
            {
                if (*sources[i] != 0)
                {
                    StateOf(function, targets[i]).Merge(CallbackData.Get<AggregateState>(*sources[i]));
                }
            }
        }
        catch (Exception error)
        {
            DuckDbNative.duckdb_aggregate_function_set_error(info, CallbackData.Describe(function?.Name, error));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Finish(nint info, nint** states, nint output, ulong count, ulong first)
    {
        AggregateFunction? function = null;
        try
        {
            function = FunctionOf(info);
            ulong* validity = KqlScalarCallbacks.Validity(output);
            var result = new Result((byte*)DuckDbNative.duckdb_vector_get_data(output), validity, output, &KqlScalarCallbacks.Assign);
            for (int i = 0; i < checked((int)count); i++)
            {
                int row = checked((int)first + i);
                validity[row >> 6] |= 1ul << (row & 63);
                result.Row = row;

                // A group without rows (a summarize without groups over nothing) has its value, too.
                AggregateState state = *states[i] == 0 ? function.Create() : CallbackData.Get<AggregateState>(*states[i]);
                state.Finish(ref result);
            }
        }
        catch (Exception error)
        {
            DuckDbNative.duckdb_aggregate_function_set_error(info, CallbackData.Describe(function?.Name, error));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(nint** states, ulong count)
    {
        for (ulong i = 0; i < count; i++)
        {
            if (*states[i] != 0)
            {
                GCHandle.FromIntPtr(*states[i]).Free();
                *states[i] = 0;
            }
        }
    }

    private static AggregateFunction FunctionOf(nint info) =>
        CallbackData.Get<AggregateFunction>(DuckDbNative.duckdb_aggregate_function_get_extra_info(info));

    private static AggregateState StateOf(AggregateFunction function, nint* state)
    {
        if (*state != 0)
        {
            return CallbackData.Get<AggregateState>(*state);
        }

        AggregateState created = function.Create();
        *state = CallbackData.Pin(created);
        return created;
    }
}
