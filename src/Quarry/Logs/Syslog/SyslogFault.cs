namespace Quarry.Logs.Syslog;

/// <summary>Why a line could not be read.</summary>
public enum SyslogFault
{
    /// <summary>It could.</summary>
    None,

    /// <summary>The priority is not closed, not a number, or above 191.</summary>
    Priority,

    /// <summary>No time stands where one has to, or it is cut short.</summary>
    NoTime,

    /// <summary>There is a time, but it is none: month 13, hour 25.</summary>
    ImpossibleTime,

    /// <summary>The day is none of the year: 29 February.</summary>
    ImpossibleDay,

    /// <summary>The header of RFC 5424 ends early.</summary>
    Header,

    /// <summary>The structured data of RFC 5424 are not closed or not well formed.</summary>
    StructuredData,
}
