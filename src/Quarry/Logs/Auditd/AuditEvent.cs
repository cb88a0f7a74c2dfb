namespace Quarry.Logs.Auditd;

/// <summary>The records of one event, in the order in which they stand in the log; or one line that is no record.</summary>
internal sealed class AuditEvent
{
    /// <summary>The records, at least one.</summary>
    public List<AuditRecord> Records { get; } = new(6);

    /// <summary>The number of the line of the first.</summary>
    public long Position { get; init; }

    /// <summary>How many bytes of lines stood before the first.</summary>
    public long BytesBefore { get; init; }

    /// <summary>Whether other records of the event stand in an earlier row.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether no further record is taken.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The bytes of its lines.</summary>
    public long Bytes { get; set; }
}
