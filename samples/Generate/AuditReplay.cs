using System.Globalization;
using System.Text.RegularExpressions;

namespace Quarry.Samples;

/// <summary>
/// What the syslog of the same machine tells of, as the audit log has it: the same times, users, addresses and process
/// ids, whoever reads both.
/// </summary>
internal sealed partial class AuditReplay(AuditTrail trail, SampleRandom random, string address)
{
    private static readonly AuditProcess Systemd = AuditProcess.Resident(1, "/usr/lib/systemd/systemd", "--system");
    private static readonly AuditProcess Cron = AuditProcess.Resident(640, "/usr/sbin/cron", "-f");
    private static readonly AuditProcess SshServer = AuditProcess.Resident(812, "/usr/sbin/sshd", "-D");

    private static readonly string[][] Errands =
    [
        ["ls", "-la", "/srv/shop"], ["git", "-C", "/srv/shop", "status", "--short"], ["df", "-h"], ["less", "/var/log/syslog"],
        ["curl", "-fsSL", "https://pkg.example.com/keys/harbour.asc", "-o", "/tmp/harbour.asc"],
        ["grep", "-c", "HTTP/1.1\" 500", "/var/log/nginx/access.log"], ["uptime"],
    ];

    private int _cronSessions = 2000;
    private AuditProcess _shell = Systemd;
    private string _peer = "";

    /// <summary>Plans the events for the machine's lines, which are in the order they were planned in.</summary>
    public void Plan(IReadOnlyList<SyslogEvent> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            SyslogEvent line = lines[i];
            string tag = line.Process;
            if (tag == "CRON" && line.Message.Contains("session opened", StringComparison.Ordinal))
            {
                CronJob(line, lines[i + 1], lines[i + 2]);
            }
            else if (tag == "systemd" && line.Message.StartsWith("Starting ", StringComparison.Ordinal))
            {
                Timer(line, lines[i + 2]);
            }
            else if (tag == "sshd")
            {
                Ssh(line, lines, i);
            }
            else if (tag == "sudo" && line.ProcessId is null)
            {
                Sudo(line, lines[i + 1], lines[i + 2]);
            }
        }
    }

    private void Ssh(SyslogEvent line, IReadOnlyList<SyslogEvent> lines, int at)
    {
        int id = line.ProcessId!.Value;
        Match attempt = Attempt().Match(line.Message);
        if (attempt.Success && attempt.Groups["how"].Value == "Failed")
        {
            Refuse(line, id, attempt);
        }
        else if (attempt.Success)
        {
            bool intruder = line.Planted is not null;
            int session = intruder ? id % 900 : int.Parse(lines[at + 2].Message.Split(' ')[2], CultureInfo.InvariantCulture);
            Welcome(line, id, attempt, session);
            if (intruder)
            {
                AuditIntrusion.LookAround(trail, _shell);
            }
            else
            {
                RunErrands(line.Time);
            }
        }
        else if (line.Message.Contains("session closed", StringComparison.Ordinal))
        {
            AuditIdentity login = _shell.Identity with { UserId = 0 };
            string user = line.Message.Split(' ')[^1];
            trail.Send(line.Time, "USER_END", id, login, Pam("session_close", "pam_loginuid,pam_systemd,pam_unix", user, "/usr/sbin/sshd", _peer, "ssh"));
            trail.Send(line.Time.AddMilliseconds(1), "CRED_DISP", id, login, Pam("setcred", "pam_permit", user, "/usr/sbin/sshd", _peer, "ssh"));
        }
    }

    private void Refuse(SyslogEvent line, int id, Match attempt)
    {
        bool known = !attempt.Groups["invalid"].Success;
        string user = attempt.Groups["user"].Value;
        string peer = attempt.Groups["peer"].Value;
        (string, string) planted = ("brute force: 180 failed logins", $"addr={peer} terminal=ssh");
        string asked = known ? AuditText.Untrusted(user) : "\"?\"";
        string told = AuditText.Untrusted(known ? user : "(invalid user)");
        trail.Send(line.Time.AddMilliseconds(-3), "USER_AUTH", id, AuditIdentity.System, $"op=PAM:authentication grantors=? acct={asked} exe=\"/usr/sbin/sshd\" hostname={peer} addr={peer} terminal=ssh res=failed");
        trail.Send(line.Time, "USER_LOGIN", id, AuditIdentity.System, $"op=login acct={told} exe=\"/usr/sbin/sshd\" hostname=? addr={peer} terminal=ssh res=failed", planted);
    }

    private void Welcome(SyslogEvent line, int id, Match attempt, int session)
    {
        string user = attempt.Groups["user"].Value;
        string peer = attempt.Groups["peer"].Value;
        string port = attempt.Groups["port"].Value;
        bool password = attempt.Groups["method"].Value == "password";
        bool planted = line.Planted is not null;
        int account = LinuxAccounts.Id(user);
        AuditIdentity none = AuditIdentity.System;
        var login = new AuditIdentity(account, session, 0, 0, "(none)");
        DateTime time = line.Time;
        const string Sshd = "/usr/sbin/sshd";

        AuditProcess server = trail.Start(SshServer, time.AddMilliseconds(-1900), Sshd, [Sshd, "-D", "-R"], id: id);
        foreach (string direction in (ReadOnlySpan<string>)["from-server", "from-client"])
        {
            trail.Send(time.AddMilliseconds(-1800), "CRYPTO_SESSION", id, none, $"op=start direction={direction} cipher=chacha20-poly1305@openssh.com ksize=512 mac=<implicit> pfs=curve25519-sha256 spid={id + 1} suid=104 rport={port} laddr={address} lport=22  exe=\"{Sshd}\" hostname=? addr={peer} terminal=? res=success");
        }

        string authentication = password
            ? Pam("authentication", "pam_permit,pam_unix", user, Sshd, peer, "ssh")
            : $"op=pubkey acct=\"{user}\" exe=\"{Sshd}\" hostname=? addr={peer} terminal=ssh res=success";
        trail.Send(time.AddMilliseconds(-2), "USER_AUTH", id, none, authentication, planted ? ("the guess that worked", $"acct=\"{user}\" exe=\"{Sshd}\" hostname={peer}") : null);
        trail.Send(time.AddMilliseconds(-1), "USER_ACCT", id, none, Pam("accounting", "pam_permit,pam_unix", user, Sshd, peer, "ssh"));
        trail.Send(time, "CRYPTO_KEY_USER", id, none, $"op=destroy kind=session fp=? direction=both spid={id + 1} suid=104 rport={port} laddr={address} lport=22  exe=\"{Sshd}\" hostname=? addr={peer} terminal=? res=success");
        trail.Send(time.AddMilliseconds(5), "CRED_ACQ", id, none, Pam("setcred", "pam_permit", user, Sshd, peer, "ssh"));
        trail.Login(server with { Arguments = [$"sshd: {user} [priv]"] }, time.AddMilliseconds(6), login);
        trail.Send(time.AddMilliseconds(30), "USER_START", id, login, Pam("session_open", "pam_loginuid,pam_systemd,pam_unix", user, Sshd, peer, "ssh"));
        trail.Send(time.AddMilliseconds(44), "USER_LOGIN", id, login, $"op=login id={account} exe=\"{Sshd}\" hostname={peer} addr={peer} terminal=/dev/pts/0 res=success", planted ? ("the login, whose session is never closed", $"op=login id={account}") : null);

        AuditProcess home = server with { Directory = "/home/" + user };
        var identity = new AuditIdentity(account, session, account, account, "pts0");
        _shell = trail.Start(home, time.AddMilliseconds(61), "/bin/bash", ["-bash"], identity, planted: planted ? ("the intruder's shell", "a0=\"-bash\"") : null);
        _peer = peer;
        trail.Start(_shell, time.AddMilliseconds(90), "/usr/bin/dircolors", ["dircolors", "-b"]);
    }

    private void RunErrands(DateTime login)
    {
        DateTime time = login.AddSeconds(2);
        for (int left = random.Between(0, 2); left > 0; left--)
        {
            time = time.AddMilliseconds(random.Between(900, 8000));
            string[] errand = random.Pick(Errands);
            trail.Start(_shell, time, "/usr/bin/" + errand[0], errand);
        }
    }

    private void Sudo(SyslogEvent line, SyslogEvent opened, SyslogEvent closed)
    {
        int id = opened.ProcessId!.Value;
        string command = line.Message[(line.Message.IndexOf("COMMAND=", StringComparison.Ordinal) + 8)..];
        string path = command.Split(' ')[0];
        string typed = path[(path.LastIndexOf('/') + 1)..];
        string[] words = command.StartsWith("/bin/sh -c ", StringComparison.Ordinal)
            ? ["sh", "-c", command["/bin/sh -c ".Length..]]
            : [typed, .. command.Split(' ')[1..]];
        AuditIdentity user = _shell.Identity;
        AuditIdentity root = user.AsRoot();
        string name = line.Message.TrimStart().Split(' ')[0];
        string asked = "cmd=" + AuditText.Untrusted(string.Join(' ', words));
        DateTime time = line.Time;

        AuditProcess sudo = trail.Start(_shell, time.AddMilliseconds(-6), "/usr/bin/sudo", ["sudo", .. words], user with { EffectiveId = 0 }, id);
        trail.Send(time.AddMilliseconds(-1), "USER_ACCT", id, user, SudoPam("accounting", "pam_permit", name));
        trail.Send(time, "USER_CMD", id, user, $"cwd={AuditText.Untrusted(_shell.Directory)} {asked} exe=\"/usr/bin/sudo\" terminal=pts/0 res=success", Asked(line, asked));
        trail.Send(time.AddMilliseconds(1), "CRED_REFR", id, root, SudoPam("setcred", "pam_permit", "root"));
        trail.Send(opened.Time, "USER_START", id, root, SudoPam("session_open", "pam_limits,pam_unix", "root"));
        AuditProcess run = trail.Start(sudo, time.AddMilliseconds(3), path, words, root);
        if (line.Planted is not null)
        {
            AuditIntrusion.Follow(trail, run, time.AddMilliseconds(3));
        }

        trail.Send(closed.Time, "USER_END", id, root, SudoPam("session_close", "pam_limits,pam_unix", "root"));
        trail.Send(closed.Time, "CRED_DISP", id, root, SudoPam("setcred", "pam_permit", "root"));
    }

    // The twelve of the burst share their evidence; of each of the others it is the beginning of its command.
    private static (string What, string Evidence)? Asked(SyslogEvent line, string asked) => line.Planted is not { } planted
        ? null
        : planted.What.StartsWith("a burst", StringComparison.Ordinal)
            ? (planted.What, "uid=1005 auid=1005")
            : ("sudo is asked for: " + planted.What, asked[..Math.Min(asked.Length, 40)]);

    private void CronJob(SyslogEvent opened, SyslogEvent command, SyslogEvent closed)
    {
        int id = opened.ProcessId!.Value;
        AuditIdentity none = AuditIdentity.System;
        var login = new AuditIdentity(0, _cronSessions++, 0, 0, "(none)");
        string line = command.Message[(command.Message.IndexOf('(', 1) + 1)..^1];
        var job = new AuditProcess(id, Cron, none, "/root", "/usr/sbin/cron", ["/usr/sbin/CRON", "-f"]);
        DateTime time = opened.Time;
        trail.Send(time.AddMilliseconds(-2), "USER_ACCT", id, none, CronPam("accounting", "pam_permit"));
        trail.Send(time.AddMilliseconds(-2), "CRED_ACQ", id, none, CronPam("setcred", "pam_permit"));
        trail.Login(job, time.AddMilliseconds(-1), login);
        trail.Send(time, "USER_START", id, login, CronPam("session_open", "pam_loginuid,pam_env,pam_unix"));
        AuditProcess shell = trail.Start(job, command.Time, "/bin/sh", ["/bin/sh", "-c", line], login, command.ProcessId);
        trail.Start(shell with { Directory = "/" }, command.Time.AddMilliseconds(9), "/usr/bin/run-parts", ["run-parts", "--report", "/etc/cron.hourly"]);
        trail.Send(closed.Time, "CRED_DISP", id, login, CronPam("setcred", "pam_permit"));
        trail.Send(closed.Time, "USER_END", id, login, CronPam("session_close", "pam_loginuid,pam_env,pam_unix"));
    }

    private void Timer(SyslogEvent starting, SyslogEvent finished)
    {
        string unit = starting.Message.Split(' ')[1];
        unit = unit[..unit.IndexOf(".service", StringComparison.Ordinal)];
        string[] program = unit switch
        {
            "logrotate" => ["/usr/sbin/logrotate", "/etc/logrotate.conf"],
            "apt-daily" => ["/usr/lib/apt/apt.systemd.daily", "update"],
            _ => ["/usr/lib/sysstat/sa1", "1", "1"],
        };
        trail.Start(Systemd, starting.Time.AddMilliseconds(14), program[0], program);
        foreach (string type in (ReadOnlySpan<string>)["SERVICE_START", "SERVICE_STOP"])
        {
            trail.Send(finished.Time, type, 1, AuditIdentity.System, $"unit={unit} comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? res=success");
        }
    }

    private static string CronPam(string what, string modules) => Pam(what, modules, "root", "/usr/sbin/cron", "?", "cron");

    private static string SudoPam(string what, string modules, string user) => Pam(what, modules, user, "/usr/bin/sudo", "?", "/dev/pts/0");

    private static string Pam(string what, string modules, string user, string program, string peer, string terminal) =>
        $"op=PAM:{what} grantors={modules} acct=\"{user}\" exe=\"{program}\" hostname={peer} addr={peer} terminal={terminal} res=success";

    [GeneratedRegex(@"^(?<how>Failed|Accepted) (?<method>\w+) for (?<invalid>invalid user )?(?<user>\S+) from (?<peer>\S+) port (?<port>\d+)")]
    private static partial Regex Attempt();
}
