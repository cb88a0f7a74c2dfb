namespace Quarry.Processes;

/// <summary>What a column of process events says about a process or about its parent.</summary>
public enum ProcessField
{
    /// <summary>The image's name, with or without its path.</summary>
    ProcessName,

    /// <summary>The process id, as a number or text (<c>0x1f4</c>).</summary>
    ProcessId,

    /// <summary>The parent's process id.</summary>
    ParentId,

    /// <summary>The time of the event.</summary>
    Time,

    /// <summary>The command line.</summary>
    CommandLine,

    /// <summary>The name of the user.</summary>
    UserName,

    /// <summary>The id of the user, for example a SID.</summary>
    UserId,

    /// <summary>The id of the logon session.</summary>
    LogonId,

    /// <summary>The id of the logon session that the process was started in, where that is another one.</summary>
    TargetLogonId,

    /// <summary>The machine.</summary>
    Host,

    /// <summary>The parent's image name.</summary>
    ParentName,

    /// <summary>The kind of the event.</summary>
    EventId,

    /// <summary>An identifier that no other process of the host has, ever.</summary>
    ProcessGuid,

    /// <summary>The parent's <see cref="ProcessGuid"/>.</summary>
    ParentGuid,

    /// <summary>When the process began, where that is not <see cref="Time"/>.</summary>
    StartTime,

    /// <summary>When the process ended.</summary>
    EndTime,

    /// <summary>When the parent began.</summary>
    ParentTime,

    /// <summary>The parent's command line.</summary>
    ParentCommandLine,

    /// <summary>The parent's user.</summary>
    ParentUser,

    /// <summary>The image name of the parent's parent.</summary>
    GrandparentName,

    /// <summary>The process id of the parent's parent.</summary>
    GrandparentId,

    /// <summary>When the parent's parent began.</summary>
    GrandparentTime,
}
