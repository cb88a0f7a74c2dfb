namespace Quarry.Data.Kql;

/// <summary>What one run of a query is given.</summary>
public sealed record KqlRunOptions
{
    /// <summary>Values of the parameters that the query declares, by name; a text is read as the parameter's type.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>Only rows from this time on (UTC) are read, of tables that have a column of <see cref="TimeColumns"/>; null for no bound.</summary>
    public DateTime? From { get; init; }

    /// <summary>Only rows before this time (UTC) are read; null for no bound. As the services have it, a row without a time is in no range.</summary>
    public DateTime? To { get; init; }

    /// <summary>Names of the column that a row's time is in; of a table the first that is a datetime counts.</summary>
    public IReadOnlyList<string> TimeColumns { get; init; } = ["TimeGenerated", "Timestamp"];

    /// <summary>The time after which the query is stopped; null for the database's own.</summary>
    public TimeSpan? Timeout { get; init; }

    internal bool HasRange => From is not null || To is not null;
}
