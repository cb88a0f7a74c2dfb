using Quarry.Tables;
using static Quarry.Processes.ProcessField;

namespace Quarry.Processes;

/// <summary>The schemas that are known, and which of them a table has.</summary>
/// <remarks>
/// The first name of each column, and the order that decides between schemas that fit equally well, are those of MSTICPy. The
/// others are what later versions of the products write.
/// </remarks>
public static class ProcessSchemas
{
    /// <summary>Every schema, in the order of <see cref="ProcessSchemaKind"/>.</summary>
    public static IReadOnlyList<ProcessSchema> All { get; } = [Hx(), Lx(), MdeEvent(), MdeInt(), Osquery(), Sysmon(), Win()];

    /// <summary>The schema of a kind.</summary>
    public static ProcessSchema Of(ProcessSchemaKind kind) => All[(int)kind];

    /// <summary>
    /// The schema that a table has: of those whose process name, id, parent id and time are there the one with the most
    /// columns; of several the last.
    /// </summary>
    /// <returns>Null if none fits.</returns>
    public static ProcessSchema? Recognise(TableSchema table) => Recognise(table, []);

    /// <summary>As <see cref="Recognise(TableSchema)"/>, where some fields were given columns by hand and are not looked for.</summary>
    internal static ProcessSchema? Recognise(TableSchema table, IReadOnlyCollection<ProcessField> named)
    {
        ProcessSchema? best = null;
        int most = 0;
        foreach (ProcessSchema schema in All)
        {
            int common = schema.Columns.Values.Count(names => Find(table, names) >= 0);
            if (common >= most && ProcessSchema.Required.All(field => named.Contains(field) || Find(table, schema.Columns[field]) >= 0))
            {
                best = schema;
                most = common;
            }
        }

        return best;
    }

    /// <summary>The position of the first of some names that a table has: as it is written, else the only one but for letter case; or -1.</summary>
    internal static int Find(TableSchema table, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (table.IndexOf(name) is >= 0 and int exact)
            {
                return exact;
            }

            int found = -1;
            for (int i = 0; i < table.Count && found > -2; i++)
            {
                if (table[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    found = found == -1 ? i : -2;
                }
            }

            if (found >= 0)
            {
                return found;
            }
        }

        return -1;
    }

    private static ProcessSchema Hx() => new()
    {
        Name = "HX",
        Columns = new Dictionary<ProcessField, string[]>
        {
            [ProcessName] = ["process"],
            [ProcessId] = ["pid"],
            [ParentId] = ["parentpid"],
            [Time] = ["starttime"],
            [CommandLine] = ["processcmdline"],
            [UserName] = ["username"],
            [Host] = ["hostname"],
            [ParentName] = ["parentprocess"],
            [EventId] = ["eventtype"],
        },
        EventId = "start",
    };

    private static ProcessSchema Lx() => new()
    {
        Name = "LX",
        Columns = new Dictionary<ProcessField, string[]>
        {
            [ProcessName] = ["exe"],
            [ProcessId] = ["pid"],
            [ParentId] = ["ppid"],
            [Time] = ["TimeGenerated"],
            [CommandLine] = ["cmdline"],
            [UserName] = ["acct"],
            [LogonId] = ["ses"],
            [Host] = ["Computer", "HostName", "host", "node"],
            [UserId] = ["uid"],
            [EventId] = ["EventType"],
        },
        EventId = "SYSCALL_EXECVE",
    };

    private static ProcessSchema MdeEvent() => new()
    {
        Name = "MDE_EVENT",
        Columns = new Dictionary<ProcessField, string[]>
        {
            [ProcessName] = ["FileName"],
            [ProcessId] = ["ProcessId"],
            [ParentId] = ["InitiatingProcessId"],
            [Time] = ["Timestamp", "TimeGenerated"],
            [CommandLine] = ["ProcessCommandLine"],
            [UserName] = ["AccountName"],
            [UserId] = ["AccountSid"],
            [LogonId] = ["InitiatingProcessLogonId"],
            [TargetLogonId] = ["LogonId"],
            [Host] = ["DeviceName", "DeviceId"],
            [ParentName] = ["InitiatingProcessFileName"],
            [EventId] = ["ActionType"],
            [ProcessGuid] = ["ProcessUniqueId"],
            [ParentGuid] = ["InitiatingProcessUniqueId"],
            [StartTime] = ["ProcessCreationTime"],
            [ParentTime] = ["InitiatingProcessCreationTime"],
            [ParentCommandLine] = ["InitiatingProcessCommandLine"],
            [ParentUser] = ["InitiatingProcessAccountName"],
            [GrandparentName] = ["InitiatingProcessParentFileName"],
            [GrandparentId] = ["InitiatingProcessParentId"],
            [GrandparentTime] = ["InitiatingProcessParentCreationTime"],
        },
        EventId = "ProcessCreated",
    };

    private static ProcessSchema MdeInt() => new()
    {
        Name = "MDE_INT",
        Columns = new Dictionary<ProcessField, string[]>
        {
            [ProcessName] = ["CreatedProcessName"],
            [ProcessId] = ["CreatedProcessId"],
            [ParentId] = ["InitiatingProcessId", "CreatedProcessParentId"],
            [Time] = ["CreatedProcessCreationTime"],
            [CommandLine] = ["CreatedProcessCommandLine"],
            [UserName] = ["CreatedProcessAccountName"],
            [UserId] = ["CreatedProcessAccountSid"],
            [LogonId] = ["InitiatingProcessLogonId"],
            [TargetLogonId] = ["LogonId"],
            [Host] = ["ComputerDnsName", "MachineId"],
            [ParentName] = ["InitiatingProcessName", "ParentProcessName"],
            [ProcessGuid] = ["CreatedProcessStartKey"],
            [ParentGuid] = ["InitiatingProcessStartKey"],
            [ParentTime] = ["InitiatingProcessCreationTime"],
            [ParentCommandLine] = ["Process_CommandLine", "InitiatingProcessCommandLine"],
            [ParentUser] = ["InitiatingProcessAccountName"],
            [GrandparentName] = ["InitiatingProcessParentProcessName"],
            [GrandparentId] = ["InitiatingProcessParentProcessId"],
            [GrandparentTime] = ["InitiatingProcessParentCreationTime"],
        },
    };

    // The reference takes pcmdline for the parent's name. It is a command line, and no process is called so.
    private static ProcessSchema Osquery() => new()
    {
        Name = "OSQUERY",
        Columns = new Dictionary<ProcessField, string[]>
        {
            [ProcessName] = ["name", "path"],
            [ProcessId] = ["pid"],
            [ParentId] = ["parent"],
            [Time] = ["calendarTime", "unixTime", "time"],
            [CommandLine] = ["cmdline"],
            [UserName] = ["username"],
            [UserId] = ["uid"],
            [Host] = ["hostIdentifier", "hostname"],
            [ParentCommandLine] = ["pcmdline"],
        },
    };

    private static ProcessSchema Sysmon() => new()
    {
        Name = "SYSMON",
        Columns = new Dictionary<ProcessField, string[]>
        {
            [ProcessName] = ["Image"],
            [ProcessId] = ["ProcessId"],
            [ParentId] = ["ParentProcessId"],
            [Time] = ["UtcTime"],
            [CommandLine] = ["CommandLine"],
            [UserName] = ["User"],
            [LogonId] = ["LogonId"],
            [Host] = ["Computer"],
            [ParentName] = ["ParentImage"],
            [EventId] = ["EventID"],
            [ProcessGuid] = ["ProcessGuid"],
            [ParentGuid] = ["ParentProcessGuid"],
            [ParentCommandLine] = ["ParentCommandLine"],
            [ParentUser] = ["ParentUser"],
        },
        EventId = "1",
        EndEventId = "5",
        EndIdColumn = "ProcessId",
    };

    private static ProcessSchema Win() => new()
    {
        Name = "WIN",
        Columns = new Dictionary<ProcessField, string[]>
        {
            [ProcessName] = ["NewProcessName"],
            [ProcessId] = ["NewProcessId"],
            [ParentId] = ["ProcessId"],
            [Time] = ["TimeGenerated"],
            [CommandLine] = ["CommandLine"],
            [UserName] = ["SubjectUserName"],
            [UserId] = ["SubjectUserSid"],
            [LogonId] = ["SubjectLogonId"],
            [TargetLogonId] = ["TargetLogonId"],
            [Host] = ["Computer"],
            [ParentName] = ["ParentProcessName"],
            [EventId] = ["EventID"],
        },
        EventId = "4688",
        EndEventId = "4689",
        EndIdColumn = "ProcessId",
        LogonIsParents = true,
    };
}
