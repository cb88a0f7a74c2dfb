using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>Two days of syslog of a web and a database server, as raw lines and as Sentinel's Syslog table.</summary>
/// <param name="Log">The raw lines, RFC 3164 and some RFC 5424.</param>
/// <param name="Table">The same events as a table; the line that is cut short has no row.</param>
/// <param name="Planned">The events in the order they were planned in: what belongs together stands together.</param>
internal sealed record SyslogEvents(SampleFile Log, SampleFile Table, IReadOnlyList<SyslogEvent> Planned)
{
    private const string TenantId = "7d0c5a3e-0000-4000-8000-5a11e5a11e50";
    private const int Daemon = 3;
    private const int Cron = 9;
    private const int AuthPriv = 10;

    private static readonly string[] Begin = ["2026-03-03", "2026-03-04"];

    public static SyslogEvents Generate()
    {
        var random = new SampleRandom(0x7379736C6F670001);
        var web = new SyslogHost("web-01", "10.20.0.11");
        var database = new SyslogHost("db-01", "10.20.0.12");
        var events = new List<SyslogEvent>();
        foreach (string day in Begin)
        {
            DateTime begin = SampleText.Utc(day + " 00:00:00");
            foreach (SyslogHost host in (ReadOnlySpan<SyslogHost>)[web, database])
            {
                Timers(events, random, host, begin);
                Operators(events, random, host, begin);
            }

            WebRequests(events, random, web, begin);
        }

        LinuxIntrusion.Plan(events, random, web);
        return Write([.. events.OrderBy(e => e.Time)], events);
    }

    private static SyslogEvents Write(SyslogEvent[] events, IReadOnlyList<SyslogEvent> planned)
    {
        var log = new StringBuilder();
        var csv = new StringBuilder();
        csv.AppendCsv(
            "TenantId", "SourceSystem", "TimeGenerated", "Computer", "EventTime", "Facility", "HostName", "SeverityLevel",
            "SyslogMessage", "ProcessID", "HostIP", "ProcessName", "CollectorHostName", "MG", "Type");
        var inLog = new List<PlantedRow>();
        var inTable = new List<PlantedRow>();
        int row = 0;
        for (int line = 0; line < events.Length; line++)
        {
            SyslogEvent e = events[line];
            log.Append(e.ToLine()).Append('\n');
            if (e.Planted is { } found)
            {
                inLog.Add(new PlantedRow(line, e.Time, found.What, found.Evidence));
            }

            if (e.CutAt is not null)
            {
                continue;
            }

            e.AppendRow(csv, TenantId);
            if (e.Planted is { } shown && e.StructuredData is null)
            {
                inTable.Add(new PlantedRow(row, e.Time, shown.What, shown.Evidence));
            }

            row++;
        }

        return new SyslogEvents(
            new SampleFile("syslog.log", log.Utf8(), inLog),
            new SampleFile("syslog.csv", csv.Utf8(), inTable),
            planned);
    }

    private static void Timers(List<SyslogEvent> events, SampleRandom random, SyslogHost host, DateTime day)
    {
        for (int quarter = 0; quarter < 96; quarter++)
        {
            DateTime time = day.AddMinutes(15 * quarter).AddMilliseconds(1000 + random.Between(0, 900));
            int id = random.Between(4000, 60000);
            if (quarter % 4 == 1)
            {
                events.Add(new(time, host, AuthPriv, 6, "CRON", id, "pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)"));
                events.Add(new(time.AddMilliseconds(4), host, Cron, 6, "CRON", id + 1, "(root) CMD (   cd / && run-parts --report /etc/cron.hourly)"));
                events.Add(new(time.AddMilliseconds(90), host, AuthPriv, 6, "CRON", id, "pam_unix(cron:session): session closed for user root"));
            }

            if (quarter % 6 == 2)
            {
                string unit = random.Pick<string>(["sysstat-collect.service - system activity accounting tool", "logrotate.service - Rotate log files", "apt-daily.service - Daily apt download activities"]);
                events.Add(new(time.AddSeconds(30), host, Daemon, 6, "systemd", 1, $"Starting {unit}..."));
                events.Add(new(time.AddSeconds(31), host, Daemon, 6, "systemd", 1, $"{unit.Split(' ')[0]}: Deactivated successfully."));
                events.Add(new(time.AddSeconds(31).AddMilliseconds(2), host, Daemon, 6, "systemd", 1, $"Finished {unit}."));
            }

            if (random.Chance(12))
            {
                events.Add(new(time.AddSeconds(random.Between(60, 600)), host, 0, 4, "kernel", null, $"[{random.Between(100000, 999999)}.{random.Between(100000, 999999)}] [UFW BLOCK] IN=eth0 OUT= MAC=52:54:00:12:34:56:52:54:00:ab:cd:ef:08:00 SRC=198.51.100.{random.Between(1, 60)} DST={host.Address} LEN=40 TTL=244 PROTO=TCP SPT={random.Between(1024, 65000)} DPT=23 SYN"));
            }
        }
    }

    private static void Operators(List<SyslogEvent> events, SampleRandom random, SyslogHost host, DateTime day)
    {
        string[] users = ["ops", "j.ortega", "t.okafor"];
        string[] commands =
        [
            "/usr/bin/systemctl status nginx", "/usr/bin/journalctl -u nginx -n 50", "/usr/bin/apt-get update",
            "/usr/bin/tail -n 100 /var/log/nginx/error.log", "/usr/sbin/ufw status", "/usr/bin/systemctl reload nginx",
        ];
        for (int visit = 0; visit < 9; visit++)
        {
            string user = random.Pick(users);
            int id = random.Between(4000, 60000);
            DateTime time = day.AddHours(7).AddSeconds(random.Between(0, 36000));
            string source = "10.20.1." + random.Between(20, 60).ToString(CultureInfo.InvariantCulture);
            events.Add(new(time, host, AuthPriv, 6, "sshd", id, $"Accepted publickey for {user} from {source} port {random.Between(40000, 65000)} ssh2: ED25519 SHA256:{random.Hex(43)}"));
            events.Add(new(time.AddMilliseconds(40), host, AuthPriv, 6, "sshd", id, $"pam_unix(sshd:session): session opened for user {user}(uid={LinuxAccounts.Id(user)}) by (uid=0)"));
            events.Add(new(time.AddMilliseconds(60), host, 4, 6, "systemd-logind", 611, $"New session {id % 900} of user {user}."));
            int actions = random.Between(0, 3);
            for (int action = 0; action < actions; action++)
            {
                time = time.AddSeconds(random.Between(15, 200));
                AddSudo(events, random, host, time, user, random.Pick(commands));
            }

            time = time.AddSeconds(random.Between(30, 3000));
            events.Add(new(time, host, AuthPriv, 6, "sshd", id, $"Disconnected from user {user} {source} port 50022"));
            events.Add(new(time.AddMilliseconds(3), host, AuthPriv, 6, "sshd", id, $"pam_unix(sshd:session): session closed for user {user}"));
        }
    }

    /// <summary>Adds the three lines of a sudo command, which takes a moment where no duration is named.</summary>
    internal static void AddSudo(
        List<SyslogEvent> events,
        SampleRandom random,
        SyslogHost host,
        DateTime time,
        string user,
        string command,
        (string What, string Evidence)? planted = null,
        TimeSpan? duration = null)
    {
        int id = random.Between(4000, 60000);
        events.Add(new(time, host, AuthPriv, 5, "sudo", null, $"{user,8} : TTY=pts/0 ; PWD=/home/{user} ; USER=root ; COMMAND={command}") { Planted = planted });
        events.Add(new(time.AddMilliseconds(2), host, AuthPriv, 6, "sudo", id, $"pam_unix(sudo:session): session opened for user root(uid=0) by {user}(uid={LinuxAccounts.Id(user)})"));
        TimeSpan moment = TimeSpan.FromMilliseconds(random.Between(8, 200));
        events.Add(new(time + (duration ?? moment), host, AuthPriv, 6, "sudo", id, "pam_unix(sudo:session): session closed for user root"));
    }

    private static void WebRequests(List<SyslogEvent> events, SampleRandom random, SyslogHost host, DateTime day)
    {
        for (int i = 0; i < 40; i++)
        {
            DateTime time = day.AddMilliseconds(random.Between(0, 86_399_000));
            string path = random.Pick<string>(["/", "/boats/42", "/search?q=%22teak+deck%22", "/assets/app.js", "/login"]);
            events.Add(new(time, host, 1, 6, "shopd", 2211, $"GET {path} 200 {random.Between(2, 400)}ms")
            {
                StructuredData = $"[request@32473 id=\"{random.Hex(12)}\" peer=\"192.0.2.{random.Between(60, 250)}\" note=\"say \\\"ahoy\\\" [twice\\]\"]",
            });
        }
    }
}
