using System.Diagnostics;
using System.Globalization;

namespace Quarry.Cli.Terminals;

/// <summary>
/// One line on a terminal that says how far long work has come. It appears after half a second, so that short work stays
/// silent, and is gone when the work ends.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly TextWriter _terminal;
    private readonly int _width;
    private readonly Func<(long Done, long? Total)> _bytes;
    private readonly Func<string> _found;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private bool _shown;
    private bool _ended;

    /// <summary>Begins to watch.</summary>
    /// <param name="terminal">Standard error.</param>
    /// <param name="bytes">How many bytes were read, and of how many if that is known.</param>
    /// <param name="found">What to say of the results so far.</param>
    /// <param name="width">The width of the terminal.</param>
    public ProgressLine(TextWriter terminal, Func<(long Done, long? Total)> bytes, Func<string> found, int width)
    {
        _terminal = terminal;
        _bytes = bytes;
        _found = found;
        _width = width;
        _timer = new Timer(_ => Show(), null, Delay, Interval);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _ended = true;
            if (_shown)
            {
                _terminal.Write("\r\u001b[K");
            }
        }
    }

    private void Show()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _shown = true;
            string line = Describe();
            _terminal.Write($"\r\u001b[K{line[..Math.Min(line.Length, Math.Max(0, _width - 1))]}");
        }
    }

    private string Describe()
    {
        (long done, long? total) = _bytes();
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        double rate = done / seconds;
        string megabytes = string.Create(CultureInfo.InvariantCulture, $"{done / 1e6:N0} MB, {rate / 1e6:N0} MB/s");
        if (total is not > 0)
        {
            return $"{megabytes}, {_found()}";
        }

        double share = Math.Min(1, (double)done / total.Value);
        const int Cells = 24;
        int filled = (int)(share * Cells);
        string bar = new string('█', filled) + new string('░', Cells - filled);
        string left = rate > 0 ? TimeSpan.FromSeconds((total.Value - done) / rate).ToString(@"m\:ss", CultureInfo.InvariantCulture) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{bar} {share:P0}  {megabytes}, {left} left, {_found()}");
    }
}
