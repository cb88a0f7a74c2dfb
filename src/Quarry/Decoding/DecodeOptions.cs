using Quarry.Catalogue;

namespace Quarry.Decoding;

/// <summary>What to look for when decoding, and where to stop. Every limit that stops something is named in the result.</summary>
/// <exception cref="QuarryException">A property is set to a value that makes no sense; the message says what to give.</exception>
[AnalysisOptions]
public sealed partial record DecodeOptions
{
    /// <summary>The defaults.</summary>
    public static DecodeOptions Default { get; } = new();

    /// <summary>The number of characters from which a run of base64 or hexadecimal digits counts where nothing announces it. Default 30; 8 or more.</summary>
    public int MinimumRun { get; init => field = AtLeast(value, 8, nameof(MinimumRun)); } = 30;

    /// <summary>The number of base64 characters that suffice behind a PowerShell <c>-enc</c> switch, in <c>FromBase64String(…)</c> and the like. Default 8; 4 or more.</summary>
    public int MinimumRunInContext { get; init => field = AtLeast(value, 4, nameof(MinimumRunInContext)); } = 8;

    /// <summary>Whether runs that look like base64 but decode to neither text nor a known file type are reported too. Default false.</summary>
    public bool ReportWeak { get; init; }

    /// <summary>The number of bytes that may be decoded and unpacked from one input, all layers together. Default 64 MiB.</summary>
    [ByteSize]
    public long MaxExpandedBytes { get; init => field = AtLeast(value, 1, nameof(MaxExpandedBytes)); } = 64L << 20;

    /// <summary>The number of bytes that one layer may have. Default 64 MiB.</summary>
    [ByteSize]
    public long MaxLayerBytes { get; init => field = AtLeast(value, 1, nameof(MaxLayerBytes)); } = 64L << 20;

    /// <summary>How many bytes may come out of one compressed byte; the first MiB of a layer is free. Default 1,000.</summary>
    public double MaxRatio
    {
        get;
        init => field = value >= 1
            ? value
            : throw new QuarryException($"MaxRatio is {value}: give 1 or more (the default is 1000).");
    } = 1000;

    /// <summary>How deeply layers may be nested. Default 32; from 1 to 128.</summary>
    public int MaxDepth
    {
        get;
        init => field = value is >= 1 and <= 128
            ? value
            : throw new QuarryException($"MaxDepth is {value}: give a number from 1 to 128 (the default is 32).");
    } = 32;

    /// <summary>How many layers one input may yield. Default 1,024.</summary>
    public int MaxLayers { get; init => field = AtLeast(value, 1, nameof(MaxLayers)); } = 1024;

    /// <summary>How long one input may take. Default 10 seconds.</summary>
    public TimeSpan TimeLimit
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new QuarryException($"TimeLimit is {value}: give a time greater than zero (the default is 10 s).");
    } = TimeSpan.FromSeconds(10);

    private static int AtLeast(int value, int least, string name) => value >= least
        ? value
        : throw new QuarryException($"{name} is {value}: give {least} or more.");

    private static long AtLeast(long value, long least, string name) => value >= least
        ? value
        : throw new QuarryException($"{name} is {value}: give {least} or more.");
}
