namespace Quarry.Logs.Commands;

/// <summary>The rules that are built in.</summary>
public static class RiskyRules
{
    /// <summary>The five of MSTICPy first, then ours.</summary>
    public static IReadOnlyList<RiskyRule> BuiltIn { get; } =
    [
        new("ssh-authorized-keys", "authorized_keys", "T1098.004"),
        new("download-to-shell", @"\b(?:wget|curl)\b.*sh\b", "T1059.004"),
        new("fork-bomb", @":\s*\(\)\s*\{\s*:\s*\|\s*:\s*&\s*\}\s*;\s*:", "T1499"),
        new("move-to-null", @"\bmv\b.*\s/dev/null", "T1485"),
        new("shell", "/bin/bash", "T1059.004"),
        new("interactive-root", @"(?:^|[\s/])(?:su|sudo)\s+(?:-i|-s|-|--login|--shell)(?:\s|$)", "T1548.003"),
        new("password-hashes", @"/etc/(?:g?shadow|security/opasswd)\b", "T1003.008"),
        new("sudoers", @"/etc/sudoers\b", "T1548.003"),
        new("network-redirection", @"/dev/(?:tcp|udp)/", "T1059.004"),
        new("netcat", @"(?:^|[\s/;|&])(?:nc|ncat|netcat|socat)\s.*(?:-\w*[elc]\b|-[elc]\w*|exec:|tcp-listen)", "T1095"),
        new("base64-decode", @"\bbase64\b.*\s(?:-d|-D|--decode)\b", "T1140"),
        new("history-cleared", @"\bhistory\s+-[cw]|\bHISTFILE\b|\b(?:rm|shred|unlink|truncate|ln)\b.*_history\b", "T1070.003"),
        new("logs-deleted", @"\b(?:rm|shred|truncate|unlink)\b.*\s/var/log\b|>\s*/var/log/|\bjournalctl\b.*--vacuum", "T1070.002"),
        new("setuid", @"\bchmod\b.*\s(?:[ugoa]*\+[rwx]*s|0?[2-7][0-7]{3}\b)", "T1548.001"),
        new("setuid-search", @"\bfind\b.*-perm\s+[-/]?(?:[0-7]?[2-7][0-7]{3}|[ug][+=]s)", "T1083"),
        new("world-writable", @"\bchmod\b.*\s0?777\b", "T1222.002"),
        new("account-created", @"\b(?:useradd|adduser)\b", "T1136.001"),
        new("group-of-administrators", @"\b(?:usermod|gpasswd|adduser|addgroup)\b.*\b(?:sudo|wheel|root|admin|docker)\b", "T1098.007"),
        new("cron", @"\bcrontab\b\s+(?:-\s*$|-e|-r|[^-\s])|(?:>|\b(?:tee|cp|mv|ln|vim?|nano|sed)\b).*\s?(?:/etc/cron|/var/spool/cron)", "T1053.003"),
        new("preload", @"\bLD_PRELOAD=|/etc/ld\.so\.preload", "T1574.006"),
        new("kernel-module", @"\b(?:insmod|modprobe)\s", "T1547.006"),
        new("defences-off", @"\bsetenforce\s+0|\biptables\s+(?:-F|--flush)|\bufw\s+disable|\bauditctl\s+(?:-D|-e\s*0)|\b(?:systemctl|service)\b.*\b(?:stop|disable|mask)\b.*\b(?:auditd|rsyslog|syslog|firewalld|apparmor|falcon-sensor|mdatp|osqueryd?)\b|\bservice\s+(?:auditd|rsyslog)\s+stop", "T1562"),
        new("interpreter-shell", @"\b(?:python[\d.]*|perl|ruby|php|lua|awk)\b.*(?:pty|socket|subprocess|fsockopen|os\.system|exec\s*\(|exec ""|/bin/(?:ba)?sh)", "T1059"),
        new("wipe", @"\brm\s+(?:-\S+\s+)*(?:/|/\*)(?:\s|$)|\bdd\b.*\bof=/dev/(?:sd|hd|vd|xvd|nvme)|\bmkfs(?:\.\w+)?\s", "T1485"),
        new("mining", @"\bxmrig\b|\bstratum\+(?:tcp|ssl)://", "T1496"),
        new("immutable", @"\bchattr\s+.*[+-]\w*i", "T1222.002"),
        new("hidden-temporary-file", @"/(?:tmp|var/tmp|dev/shm)/(?:\S*/)?\.\w", "T1564.001"),
        new("tunnel", @"\bssh\b.*\s-\w*[RD]\s?\S", "T1572"),
    ];
}
