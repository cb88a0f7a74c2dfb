using System.Globalization;

namespace Quarry.Decoding;

/// <summary>What one input may still cost: bytes, layers and time. Remembers the first limit that stopped something.</summary>
internal sealed class Budget(DecodeOptions options, TimeProvider clock, CancellationToken cancellation)
{
    private const int ClockStride = 1 << 16;
    private readonly long _start = clock.GetTimestamp();
    private long _spent;
    private long _untilClock = ClockStride;
    private int _layers;

    /// <summary>The first limit that stopped something, as the result names it; null where none did.</summary>
    public string? StoppedBy { get; private set; }

    /// <summary>Whether time or bytes are used up, so that nothing more can be decoded.</summary>
    public bool IsExhausted => StoppedByTime || _spent >= options.MaxExpandedBytes;

    /// <summary>Whether the time is used up.</summary>
    public bool StoppedByTime { get; private set; }

    /// <summary>How many layers may still be reported.</summary>
    public int LayersLeft => options.MaxLayers - _layers;

    /// <summary>Takes one layer. False, and remembered, where none is left.</summary>
    public bool TakeLayer()
    {
        if (_layers >= options.MaxLayers)
        {
            Stop(LayersName);
            return false;
        }

        _layers++;
        return true;
    }

    /// <summary>How many bytes a layer may grow to now.</summary>
    public long Room => Math.Max(0, Math.Min(options.MaxLayerBytes, options.MaxExpandedBytes - _spent));

    /// <summary>The name of the limit that <see cref="Room"/> is made by.</summary>
    public string RoomName => options.MaxExpandedBytes - _spent <= options.MaxLayerBytes
        ? Name("max-expanded-bytes", options.MaxExpandedBytes)
        : Name("max-layer-bytes", options.MaxLayerBytes);

    public string DepthName => Name("max-depth", options.MaxDepth);

    public string LayersName => Name("max-layers", options.MaxLayers);

    public string RatioName => $"max-ratio ({options.MaxRatio.ToString(CultureInfo.InvariantCulture)})";

    public string TimeName => $"time-limit ({options.TimeLimit.ToString("c", CultureInfo.InvariantCulture)})";

    /// <summary>Whether so many bytes out of so many compressed ones are more than the ratio allows.</summary>
    public bool IsTooDense(long expanded, long compressed) =>
        expanded > 1 << 20 && expanded > options.MaxRatio * Math.Max(1, compressed);

    /// <summary>Counts bytes that were produced. What was tried and thrown away counts as well: it was paid for.</summary>
    public void Spend(long bytes)
    {
        _spent += bytes;
        CheckClock(bytes + 64);
    }

    /// <summary>Remembers the limit that stopped something, where it is the first.</summary>
    public string Stop(string name)
    {
        StoppedBy ??= name;
        return name;
    }

    /// <summary>Looks at the clock once in a while. True while there is time.</summary>
    public bool CheckClock(long work)
    {
        if ((_untilClock -= work) < 0)
        {
            _untilClock = ClockStride;
            cancellation.ThrowIfCancellationRequested();
            if (!StoppedByTime && clock.GetElapsedTime(_start) > options.TimeLimit)
            {
                StoppedByTime = true;
                Stop(TimeName);
            }
        }

        return !StoppedByTime;
    }

    private static string Name(string option, long value) => $"{option} ({value.ToString(CultureInfo.InvariantCulture)})";
}
