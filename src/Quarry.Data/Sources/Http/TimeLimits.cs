namespace Quarry.Data.Sources.Http;

/// <summary>
/// The time that a request has: for all waiting together, and for the longest silence in each step. Only waiting for the service counts: an
/// answer that is read slowly, because its rows are not wanted yet, does not run out of time. Also ends with the user's token.
/// </summary>
internal sealed class TimeLimits : IDisposable
{
    /// <summary>More than a timer takes is as good as no limit.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly CancellationTokenSource _step;
    private readonly CancellationToken _user;
    private readonly ServiceFaults _faults;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _silence;
    private readonly TimeProvider _clock;
    private ITimer? _timer;
    private long _began;
    private volatile bool _isOver;
    private volatile bool _isStopped;

    /// <summary>Limits of which nothing is used yet.</summary>
    public TimeLimits(ServiceFaults faults, TimeSpan timeout, TimeSpan silence, TimeProvider clock, CancellationToken user)
    {
        _faults = faults;
        _timeout = timeout;
        _silence = silence;
        _clock = clock;
        _user = user;
        Left = timeout;
        _step = CancellationTokenSource.CreateLinkedTokenSource(user);
    }

    /// <summary>Ends what is being done when the time is over.</summary>
    public CancellationToken Token => _step.Token;

    /// <summary>The time that is left, the step that is under way not counted.</summary>
    public TimeSpan Left { get; private set; }

    /// <summary>Whether the result is not wanted any more.</summary>
    public bool IsStopped => _isStopped || _user.IsCancellationRequested;

    /// <summary>Waiting for the service begins.</summary>
    public void Begin()
    {
        Pause();
        _began = _clock.GetTimestamp();
        TimeSpan limit = _silence < Left ? _silence : Left;
        _timer = _clock.CreateTimer(_ => RunOut(), null, limit <= TimeSpan.Zero ? TimeSpan.Zero : limit < Longest ? limit : Longest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Nobody waits for the service.</summary>
    public void Pause()
    {
        if (_timer is { } timer)
        {
            timer.Dispose();
            _timer = null;
            Spend(_clock.GetElapsedTime(_began));
        }
    }

    /// <summary>Takes time away that was waited elsewhere.</summary>
    public void Spend(TimeSpan time) => Left -= time;

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

        return !_isOver ? null : _silence < _timeout && Left > TimeSpan.Zero ? _faults.Silent(_silence, fault) : _faults.TimeIsOver(_timeout, fault);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _step.Dispose();
    }

    private void RunOut()
    {
        _isOver = true;
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
