namespace Quarry.Logs.Auditd;

/// <summary>Names, numbers and parts of the types of audit records.</summary>
/// <remarks>Source: linux/audit.h; the number stands in place of the name where the kernel logs without auditd.</remarks>
internal static class AuditTypes
{
    private static readonly (int Number, byte[] Name)[] Names = Utf8(
        (1006, "LOGIN"), (1100, "USER_AUTH"), (1101, "USER_ACCT"), (1102, "USER_MGMT"), (1103, "CRED_ACQ"), (1104, "CRED_DISP"), (1105, "USER_START"),
        (1106, "USER_END"), (1107, "USER_AVC"), (1108, "USER_CHAUTHTOK"), (1109, "USER_ERR"), (1110, "CRED_REFR"), (1111, "USYS_CONFIG"),
        (1112, "USER_LOGIN"), (1113, "USER_LOGOUT"), (1114, "ADD_USER"), (1115, "DEL_USER"), (1116, "ADD_GROUP"), (1117, "DEL_GROUP"),
        (1123, "USER_CMD"), (1124, "USER_TTY"), (1127, "SYSTEM_BOOT"), (1128, "SYSTEM_SHUTDOWN"), (1130, "SERVICE_START"), (1131, "SERVICE_STOP"),
        (1200, "DAEMON_START"), (1201, "DAEMON_END"), (1202, "DAEMON_ABORT"), (1203, "DAEMON_CONFIG"),
        (1300, "SYSCALL"), (1302, "PATH"), (1303, "IPC"), (1304, "SOCKETCALL"), (1305, "CONFIG_CHANGE"), (1306, "SOCKADDR"), (1307, "CWD"), (1309, "EXECVE"),
        (1318, "OBJ_PID"), (1319, "TTY"), (1320, "EOE"), (1321, "BPRM_FCAPS"), (1322, "CAPSET"), (1323, "MMAP"), (1324, "NETFILTER_PKT"), (1325, "NETFILTER_CFG"),
        (1326, "SECCOMP"), (1327, "PROCTITLE"), (1329, "REPLACE"), (1330, "KERN_MODULE"), (1331, "FANOTIFY"), (1334, "BPF"), (1335, "EVENT_LISTENER"),
        (1336, "URINGOP"), (1337, "OPENAT2"),
        (1400, "AVC"), (1401, "SELINUX_ERR"), (1403, "MAC_POLICY_LOAD"), (1404, "MAC_STATUS"), (1700, "ANOM_PROMISCUOUS"), (1701, "ANOM_ABEND"), (1702, "ANOM_LINK"));

    /// <summary>The name of a type that is written as a number; the text itself where it is none that is known.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> type)
    {
        if (type.Length != 4 || type[0] is < (byte)'0' or > (byte)'9')
        {
            return type;
        }

        foreach ((int number, byte[] name) in Names)
        {
            if (System.Buffers.Text.Utf8Parser.TryParse(type, out int value, out int taken) && taken == 4 && value == number)
            {
                return name;
            }
        }

        return type;
    }

    /// <summary>What part a type has in an event.</summary>
    public static AuditType Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("CWD"u8) => AuditType.Cwd,
        3 when name.SequenceEqual("EOE"u8) => AuditType.Eoe,
        3 when name.SequenceEqual("IPC"u8) => AuditType.Auxiliary,
        4 when name.SequenceEqual("PATH"u8) => AuditType.Path,
        4 when name.SequenceEqual("MMAP"u8) => AuditType.Auxiliary,
        6 when name.SequenceEqual("EXECVE"u8) => AuditType.Execve,
        6 when name.SequenceEqual("CAPSET"u8) => AuditType.Auxiliary,
        7 when name.SequenceEqual("SYSCALL"u8) => AuditType.Syscall,
        7 when name.SequenceEqual("OBJ_PID"u8) || name.SequenceEqual("FD_PAIR"u8) || name.SequenceEqual("OPENAT2"u8) => AuditType.Auxiliary,
        8 when name.SequenceEqual("SOCKADDR"u8) => AuditType.Auxiliary,
        9 when name.SequenceEqual("PROCTITLE"u8) => AuditType.Proctitle,
        10 when name.SequenceEqual("SOCKETCALL"u8) || name.SequenceEqual("BPRM_FCAPS"u8) => AuditType.Auxiliary,
        _ => AuditType.Main,
    };

    private static (int Number, byte[] Name)[] Utf8(params (int Number, string Name)[] names) =>
        [.. names.Select(n => (n.Number, System.Text.Encoding.ASCII.GetBytes(n.Name)))];
}
