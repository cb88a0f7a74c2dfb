namespace Quarry.Processes;

/// <summary>The columns in which a source of process events says what.</summary>
public sealed record ProcessSchema
{
    /// <summary>The fields without which there is no tree.</summary>
    public static IReadOnlyList<ProcessField> Required { get; } =
        [ProcessField.ProcessName, ProcessField.ProcessId, ProcessField.ParentId, ProcessField.Time];

    /// <summary>What the schema is called, for example <c>WIN</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The columns of each field, the usual name first.</summary>
    public required IReadOnlyDictionary<ProcessField, string[]> Columns { get; init; }

    /// <summary>The value of <see cref="ProcessField.EventId"/> in the rows that start a process; null where every row does.</summary>
    public string? EventId { get; init; }

    /// <summary>The value of <see cref="ProcessField.EventId"/> in the rows that end a process; null where none does.</summary>
    public string? EndEventId { get; init; }

    /// <summary>The column of the id of the process that ends, in the rows that end one.</summary>
    public string? EndIdColumn { get; init; }

    /// <summary>Whether a parent that is not in the log has the logon session that its children's rows name.</summary>
    internal bool LogonIsParents { get; init; }
}
