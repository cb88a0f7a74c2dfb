namespace Quarry.Cli.Terminals;

/// <summary>Tells the error of writing to a pipe that nobody reads any more from other errors.</summary>
internal static class ClosedPipe
{
    private const int BrokenPipeOfUnix = 32; // EPIPE
    private const int BrokenPipeOfWindows = unchecked((int)0x8007006D); // ERROR_BROKEN_PIPE
    private const int NoDataOfWindows = unchecked((int)0x800700E8); // ERROR_NO_DATA

    /// <summary>Whether an error says that the reader has gone.</summary>
    public static bool Is(IOException error) => OperatingSystem.IsWindows()
        ? error.HResult is BrokenPipeOfWindows or NoDataOfWindows
        : error.HResult == BrokenPipeOfUnix;
}
