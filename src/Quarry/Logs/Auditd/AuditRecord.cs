using Quarry.Tables;

namespace Quarry.Logs.Auditd;

/// <summary>A line with one record, and where in it stands what joins records into events.</summary>
internal readonly struct AuditRecord
{
    /// <summary>The column that holds the line.</summary>
    public TextColumn Text { get; init; }

    /// <summary>Which row of it.</summary>
    public int Row { get; init; }

    /// <summary>The row of the input that the line is from.</summary>
    public long SourceIndex { get; init; }

    /// <summary>The header; of nothing for a line that is no record.</summary>
    public AuditHeader Header { get; init; }

    /// <summary>The line.</summary>
    public ReadOnlySpan<byte> Line => Text[Row];

    /// <summary>The type's name.</summary>
    public ReadOnlySpan<byte> TypeName => AuditTypes.Name(Line.Slice(Header.TypeStart, Header.TypeLength));

    /// <summary>The name of the machine; empty where the line has none.</summary>
    public ReadOnlySpan<byte> Node => Line.Slice(Header.NodeStart, Header.NodeLength);

    /// <summary>The message id, seconds, a point, milliseconds, a colon and the serial number, as it stands.</summary>
    public ReadOnlySpan<byte> Id => Line.Slice(Header.IdStart, Header.IdLength);

    /// <summary>The fields.</summary>
    public ReadOnlySpan<byte> Body => Line[Header.Body..];
}
