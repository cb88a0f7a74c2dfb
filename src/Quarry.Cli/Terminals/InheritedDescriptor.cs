namespace Quarry.Cli.Terminals;

/// <summary>Tells whether a standard stream is one that the caller gave.</summary>
/// <remarks>
/// Where the caller closed one (<c>&lt;&amp;-</c>), the runtime's next file or pipe gets its number, and reading it would wait
/// for ever. The runtime opens everything close-on-exec; what came through exec cannot have that flag.
/// </remarks>
internal static class InheritedDescriptor
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC of Linux, in the flags of /proc/self/fdinfo

    /// <summary>Whether the caller closed the stream. Known on Linux; elsewhere no.</summary>
    /// <param name="number">0, 1 or 2.</param>
    public static bool IsClosed(int number)
    {
        string information = $"/proc/self/fdinfo/{number}";
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/proc/self/fdinfo"))
        {
            return false;
        }

        try
        {
            string? flags = File.ReadLines(information).FirstOrDefault(l => l.StartsWith("flags:", StringComparison.Ordinal));
            return flags is not null && (Convert.ToInt64(flags[6..].Trim(), 8) & CloseOnExec) != 0;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }
}
