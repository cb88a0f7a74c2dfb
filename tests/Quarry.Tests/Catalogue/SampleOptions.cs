using System.Collections.Immutable;
using Quarry.Catalogue;

namespace Quarry.Tests.Catalogue;

/// <summary>An options record with a property of every supported type.</summary>
[AnalysisOptions]
public sealed partial record SampleOptions
{
    /// <summary>
    /// Whether to look at <see cref="MaxDepth"/>, as in <paramref name="value"/> or <c>a &lt; b</c>; see
    /// <see cref="System.Text.Rune(char)">runes</see>, <see cref="List{T}.Add"/>, <see cref="System.Text.Rune(char)"/>, not <see langword="null"/>.
    /// </summary>
    public bool IsOn { get; init; } = true;

    /// <summary>The deepest "layer" \ of all.</summary>
    public int MaxDepth
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), "There is at least one layer.");
    } = 32;

    /// <summary>How many rows.</summary>
    public long RowCount
    {
        get;
        init => field = value != 0 ? value : throw new QuarryException("RowCount is 0: give any other number.");
    } = 5_000_000_000;

    /// <summary>The ratio.</summary>
    public double MaxURLRatio { get; init; } = 2.5;

    /// <summary>Where.</summary>
    public string Folder { get; init; } = "here";

    /// <summary>Perhaps a name.</summary>
    public string? Name { get; init; }

    /// <summary>How long.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Perhaps how long.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>How much.</summary>
    [ByteSize]
    public long MaxBytes { get; init; } = 64 << 20;

    /// <summary>How much at a time.</summary>
    [ByteSize]
    public int BlockBytes { get; init; } = 1000;

    /// <summary>Perhaps how much.</summary>
    [ByteSize]
    public int? CacheBytes { get; init; } = 1024;

    /// <summary>Which words.</summary>
    public IReadOnlyList<string> Words { get; init; } = ["a", "b,c"];

    /// <summary>Which marks.</summary>
    public string[] Marks { get; init; } = [];

    /// <summary>How high.</summary>
    public SampleLevel Level { get; init; } = SampleLevel.Md5Hash;

    /// <summary>Perhaps how low.</summary>
    public SampleLevel? Floor { get; init; }

    /// <summary>Which levels.</summary>
    public ImmutableArray<SampleLevel> Levels { get; init; } = [SampleLevel.None, SampleLevel.IPv4];

    /// <summary>Which levels not.</summary>
    public IReadOnlySet<SampleLevel> Without { get; init; } = new HashSet<SampleLevel> { SampleLevel.IPv4 };

    /// <summary>The clock.</summary>
    [LibraryOnly]
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
