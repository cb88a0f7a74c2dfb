using System.Text;

namespace Quarry.Samples;

/// <summary>What runs on the machine without a line in the syslog: auditd itself, the monitoring, a release.</summary>
internal static class AuditBackground
{
    private static readonly AuditProcess Agent = AuditProcess.Resident(905, "/usr/lib/harbour-agent/agent", "--service");
    private static readonly AuditProcess Shop = AuditProcess.Resident(2211, "/usr/local/bin/shopd", "--config", "/srv/shop/shop.toml");

    private static readonly (string[] From, string[] To)[] Checks =
    [
        (["df", "-P", "/"], ["tail", "-n", "1"]), (["ss", "-s"], ["head", "-n", "2"]),
        (["ps", "-eo", "stat"], ["grep", "-c", "^Z"]), (["free", "-m"], ["awk", "NR==2{print $3}"]),
    ];

    private static readonly string[][] Probes =
    [
        ["curl", "-fsS", "-o", "/dev/null", "-w", "%{http_code}", "https://shop.example.com/health"],
        ["python3", "/usr/lib/harbour-agent/check.py", "--label", "Prüfung Platte", "--warn", "80"],
        ["openssl", "x509", "-checkend", "604800", "-noout", "-in", "/etc/ssl/certs/shop.pem"],
    ];

    /// <summary>auditd starts and loads its rules.</summary>
    /// <param name="trail">The machine's events.</param>
    /// <param name="time">When.</param>
    /// <param name="serial">auditd's own number: a later event of the kernel has it too, with another time.</param>
    public static void StartAuditd(AuditTrail trail, DateTime time, int serial)
    {
        const string Unset = "auid=4294967295 ses=4294967295 subj=unconfined";
        string body = "op=start ver=3.1.2 format=raw kernel=6.8.0-55-generic auid=4294967295 pid=588 uid=0 ses=4294967295 subj=unconfined  res=success";
        trail.Add(new AuditEvent(time, [new AuditRecord("DAEMON_START", body, ("auditd's own serial, which the kernel gives to an event of another time", body[..19]))]) { OwnSerial = serial });
        string[] changes =
        [
            $"op=set audit_backlog_limit=8192 old=64 {Unset} res=1", $"op=set audit_failure=1 old=1 {Unset} res=1",
            .. ((string[])["exec", "cron", "ssh-keys", "history", "logs"]).Select(key => $"{Unset} op=add_rule key=\"{key}\" list=4 res=1"),
        ];
        foreach (string change in changes)
        {
            time = time.AddMilliseconds(6);
            trail.Add(new AuditEvent(time, [new AuditRecord("CONFIG_CHANGE", change)]));
        }

        trail.Send(time.AddMilliseconds(9), "SERVICE_START", 1, AuditIdentity.System, "unit=auditd comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? res=success");
    }

    /// <summary>The monitoring agent's checks of a day, a quarter of an hour apart.</summary>
    public static void Monitor(AuditTrail trail, SampleRandom random, DateTime day)
    {
        for (int quarter = 0; quarter < 96; quarter++)
        {
            DateTime time = day.AddMinutes((15 * quarter) + 7).AddMilliseconds(random.Between(0, 20_000));
            if (quarter % 3 == 0)
            {
                string[] probe = random.Pick(Probes);
                trail.Start(Agent, time, "/usr/bin/" + probe[0], probe);
                continue;
            }

            (string[] from, string[] to) = random.Pick(Checks);
            string line = $"{string.Join(' ', from)} | {string.Join(' ', to)}";
            AuditProcess shell = trail.Start(Agent, time, "/bin/sh", ["sh", "-c", line]);
            time = time.AddMilliseconds(random.Between(2, 5));
            if (random.Chance(25))
            {
                trail.Pipe(shell, time, ("/usr/bin/" + from[0], from), ("/usr/bin/" + to[0], to));
            }
            else
            {
                trail.Start(shell, time, "/usr/bin/" + from[0], from);
                trail.Start(shell, time.AddMilliseconds(1), "/usr/bin/" + to[0], to);
            }
        }
    }

    /// <summary>The shop's nightly work, harmless and conspicuous, and what AppArmor forbids it.</summary>
    public static void RunShop(AuditTrail trail, SampleRandom random, DateTime day)
    {
        string state = Convert.ToBase64String(Encoding.ASCII.GetBytes(random.Hex(7200)));
        trail.Start(Shop, day.AddHours(4).AddMilliseconds(331), "/usr/local/bin/shopctl", ["shopctl", "--state=" + state, "--verify"], planted: ("a long argument that is harmless: the shop's state, in pieces and in quotes", "a1["));
        AuditProcess shell = trail.Start(Shop, day.AddHours(4).AddSeconds(3), "/bin/sh", ["sh", "-c", "base64 -d /srv/shop/license.b64 > /srv/shop/license.txt"], planted: ("base64 that is harmless: the shop's license", "626173653634202D64202F737276"));
        trail.Start(shell, day.AddHours(4).AddSeconds(3).AddMilliseconds(2), "/usr/bin/base64", ["base64", "-d", "/srv/shop/license.b64"]);
        foreach (double hour in (ReadOnlySpan<double>)[11.25, 15.5])
        {
            trail.Deny(Shop, day.AddHours(hour).AddMilliseconds(random.Between(0, 999)), "/usr/local/bin/shopd", "/etc/ssl/private/shop.key", ("AppArmor forbids the shop to read a key: a wrong profile", "apparmor=\"DENIED\""));
        }
    }

    /// <summary>The event that the file ends in.</summary>
    public static void RunLastProbe(AuditTrail trail, DateTime time) => trail.Start(Agent, time, "/usr/bin/curl", Probes[0]);
}
