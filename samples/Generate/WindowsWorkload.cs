namespace Quarry.Samples;

/// <summary>The ordinary days of the Windows hosts: boots, logons, work.</summary>
internal static class WindowsWorkload
{
    private const string Windows = @"C:\Windows\System32\";
    private static readonly string[] Days = ["2026-03-03", "2026-03-04", "2026-03-05"];

    private static readonly string[] Services =
    [
        "DcomLaunch -p", "RPCSS -p", "netsvcs -p -s Schedule", "LocalServiceNetworkRestricted -p -s EventLog",
        "netsvcs -p -s ProfSvc", "LocalService -p -s nsi", "NetworkService -p -s Dnscache",
        "netsvcs -p -s Winmgmt", "LocalServiceNetworkRestricted -p -s Dhcp", "NetworkService -p -s LanmanWorkstation",
        "netsvcs -p -s LanmanServer", "LocalSystemNetworkRestricted -p -s SysMain", "netsvcs -p -s Themes",
    ];

    /// <summary>
    /// A workstation that is switched on in the morning and off in the evening. Returns each day's long-lived
    /// processes by role, in order.
    /// </summary>
    public static Dictionary<string, ProcessNode>[] Workstation(WindowsHost host, SampleRandom random, Account user, bool engineer)
    {
        List<WindowsActivity> activities = [.. WindowsActivity.Everywhere, .. WindowsActivity.Desk];
        if (engineer)
        {
            activities.AddRange(WindowsActivity.Engineering);
        }

        var days = new List<Dictionary<string, ProcessNode>>();
        foreach (string day in Days)
        {
            DateTime boot = SampleText.Utc(day + " 07:30:00").AddSeconds(random.Between(0, 1500));
            DateTime off = SampleText.Utc(day + " 17:00:00").AddSeconds(random.Between(0, 3600));
            Account session = user with { LogonId = "0x" + random.Hex(5).Insert(0, "1") };
            Dictionary<string, ProcessNode> running = Boot(host, random, boot);
            DateTime logon = boot.AddSeconds(random.Between(60, 200));
            Logon(host, random, running, session, logon, engineer);
            days.Add(running);
            Work(host, random, activities, running, session, logon.AddSeconds(90), off, (10, 210));
            foreach (ProcessNode node in running.Values)
            {
                node.End = off;
            }
        }

        return [.. days];
    }

    /// <summary>A server that runs all the time. Returns its long-lived processes by role.</summary>
    public static Dictionary<string, ProcessNode> FileServer(WindowsHost host, SampleRandom random)
    {
        DateTime before = SampleText.Utc("2026-02-10 04:11:00");
        ProcessNode services = host.Resident(Windows + "services.exe", before);
        var running = new Dictionary<string, ProcessNode>
        {
            ["services"] = services,
            ["svchost"] = host.Resident(Windows + "svchost.exe", before.AddSeconds(2)),
            ["defender"] = host.Resident(@"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.25110.6-0\MsMpEng.exe", before.AddSeconds(4)),
            ["agent"] = host.Resident(@"C:\Program Files\Harbour Monitoring\agent.exe", before.AddSeconds(5)),
        };
        List<WindowsActivity> activities = [.. WindowsActivity.Everywhere, .. WindowsActivity.Server];
        DateTime begin = SampleText.Utc(Days[0] + " 00:00:00");
        Work(host, random, activities, running, host.System, begin, begin.AddDays(3), (60, 750));
        for (int day = 0; day < 3; day++)
        {
            Encoded.PlantInventory(host, running["agent"], begin.AddDays(day).AddSeconds(21600 + random.Between(0, 240)));
        }

        return running;
    }

    private static Dictionary<string, ProcessNode> Boot(WindowsHost host, SampleRandom random, DateTime time)
    {
        DateTime Soon(int least, int most) => time = time.AddMilliseconds(random.Between(least, most));

        ProcessNode kernel = host.Resident("System", time);
        ProcessNode session0 = host.Start(kernel, Soon(200, 900), Windows + "smss.exe", @"\SystemRoot\System32\smss.exe", host.System, 40000);
        host.Start(session0, Soon(900, 2000), Windows + "csrss.exe", @"%SystemRoot%\system32\csrss.exe ObjectDirectory=\Windows SharedSection=1024,20480,768 Windows=On SubSystemType=Windows ServerDll=basesrv,1 ProfileControl=Off MaxRequestThreads=16", host.System, 40000);
        ProcessNode wininit = host.Start(session0, Soon(100, 300), Windows + "wininit.exe", "wininit.exe", host.System, 40000);
        ProcessNode winlogon = host.Start(session0, Soon(50, 300), Windows + "winlogon.exe", "winlogon.exe", host.System, 40000);
        ProcessNode services = host.Start(wininit, Soon(50, 300), Windows + "services.exe", @"C:\Windows\system32\services.exe", host.System, 40000);
        host.Start(wininit, Soon(10, 90), Windows + "lsass.exe", @"C:\Windows\system32\lsass.exe", host.System, 40000);
        ProcessNode launcher = services;
        for (int i = 0; i < Services.Length; i++)
        {
            Account account = Services[i].StartsWith("NetworkService", StringComparison.Ordinal) ? host.NetworkService : host.System;
            ProcessNode service = host.Start(services, Soon(30, 400), Windows + "svchost.exe", @"C:\Windows\system32\svchost.exe -k " + Services[i], account, 40000);
            launcher = i == 2 ? service : launcher;
        }

        return new Dictionary<string, ProcessNode>
        {
            ["services"] = services,
            ["svchost"] = launcher,
            ["winlogon"] = winlogon,
            ["defender"] = host.Start(services, Soon(200, 2000), @"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.25110.6-0\MsMpEng.exe", "\"C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.25110.6-0\\MsMpEng.exe\"", host.System, 40000),
            ["agent"] = host.Start(services, Soon(200, 2000), @"C:\Program Files\Harbour Monitoring\agent.exe", "\"C:\\Program Files\\Harbour Monitoring\\agent.exe\" --service", host.System, 40000),
            ["search"] = host.Start(services, Soon(200, 2000), Windows + "SearchIndexer.exe", @"C:\Windows\system32\SearchIndexer.exe /Embedding", host.System, 40000),
        };
    }

    private static void Logon(
        WindowsHost host, SampleRandom random, Dictionary<string, ProcessNode> running, Account user, DateTime time, bool engineer)
    {
        DateTime Soon(int least, int most) => time = time.AddMilliseconds(random.Between(least, most));

        host.Start(running["winlogon"], Soon(0, 50), Windows + "LogonUI.exe", "\"LogonUI.exe\" /flags:0x2 /state0:0xa3b4c055 /state1:0x41c64e6d", host.System, 20);
        ProcessNode userinit = host.Start(running["winlogon"], Soon(4000, 9000), Windows + "userinit.exe", @"C:\Windows\system32\userinit.exe", user, 30);
        ProcessNode explorer = host.Start(userinit, Soon(200, 900), @"C:\Windows\explorer.exe", @"C:\Windows\Explorer.EXE", user, 40000);
        running["explorer"] = explorer;
        host.Start(explorer, Soon(2000, 6000), Windows + "SecurityHealthSystray.exe", "\"C:\\Windows\\System32\\SecurityHealthSystray.exe\"", user, 40000);
        host.Start(explorer, Soon(500, 2000), @"C:\Program Files\Microsoft OneDrive\OneDrive.exe", "\"C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe\" /background", user, 40000);
        running["outlook"] = host.Start(explorer, Soon(9000, 40000), @"C:\Program Files\Microsoft Office\root\Office16\OUTLOOK.EXE", "\"C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE\"", user, 40000);
        running["edge"] = host.Start(explorer, Soon(4000, 20000), @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe", "\"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe\" --profile-directory=Default", user, 40000);
        if (engineer)
        {
            running["shell"] = host.StartConsole(explorer, Soon(4000, 9000), Windows + "WindowsPowerShell\\v1.0\\powershell.exe", "\"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe\"", user, 40000);
        }
    }

    private static void Work(
        WindowsHost host,
        SampleRandom random,
        List<WindowsActivity> activities,
        Dictionary<string, ProcessNode> running,
        Account user,
        DateTime from,
        DateTime until,
        (int Least, int Most) gap)
    {
        int total = activities.Sum(activity => activity.Weight);
        for (DateTime time = from; time < until; time = time.AddMilliseconds(random.Between(gap.Least * 1000, gap.Most * 1000)))
        {
            int ticket = random.Between(1, total);
            WindowsActivity activity = activities.First(a => (ticket -= a.Weight) <= 0);
            ProcessNode parent = running[activity.Parent];
            Account account = activity.Parent is "explorer" or "edge" or "outlook" or "shell" ? user : parent.Account;
            int seconds = Math.Max(1, activity.Seconds * random.Between(60, 160) / 100);
            if (activity.Console)
            {
                host.StartConsole(parent, time, activity.Image, activity.Fill(random, user.Name), account, seconds);
            }
            else
            {
                host.Start(parent, time, activity.Image, activity.Fill(random, user.Name), account, seconds);
            }
        }
    }
}
