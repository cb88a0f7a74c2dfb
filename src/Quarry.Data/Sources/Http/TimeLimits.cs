namespace Quarry.Data.Sources.Http;

/// <summary>The time a request has: all of it, and the longest silence in each step. Also ends with the user's token.</summary>
internal sealed class TimeLimits : IDisposable
{
    private readonly CancellationTokenSource _whole;
    private readonly CancellationTokenSource _step;
    private readonly CancellationToken _user;
    private readonly ServiceFaults _faults;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _silence;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly long _started;
    private volatile bool _isSilent;
    private volatile bool _isStopped;

    /// <summary>Limits that begin now.</summary>
    public TimeLimits(ServiceFaults faults, TimeSpan timeout, TimeSpan silence, TimeProvider clock, CancellationToken user)
    {
        _faults = faults;
        _timeout = timeout;
        _silence = silence;
        _clock = clock;
        _user = user;
        _started = clock.GetTimestamp();
        _whole = new CancellationTokenSource(timeout, clock);
        _step = CancellationTokenSource.CreateLinkedTokenSource(_whole.Token, user);
        _timer = clock.CreateTimer(_ => GoSilent(), null, System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends what is being done when the time is over.</summary>
    public CancellationToken Token => _step.Token;

    /// <summary>The time that is left.</summary>
    public TimeSpan Left => _timeout - _clock.GetElapsedTime(_started);

    /// <summary>Whether the result is not wanted any more.</summary>
    public bool IsStopped => _isStopped || _user.IsCancellationRequested;

    /// <summary>A step begins: the silence is counted from here.</summary>
    public void Begin() => _timer.Change(_silence, System.Threading.Timeout.InfiniteTimeSpan);

    /// <summary>The step is over: nobody waits for the service.</summary>
    public void Pause() => _timer.Change(System.Threading.Timeout.InfiniteTimeSpan, System.Threading.Timeout.InfiniteTimeSpan);

    /// <summary>Ends what is being done, because its result is not wanted any more.</summary>
    public void Stop()
    {
        _isStopped = true;
        Cancel();
    }

    /// <summary>The error of a fault that came because the time was over; null where it had another reason.</summary>
    public Exception? Ended(Exception fault)
    {
        if (IsStopped)
        {
            return new OperationCanceledException("The request was stopped.", fault, _user);
        }

        return _whole.IsCancellationRequested ? _faults.TimeIsOver(_timeout, fault)
            : _isSilent ? _faults.Silent(_silence, fault)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _step.Dispose();
        _whole.Dispose();
    }

    private void GoSilent()
    {
        _isSilent = true;
        Cancel();
    }

    private void Cancel()
    {
        try
        {
            _step.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The timer fired while the limits were disposed of: nothing is left to end.
        }
    }
}
