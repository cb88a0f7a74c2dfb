namespace Quarry.Logs.Syslog;

/// <summary>The names of facilities and severities, as Sentinel's Syslog table has them.</summary>
/// <remarks>Source: RFC 5424, 6.2.1; the names of syslog.conf(5).</remarks>
public static class SyslogNames
{
    private static readonly byte[][] Facilities = Utf8(
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp", "audit", "alert", "clock",
        "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7");

    private static readonly byte[][] Severities = Utf8("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");

    /// <summary>The facility of a priority from 0 to 191.</summary>
    public static ReadOnlySpan<byte> Facility(int priority) => Facilities[priority >> 3];

    /// <summary>The severity of a priority from 0 to 191.</summary>
    public static ReadOnlySpan<byte> Severity(int priority) => Severities[priority & 7];

    /// <summary>A fault in words.</summary>
    internal static ReadOnlySpan<byte> Describe(SyslogFault fault) => fault switch
    {
        SyslogFault.Priority => "the priority is not closed or not a number from 0 to 191"u8,
        SyslogFault.NoTime => "no time stands where one is expected, or it is cut short"u8,
        SyslogFault.ImpossibleTime => "the time is impossible"u8,
        SyslogFault.ImpossibleDay => "the day is none of the year"u8,
        SyslogFault.Header => "the header of RFC 5424 is cut short"u8,
        SyslogFault.StructuredData => "the structured data are not closed or not well formed"u8,
        _ => [],
    };

    private static byte[][] Utf8(params string[] names) => [.. names.Select(System.Text.Encoding.ASCII.GetBytes)];
}
