namespace Quarry.Logs.Syslog;

/// <summary>In which form a syslog line was written.</summary>
public enum SyslogForm
{
    /// <summary>In none that is known.</summary>
    Unknown,

    /// <summary>RFC 3164's: a time without year, host, tag and message.</summary>
    Rfc3164,

    /// <summary>RFC 5424's.</summary>
    Rfc5424,

    /// <summary>RFC 3164's order with an ISO 8601 time, as rsyslog's file format and journald write it.</summary>
    IsoTime,

    /// <summary>A network device's: counters, marks and names before the time, a year or zone behind it.</summary>
    Device,
}
