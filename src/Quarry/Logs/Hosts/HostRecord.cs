namespace Quarry.Logs.Hosts;

/// <summary>What logs say of a machine. What they do not say is null, or empty.</summary>
public sealed record HostRecord
{
    /// <summary>Its name.</summary>
    public required string HostName { get; init; }

    /// <summary>Linux or Windows, as the heartbeat says; Linux without one, for it writes syslog.</summary>
    public required string OSFamily { get; init; }

    /// <summary>The agent's identifier of the machine.</summary>
    public string? SourceComputerId { get; init; }

    /// <summary>The name of the operating system or distribution.</summary>
    public string? OSName { get; init; }

    /// <summary>The operating system's version, as far as it is known: <c>18.4</c>.</summary>
    public string? OSVersion { get; init; }

    /// <summary>Azure or Non-Azure.</summary>
    public string? ComputerEnvironment { get; init; }

    /// <summary>The monitoring solutions that watch it.</summary>
    public IReadOnlyList<string> Solutions { get; init; } = [];

    /// <summary>The programs that log on it, in the order in which they first do, without those of every Linux.</summary>
    public IReadOnlyList<string> Applications { get; init; } = [];

    /// <summary>The virtual machine's identifier.</summary>
    public string? VmUuid { get; init; }

    /// <summary>Its public address.</summary>
    public string? Address { get; init; }

    /// <summary>The country of that address.</summary>
    public string? Country { get; init; }

    /// <summary>Degrees of longitude of that address.</summary>
    public double? Longitude { get; init; }

    /// <summary>Degrees of latitude of that address.</summary>
    public double? Latitude { get; init; }
}
