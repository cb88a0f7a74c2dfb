namespace Quarry.Data.Sources;

/// <summary>A query to a source.</summary>
/// <param name="Text">KQL.</param>
public sealed record SourceQuery(string Text)
{
    /// <summary>
    /// Values of the parameters that the query declares (<c>declare query_parameters(host:string)</c>), by name: typed values,
    /// or texts that are read as the parameter's type. No value becomes structure of the query.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>Only rows of this time are asked for, beside what the query itself says; null for no bound.</summary>
    public TimeRange? Range { get; init; }

    /// <summary>
    /// Splits <see cref="Range"/> into parts of this length, which are asked side by side and put together in order; null for one
    /// part. Only a query whose parts put together are the whole is split: one that counts, sorts or joins is refused.
    /// </summary>
    public TimeSpan? SplitBy { get; init; }

    /// <summary>How many parts are asked at once. Default: 4.</summary>
    public int InFlight { get; init; } = 4;

    /// <summary>The time after which the query is stopped, here and at the service; null for the source's own.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Whether rows of an answer that the service cut short are handed out, with a remark. Default: false, reading them ends in a
    /// <see cref="PartialResultException"/>.
    /// </summary>
    public bool AllowsPartial { get; init; }

    /// <summary>Told how far the query is; null where nobody wants to know.</summary>
    public IProgress<SourceProgress>? Progress { get; init; }
}
