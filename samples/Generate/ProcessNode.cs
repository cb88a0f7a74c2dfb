namespace Quarry.Samples;

/// <summary>One process of a host: planned first, given its id when all of the host's processes are known.</summary>
internal sealed class ProcessNode
{
    /// <summary>When it started, UTC.</summary>
    public required DateTime Start { get; init; }

    /// <summary>Full path of the image.</summary>
    public required string Image { get; init; }

    /// <summary>The command line as logged.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The creator; null for what runs since before the log begins.</summary>
    public ProcessNode? Parent { get; init; }

    /// <summary>Who it runs as.</summary>
    public required Account Account { get; init; }

    /// <summary>When it ended, UTC; its id may be given away afterwards.</summary>
    public DateTime End { get; set; }

    /// <summary>What it shows and the words that show it, where it was planted.</summary>
    public (string What, string Evidence)? Planted { get; init; }

    /// <summary>Process id, a multiple of four.</summary>
    public int Id { get; set; }
}
