using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

internal static unsafe partial class DuckDbNative
{
    [LibraryImport(Library)]
    internal static partial nint duckdb_create_aggregate_function();

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_aggregate_function(ref nint function);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void duckdb_aggregate_function_set_name(nint function, string name);

    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_add_parameter(nint function, LogicalTypeHandle type);

    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_set_return_type(nint function, LogicalTypeHandle type);

    /// <summary>
    /// The callbacks: the bytes of a state; (info, state) begins one; (info, chunk, a state a row) takes rows; (info, sources,
    /// targets, count) merges; (info, states, vector, count, first row) gives values.
    /// </summary>
    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_set_functions(
        nint function,
        delegate* unmanaged[Cdecl]<nint, ulong> stateSize,
        delegate* unmanaged[Cdecl]<nint, nint*, void> init,
        delegate* unmanaged[Cdecl]<nint, nint, nint**, void> update,
        delegate* unmanaged[Cdecl]<nint, nint**, nint**, ulong, void> combine,
        delegate* unmanaged[Cdecl]<nint, nint**, nint, ulong, ulong, void> finish);

    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_set_destructor(
        nint function, delegate* unmanaged[Cdecl]<nint**, ulong, void> destroy);

    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_set_special_handling(nint function);

    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_set_extra_info(
        nint function, nint info, delegate* unmanaged[Cdecl]<void*, void> destroy);

    [LibraryImport(Library)]
    internal static partial int duckdb_register_aggregate_function(ConnectionHandle connection, nint function);

    [LibraryImport(Library)]
    internal static partial nint duckdb_aggregate_function_get_extra_info(nint info);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void duckdb_aggregate_function_set_error(nint info, string error);
}
