namespace Quarry.Samples;

/// <summary>One audit event: records that share time stamp and serial.</summary>
/// <param name="Time">The stamp, UTC, whole milliseconds.</param>
/// <param name="Records">Its records in the kernel's order.</param>
internal sealed record AuditEvent(DateTime Time, IReadOnlyList<AuditRecord> Records)
{
    /// <summary>True where this event's records and the next one's were written in turn, from two processors.</summary>
    public bool InTurnWithNext { get; init; }

    /// <summary>The serial, where it is not the kernel's count: auditd numbers its own events.</summary>
    public int? OwnSerial { get; init; }

    /// <summary>How the pair's or the single event's records follow each other in the file.</summary>
    public static IEnumerable<(int Event, AuditRecord Record)> InTurn(AuditEvent first, AuditEvent second)
    {
        for (int i = 0; i < Math.Max(first.Records.Count, second.Records.Count); i++)
        {
            if (i < first.Records.Count)
            {
                yield return (0, first.Records[i]);
            }

            if (i < second.Records.Count)
            {
                yield return (1, second.Records[i]);
            }
        }
    }
}
