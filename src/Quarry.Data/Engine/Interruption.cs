using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>Turns the cancellation of a token into interruptions of a connection, as long as a statement runs.</summary>
internal sealed class Interruption : IDisposable
{
    // DuckDB forgets an interruption that comes just before a statement begins, so it is repeated.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly ConnectionHandle _connection;
    private readonly CancellationTokenRegistration _registration;
    private Timer? _timer;
    private bool _over;

    internal Interruption(ConnectionHandle connection, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        _connection = connection;
        Token = token;
        _registration = token.UnsafeRegister(static self => ((Interruption)self!).Begin(), this);
    }

    internal CancellationToken Token { get; }

    public void Dispose()
    {
        _registration.Dispose();
        lock (_lock)
        {
            // From here on none can hit the connection's next statement.
            _over = true;
            _timer?.Dispose();
        }
    }

    private void Begin()
    {
        lock (_lock)
        {
            if (!_over)
            {
                _timer = new Timer(static self => ((Interruption)self!).Interrupt(), this, TimeSpan.Zero, Period);
            }
        }
    }

    private void Interrupt()
    {
        lock (_lock)
        {
            if (!_over && !_connection.IsClosed)
            {
                DuckDbNative.duckdb_interrupt(_connection);
            }
        }
    }
}
