using System.Globalization;

namespace Quarry.Samples;

/// <summary>A kind of process that a host starts in ordinary work.</summary>
/// <param name="Weight">How often it comes, relative to the others.</param>
/// <param name="Parent">Which long-lived process starts it.</param>
/// <param name="Image">Path of the image.</param>
/// <param name="CommandLine">Its command line; {guid}, {hexN} and {n} are filled in.</param>
/// <param name="Seconds">About how long it runs.</param>
/// <param name="Console">True where a conhost comes with it.</param>
internal sealed record WindowsActivity(
    int Weight,
    string Parent,
    string Image,
    string CommandLine,
    int Seconds,
    bool Console = false)
{
    private const string Windows = @"C:\Windows\System32\";
    private const string Edge = @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe";
    private const string Office = @"C:\Program Files\Microsoft Office\root\Office16\";
    private const string Framework = @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\";
    private const string PowerShell = @"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe";

    /// <summary>What every Windows machine does.</summary>
    public static IReadOnlyList<WindowsActivity> Everywhere { get; } =
    [
        new(10, "svchost", Windows + "taskhostw.exe", "taskhostw.exe", 40),
        new(4, "svchost", Windows + "taskhostw.exe", "taskhostw.exe Install $(Arg0)", 60),
        new(8, "svchost", Windows + "wbem\\WmiPrvSE.exe", @"C:\Windows\system32\wbem\wmiprvse.exe -Embedding", 300),
        new(6, "svchost", Windows + "wbem\\WmiPrvSE.exe", @"C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding", 300),
        new(9, "services", Windows + "svchost.exe", @"C:\Windows\System32\svchost.exe -k netsvcs -p -s wuauserv", 900),
        new(6, "services", Windows + "svchost.exe", @"C:\Windows\system32\svchost.exe -k wsappx -p -s AppXSvc", 300),
        new(5, "services", Windows + "svchost.exe", @"C:\Windows\System32\svchost.exe -k LocalService -p -s BthAvctpSvc", 300),
        new(5, "services", Windows + "sppsvc.exe", @"C:\Windows\system32\sppsvc.exe", 120),
        new(3, "services", @"C:\Windows\servicing\TrustedInstaller.exe", @"C:\Windows\servicing\TrustedInstaller.exe", 600),
        new(4, "svchost", Windows + "backgroundTaskHost.exe", "\"C:\\Windows\\system32\\backgroundTaskHost.exe\" -ServerName:App.AppX{hex24}.mca", 20),
        new(7, "svchost", Windows + "dllhost.exe", "C:\\Windows\\system32\\DllHost.exe /Processid:{{guid}}", 15),
        new(3, "svchost", Windows + "wermgr.exe", "C:\\Windows\\system32\\wermgr.exe -upload", 8),
        new(3, "svchost", Windows + "UsoClient.exe", "C:\\Windows\\system32\\usoclient.exe StartScan", 6, true),
        new(3, "defender", @"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.25110.6-0\MpCmdRun.exe", "\"C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.25110.6-0\\MpCmdRun.exe\" SignatureUpdate -ScheduleJob -RestrictPrivileges -Reinvoke", 30, true),
        new(4, "svchost", @"C:\Program Files (x86)\Microsoft\EdgeUpdate\MicrosoftEdgeUpdate.exe", "\"C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe\" /ua /installsource scheduler", 30),
        new(6, "svchost", Framework + "mscorsvw.exe", Framework + "mscorsvw.exe -StartupEvent {hex3} -InterruptEvent 0 -NGENProcess {hex3} -Pipe {hex3} -Comment \"NGen Worker Process\"", 20),
        new(4, "agent", Windows + "cscript.exe", "\"C:\\Windows\\system32\\cscript.exe\" //nologo \"C:\\Program Files\\Harbour Monitoring\\Scripts\\disk-{n}.vbs\"", 4, true),
        new(4, "agent", PowerShell, "powershell.exe -NoProfile -NonInteractive -File \"C:\\Program Files\\Harbour Monitoring\\Scripts\\Collect-Inventory.ps1\" -Output C:\\ProgramData\\Monitoring\\{guid}.zip", 20, true),
        new(3, "agent", @"C:\Program Files\Harbour Monitoring\relay.exe", "\"C:\\Program Files\\Harbour Monitoring\\relay.exe\" --endpoint https://monitor.example.com/ingest/v1 --batch {hex40} --version 10.0.19041.3636", 10),
    ];

    /// <summary>What people at a desk add.</summary>
    public static IReadOnlyList<WindowsActivity> Desk { get; } =
    [
        new(30, "edge", Edge, "\"" + Edge + "\" --type=renderer --lang=en-GB --js-flags=--ms-user-locale= --device-scale-factor=1 --num-raster-threads=4 --renderer-client-id={n} --time-ticks-at-unix-epoch=-17725{n} /prefetch:1", 900),
        new(5, "edge", Edge, "\"" + Edge + "\" --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-GB --service-sandbox-type=none /prefetch:3", 1800),
        new(4, "explorer", Edge, "\"" + Edge + "\" --single-argument https://intranet.example.com/projects/{n}", 30),
        new(6, "explorer", Office + "EXCEL.EXE", "\"" + Office + "EXCEL.EXE\" \"\\\\SRV-FILE-01\\Finance\\2026\\Forecast {n}.xlsx\"", 1200),
        new(5, "outlook", Office + "WINWORD.EXE", "\"" + Office + "WINWORD.EXE\" /n \"C:\\Users\\{user}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\{HEX8}\\Minutes {n}.docx\" /o \"\"", 900),
        new(3, "explorer", Office + "WINWORD.EXE", "\"" + Office + "WINWORD.EXE\" /n \"\\\\SRV-FILE-01\\Shared\\Offers\\Offer {n}.docx\" /o \"\"", 1500),
        new(6, "search", Windows + "SearchProtocolHost.exe", "\"C:\\Windows\\system32\\SearchProtocolHost.exe\" Global\\UsGthrFltPipeMssGthrPipe_S-1-5-21-2204518861-1196407531-3309127722-11{n}_ Global\\UsGthrCtrlFltPipeMssGthrPipe {n}", 60),
        new(5, "search", Windows + "SearchFilterHost.exe", "\"C:\\Windows\\system32\\SearchFilterHost.exe\" 0 {n} {n} {n} 8192 {n}", 60),
        new(5, "svchost", Windows + "RuntimeBroker.exe", @"C:\Windows\System32\RuntimeBroker.exe -Embedding", 300),
        new(3, "explorer", Windows + "notepad.exe", "\"C:\\Windows\\system32\\NOTEPAD.EXE\" C:\\Users\\{user}\\Documents\\notes-{n}.txt", 300),
        new(2, "explorer", Windows + "mspaint.exe", "\"C:\\Windows\\system32\\mspaint.exe\" \"C:\\Users\\{user}\\Pictures\\Screenshot 2026-03-0{n}.png\"", 200),
        new(2, "explorer", @"C:\Program Files\7-Zip\7zFM.exe", "\"C:\\Program Files\\7-Zip\\7zFM.exe\" \"C:\\Users\\{user}\\Downloads\\drawings-{n}.zip\"", 90),
    ];

    /// <summary>What an engineer's console adds.</summary>
    public static IReadOnlyList<WindowsActivity> Engineering { get; } =
    [
        new(8, "shell", @"C:\Program Files\Git\cmd\git.exe", "\"C:\\Program Files\\Git\\cmd\\git.exe\" fetch --prune https://git.example.com/harbour/hull-model.git", 5),
        new(8, "shell", @"C:\Program Files\Git\cmd\git.exe", "\"C:\\Program Files\\Git\\cmd\\git.exe\" show {hex40}", 2),
        new(6, "shell", @"C:\Program Files\dotnet\dotnet.exe", "\"C:\\Program Files\\dotnet\\dotnet.exe\" test C:\\src\\hull-model\\HullModel.slnx -c Release", 60),
        new(3, "shell", Windows + "PING.EXE", "ping 10.20.0.{n} -n 4", 4),
        new(2, "shell", Windows + "nslookup.exe", "nslookup build.example.com 10.20.0.53", 2),
        new(2, "shell", Windows + "OpenSSH\\ssh.exe", "ssh ops@web-01.example.com uptime", 6),
        new(1, "shell", Windows + "ipconfig.exe", "ipconfig /flushdns", 1),
        new(1, "shell", Windows + "whoami.exe", "whoami", 1),
    ];

    /// <summary>What a file server adds.</summary>
    public static IReadOnlyList<WindowsActivity> Server { get; } =
    [
        new(10, "agent", @"C:\Program Files\Harbour Backup\bkagent.exe", "\"C:\\Program Files\\Harbour Backup\\bkagent.exe\" --job incremental-{n} --source D:\\Shares --target \\\\10.20.0.40\\backup --log D:\\Backup\\Logs\\{guid}.log", 120, true),
        new(4, "agent", Windows + "cmd.exe", "C:\\Windows\\system32\\cmd.exe /c \"C:\\Scripts\\rotate-logs.cmd D:\\Logs 14\"", 20, true),
        new(3, "agent", Windows + "vssadmin.exe", "vssadmin list shadows /for=D:", 5, true),
        new(3, "svchost", Windows + "dfsrdiag.exe", "dfsrdiag backlog /rgname:Shares /rfname:Finance /smem:SRV-FILE-01 /rmem:SRV-FILE-02", 10, true),
        new(2, "agent", Windows + "robocopy.exe", "robocopy D:\\Shares\\Shared E:\\Mirror\\Shared /MIR /R:1 /W:1 /LOG:D:\\Logs\\mirror-{n}.log", 400, true),
    ];

    /// <summary>The command line with its blanks filled in.</summary>
    public string Fill(SampleRandom random, string user)
    {
        string line = CommandLine
            .Replace("{user}", user, StringComparison.Ordinal)
            .Replace("{guid}", random.Guid().ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("{HEX8}", random.Hex(8).ToUpperInvariant(), StringComparison.Ordinal);
        foreach (int digits in (ReadOnlySpan<int>)[3, 24, 40])
        {
            string blank = $"{{hex{digits}}}";
            while (line.IndexOf(blank, StringComparison.Ordinal) is >= 0 and int at)
            {
                line = line.Remove(at, blank.Length).Insert(at, random.Hex(digits));
            }
        }

        while (line.IndexOf("{n}", StringComparison.Ordinal) is >= 0 and int at)
        {
            line = line.Remove(at, 3).Insert(at, random.Between(2, 9).ToString(CultureInfo.InvariantCulture));
        }

        return line;
    }
}
