using System.Runtime.InteropServices;
using System.Text;

namespace Quarry.Data.Engine.Native;

/// <summary>Text on its way to DuckDB.</summary>
internal static class NativeText
{
    /// <summary>Refuses a NUL, where DuckDB would silently end the text.</summary>
    /// <exception cref="EngineException">The text has a NUL.</exception>
    internal static string RequireNoNul(string text, string what)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOf('\0');
        return at < 0 ? text : throw new EngineException($"The {what} has a NUL character at position {at}, where DuckDB would end it. Take it out, or pass the text as a parameter.");
    }

    /// <summary>A text as an SQL literal.</summary>
    internal static string Literal(string text) => $"'{RequireNoNul(text, "text").Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name as an SQL identifier.</summary>
    internal static string Identifier(string name) => $"\"{RequireNoNul(name, "name").Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The texts as UTF-8 ended by NUL, in memory that the caller frees with <see cref="Free"/>.</summary>
    internal static unsafe byte** Allocate(IReadOnlyList<string> texts)
    {
        byte** pointers = (byte**)NativeMemory.AllocZeroed((nuint)Math.Max(1, texts.Count), (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
        {
            int size = Encoding.UTF8.GetByteCount(texts[i]);
            pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)size + 1);
            Encoding.UTF8.GetBytes(texts[i], new Span<byte>(pointers[i], size));
        }

        return pointers;
    }

    /// <summary>Frees what <see cref="Allocate"/> gave.</summary>
    internal static unsafe void Free(byte** pointers, int count)
    {
        for (int i = 0; i < count; i++)
        {
            NativeMemory.Free(pointers[i]);
        }

        NativeMemory.Free(pointers);
    }
}
