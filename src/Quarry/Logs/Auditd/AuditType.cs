namespace Quarry.Logs.Auditd;

/// <summary>The record types that are treated in a way of their own, in the order in which an event's records are read.</summary>
internal enum AuditType : byte
{
    /// <summary>The system call.</summary>
    Syscall,

    /// <summary>The arguments of a program that was started.</summary>
    Execve,

    /// <summary>Any type that says by itself what happened: USER_AUTH, AVC, CONFIG_CHANGE.</summary>
    Main,

    /// <summary>The working directory.</summary>
    Cwd,

    /// <summary>A path that a system call used.</summary>
    Path,

    /// <summary>Another type that only adds to a system call: SOCKADDR, MMAP.</summary>
    Auxiliary,

    /// <summary>The command line as the process has it.</summary>
    Proctitle,

    /// <summary>The end of an event.</summary>
    Eoe,

    /// <summary>No record: a line that could not be read.</summary>
    Unreadable,
}
