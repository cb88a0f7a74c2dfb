namespace Quarry.Logs;

/// <summary>How a log of plain lines is written.</summary>
public enum LogFormat
{
    /// <summary>Told by the first lines.</summary>
    Auto,

    /// <summary>Syslog: RFC 5424, RFC 3164, and what syslog daemons, journald and network devices write in their place.</summary>
    Syslog,

    /// <summary>Records of the Linux audit system, as auditd writes them.</summary>
    Auditd,
}
