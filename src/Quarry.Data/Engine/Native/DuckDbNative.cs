using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>
/// DuckDB's C API as it is declared in its <c>duckdb.h</c>, one file an area. Every pointer that DuckDB hands out is an
/// <see cref="nint"/> or a safe handle; text is UTF-8.
/// </summary>
internal static unsafe partial class DuckDbNative
{
    /// <summary>The name that <see cref="NativeLibraryLocator"/> answers to.</summary>
    internal const string Library = "duckdb";

    /// <summary>What a call that can fail returns when it did not.</summary>
    internal const int Success = 0;

    static DuckDbNative() => NativeLibraryLocator.Install();

    [LibraryImport(Library)]
    internal static partial byte* duckdb_library_version();

    [LibraryImport(Library)]
    internal static partial void duckdb_free(void* memory);

    /// <summary>A text that stays DuckDB's.</summary>
    internal static string? Text(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    /// <summary>A text that DuckDB allocated for the caller, who frees it: this does.</summary>
    internal static string? TakeText(byte* text)
    {
        string? result = Text(text);
        duckdb_free(text);
        return result;
    }
}
