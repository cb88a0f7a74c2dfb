using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>Three days of process creation (event 4688) on two workstations and a file server.</summary>
internal static class WindowsProcessEvents
{
    private const string TenantId = "7d0c5a3e-0000-4000-8000-5a11e5a11e50";

    public static SampleFile Generate()
    {
        var random = new SampleRandom(0x77696E646F777301);
        var finance = new WindowsHost("WS-FIN-07", random.Guid(), random);
        var engineering = new WindowsHost("WS-ENG-03", random.Guid(), random);
        var server = new WindowsHost("SRV-FILE-01", random.Guid(), random);

        Dictionary<string, ProcessNode>[] days = WindowsWorkload.Workstation(finance, random, User("m.keller", 1107), false);
        WindowsWorkload.Workstation(engineering, random, User("j.ortega", 1112), true);
        Dictionary<string, ProcessNode> residents = WindowsWorkload.FileServer(server, random);
        Intrusion.Plan(finance, days[1], server, residents, random);

        WindowsHost[] hosts = [finance, engineering, server];
        (WindowsHost Host, ProcessNode Node)[] events =
            [.. hosts.SelectMany(host => host.Events().Select(node => (host, node))).OrderBy(e => e.node.Start)];
        return Write(events);
    }

    private static Account User(string name, int rid) => new(
        name,
        "HARBOUR",
        string.Create(CultureInfo.InvariantCulture, $"S-1-5-21-2204518861-1196407531-3309127722-{rid}"),
        "0x0",
        1938);

    private static SampleFile Write((WindowsHost Host, ProcessNode Node)[] events)
    {
        var csv = new StringBuilder();
        csv.AppendCsv(
            "TenantId", "Account", "EventID", "TimeGenerated", "Computer", "SubjectUserSid", "SubjectUserName",
            "SubjectDomainName", "SubjectLogonId", "NewProcessId", "NewProcessName", "TokenElevationType", "ProcessId",
            "CommandLine", "ParentProcessName", "TargetUserName", "TargetDomainName", "TargetLogonId",
            "SourceComputerId", "Type");
        var planted = new List<PlantedRow>();
        for (int i = 0; i < events.Length; i++)
        {
            (WindowsHost host, ProcessNode node) = events[i];
            ProcessNode parent = node.Parent!;
            Account subject = parent.Account;
            bool sameAccount = node.Account == subject;
            csv.AppendCsv(
                TenantId,
                $@"{subject.Domain}\{subject.Name}",
                "4688",
                SampleText.Iso(node.Start),
                host.Name,
                subject.Sid,
                subject.Name,
                subject.Domain,
                subject.LogonId,
                Hexadecimal(node.Id),
                node.Image,
                string.Create(CultureInfo.InvariantCulture, $"%%{node.Account.Elevation}"),
                Hexadecimal(parent.Id),
                node.CommandLine,
                parent.Image,
                sameAccount ? "-" : node.Account.Name,
                sameAccount ? "-" : node.Account.Domain,
                sameAccount ? "0x0" : node.Account.LogonId,
                host.SourceComputerId,
                "SecurityEvent");
            if (node.Planted is { } found)
            {
                planted.Add(new PlantedRow(i, node.Start, found.What, found.Evidence));
            }
        }

        return new SampleFile("windows-process-events.csv", csv.Utf8(), planted);
    }

    private static string Hexadecimal(int id) => "0x" + id.ToString("x", CultureInfo.InvariantCulture);
}
