namespace Quarry.Data.Sources.Sentinel;

/// <summary>A Log Analytics workspace that queries go to.</summary>
/// <param name="Name">Its name for a person.</param>
/// <param name="Id">Its id.</param>
public sealed record SentinelWorkspace(string Name, Guid Id);
