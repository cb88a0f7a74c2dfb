using System.Runtime.InteropServices;

namespace Quarry.Cli.Terminals;

/// <summary>
/// Ctrl-C, SIGTERM, a terminal that is closed: the work is asked to stop; if it has not within most of a second, the process ends all the same,
/// after the half-written file was taken away.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TextWriter _error;
    private Timer? _deadline;

    /// <summary>Listens from now on until disposed.</summary>
    public Interruption(TextWriter error)
    {
        _error = error;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        _registrations = [.. signals.Select(s => PosixSignalRegistration.Create(s, Stop))];
    }

    /// <summary>Cancelled when the user interrupts.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What takes the half-written output away when the work does not stop by itself.</summary>
    public IDisposable? Unfinished { get; set; }

    /// <summary>What Ctrl-C does first; whether that is all, so that the command does not end. Null for the usual.</summary>
    public Func<bool>? Instead { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _deadline?.Dispose();
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGINT && Instead?.Invoke() == true)
        {
            return;
        }

        _deadline ??= new Timer(_ => End(), null, Patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }

    private void End()
    {
        try
        {
            Unfinished?.Dispose();
            _error.WriteLine("quarry: interrupted");
        }
        finally
        {
            Environment.Exit(ExitCode.Failed);
        }
    }
}
