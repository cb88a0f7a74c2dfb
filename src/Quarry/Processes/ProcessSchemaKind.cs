namespace Quarry.Processes;

/// <summary>The sources of process events whose columns are known.</summary>
public enum ProcessSchemaKind
{
    /// <summary>FireEye HX process events.</summary>
    Hx,

    /// <summary>Linux auditd, SYSCALL and EXECVE records joined.</summary>
    Lx,

    /// <summary>Microsoft Defender's DeviceProcessEvents.</summary>
    MdeEvent,

    /// <summary>Microsoft Defender's internal process events.</summary>
    MdeInt,

    /// <summary>osquery's process_events and processes.</summary>
    Osquery,

    /// <summary>Sysmon process creation, event 1.</summary>
    Sysmon,

    /// <summary>Windows security log, event 4688.</summary>
    Win,
}
