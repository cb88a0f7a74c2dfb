using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Quarry.Data.Engine;

/// <summary>Objects that DuckDB keeps for callbacks, as handles, until it frees them.</summary>
internal static unsafe class CallbackData
{
    /// <summary>A handle that keeps an object alive until <see cref="Free"/>.</summary>
    internal static nint Pin(object data) => GCHandle.ToIntPtr(GCHandle.Alloc(data));

    /// <summary>The object of a handle.</summary>
    internal static T Get<T>(nint handle)
        where T : class => (T)GCHandle.FromIntPtr(handle).Target!;

    /// <summary>An exception as the text of a statement's error.</summary>
    internal static string Describe(string? function, Exception error) =>
        $"{function}: {(error is QuarryException ? "" : error.GetType().Name + ": ")}{error.Message}".Replace('\0', ' ');

    /// <summary>Lets go of an object.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void Free(void* handle) => GCHandle.FromIntPtr((nint)handle).Free();
}
