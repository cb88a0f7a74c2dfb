using System.CommandLine;
using Quarry.Cli.Terminals;

namespace Quarry.Cli.Running;

/// <summary>Runs a verb and turns whatever happens into a message on standard error and an exit code, never a stack trace.</summary>
internal static class Guarded
{
    /// <summary>Gives a command its action.</summary>
    public static void SetAction(Command command, Func<bool, Terminal> terminals, Option<bool> noColor, Func<ParseResult, Terminal, Interruption, int> run) =>
        command.SetAction(parsed =>
        {
            Terminal terminal = terminals(parsed.GetValue(noColor));
            using var interruption = new Interruption(terminal.Error);
            return Run(terminal, () => run(parsed, terminal, interruption));
        });

    /// <summary>Runs and reports.</summary>
    public static int Run(Terminal terminal, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (UsageException error)
        {
            return Report(terminal, error.Message, ExitCode.UsedWrongly);
        }
        catch (QuarryException error)
        {
            return Report(terminal, error.Message, ExitCode.Failed);
        }
        catch (OperationCanceledException)
        {
            return Report(terminal, "interrupted", ExitCode.Failed);
        }
        catch (IOException error) when (ClosedPipe.Is(error))
        {
            return ExitCode.Done;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Report(terminal, error.Message, ExitCode.Failed);
        }
        catch (OutOfMemoryException)
        {
            return Report(terminal, "out of memory. Work on fewer columns (--column) or with fewer --threads.", ExitCode.Failed);
        }
        catch (Exception error) when (Environment.GetEnvironmentVariable("QUARRY_DEBUG") is null or "")
        {
            return Report(
                terminal,
                $"an error of Quarry's own, not of yours: {error.GetType().Name}: {error.Message} "
                + "Please report it; with QUARRY_DEBUG=1 set it shows where it happened.",
                ExitCode.Failed);
        }
    }

    private static int Report(Terminal terminal, string message, int code)
    {
        terminal.Error.WriteLine($"quarry: {SafeText.Escape(message)}");
        return code;
    }
}
