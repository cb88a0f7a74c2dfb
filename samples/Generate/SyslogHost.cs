namespace Quarry.Samples;

/// <summary>A Linux machine.</summary>
/// <param name="Name">Host name.</param>
/// <param name="Address">Its IPv4 address.</param>
internal sealed record SyslogHost(string Name, string Address);
