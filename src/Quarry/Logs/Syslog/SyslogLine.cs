namespace Quarry.Logs.Syslog;

/// <summary>What stands in a syslog line; spans of the line itself.</summary>
public ref struct SyslogLine
{
    /// <summary>The priority, facility × 8 + severity; -1 where the line has none.</summary>
    public int Priority { get; set; }

    /// <summary>The form.</summary>
    public SyslogForm Form { get; set; }

    /// <summary>Why the line could not be read; what was read before the fault is there.</summary>
    public SyslogFault Fault { get; set; }

    /// <summary>The host, empty where there is none.</summary>
    public ReadOnlySpan<byte> Host { get; set; }

    /// <summary>The program: RFC 5424's APP-NAME, RFC 3164's tag without the process id.</summary>
    public ReadOnlySpan<byte> Process { get; set; }

    /// <summary>The process id as it stands.</summary>
    public ReadOnlySpan<byte> ProcessId { get; set; }

    /// <summary>RFC 5424's MSGID.</summary>
    public ReadOnlySpan<byte> MessageId { get; set; }

    /// <summary>RFC 5424's structured data as they stand, with their brackets.</summary>
    public ReadOnlySpan<byte> StructuredData { get; set; }

    /// <summary>The message, without the byte-order mark that RFC 5424 puts before UTF-8; the whole line where it could not be read.</summary>
    public ReadOnlySpan<byte> Message { get; set; }

    /// <summary>The time.</summary>
    internal LogMoment Time { get; set; }
}
