using System.Text;
using Microsoft.Win32.SafeHandles;
using Quarry.Reports;

namespace Quarry.Cli.Terminals;

/// <summary>
/// Where the command reads and writes: the one seam between it and the console, so that tests can stand in. Data goes to
/// <see cref="Output"/>, everything else to <see cref="Error"/>.
/// </summary>
internal sealed record Terminal
{
    private const int UsualWidth = 100;

    /// <summary>Data, as bytes.</summary>
    public required Stream Output { get; init; }

    /// <summary>Everything else.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public required Func<Stream> Input { get; init; }

    /// <summary>Whether a person reads <see cref="Output"/>.</summary>
    public required bool OutputIsTerminal { get; init; }

    /// <summary>Whether a person reads <see cref="Error"/>.</summary>
    public required bool ErrorIsTerminal { get; init; }

    /// <summary>Whether something is piped into standard input.</summary>
    public required bool InputIsRedirected { get; init; }

    /// <summary>Whether colours are wanted: on a terminal that can show them, unless NO_COLOR or --no-color says otherwise.</summary>
    public required bool Color { get; init; }

    /// <summary>The width of the terminal in columns.</summary>
    public required int Width { get; init; }

    /// <summary>Takes each result in place of <see cref="Output"/>, for a report of several; null for the usual way.</summary>
    public Action<ReportSection>? Report { get; init; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess(bool noColor)
    {
        bool outputIsTerminal = !Console.IsOutputRedirected;
        return new Terminal
        {
            Output = OpenOutput(),
            Error = new StreamWriter(OpenError(), new UTF8Encoding(false)) { AutoFlush = true },
            Input = OpenInput,
            OutputIsTerminal = outputIsTerminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InputIsRedirected = Console.IsInputRedirected && !InheritedDescriptor.IsClosed(0),
            Color = outputIsTerminal && !noColor && WantsColor(),
            Width = outputIsTerminal ? WindowWidth() : UsualWidth,
        };
    }

    // The console's stream takes a closed pipe for a success and would let the work go on for nobody; a file stream
    // over the same handle tells. On a file it would not move the offset that a shell's redirections share, so there
    // the console's stream it is.
    private static Stream OpenOutput()
    {
        if (InheritedDescriptor.IsClosed(1))
        {
            return new ClosedOutput();
        }

        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }

    private static ErrorStream OpenError() => new(InheritedDescriptor.IsClosed(2) ? null : Console.OpenStandardError());

    private static Stream OpenInput() => InheritedDescriptor.IsClosed(0)
        ? throw new QuarryException("Standard input is closed. Name files to read, or pipe something in.")
        : Console.OpenStandardInput();

    private static bool WantsColor() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
