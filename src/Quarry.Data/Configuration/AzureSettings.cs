namespace Quarry.Data.Configuration;

/// <summary>The section <c>Azure</c>.</summary>
public sealed record AzureSettings
{
    /// <summary>The cloud that workspaces are in: <c>global</c>, <c>usgov</c>, <c>cn</c>.</summary>
    public required ConfiguredValue Cloud { get; init; }

    /// <summary>The ways to sign in, in the order they are tried.</summary>
    public required IReadOnlyList<ConfiguredValue> AuthMethods { get; init; }
}
