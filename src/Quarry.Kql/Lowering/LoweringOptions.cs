namespace Quarry.Kql.Lowering;

/// <summary>What a query is lowered with.</summary>
internal sealed record LoweringOptions
{
    /// <summary>What <c>now()</c> is, the same all through the query.</summary>
    public required DateTime Now { get; init; }

    /// <summary>The name in SQL of a table, by KQL's; its columns are <c>c0</c>, <c>c1</c>, … in the order of its schema.</summary>
    public required Func<string, string> SqlNameOf { get; init; }

    /// <summary>Whether a column of a table, by KQL's name and its place, is known to have no null.</summary>
    public Func<string, int, bool> IsNeverNull { get; init; } = (_, _) => false;

    /// <summary>Whether <c>geo_info_from_ip_address</c> is there.</summary>
    public bool HasGeoInfo { get; init; }

    /// <summary>The values of the query's parameters, by name: of .NET, of the parameters' types.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();
}
