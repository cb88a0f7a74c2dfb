using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>
/// Three days of Office 365 audit records (OfficeActivity). A record has the columns of its operation and no others:
/// which columns are filled tells what kind of record it is.
/// </summary>
internal static class OfficeActivity
{
    private const string TenantId = "7d0c5a3e-0000-4000-8000-5a11e5a11e50";
    private const string OrganizationId = "3b1f6c9a-0000-4000-8000-0ff1ce0ff1ce";
    private const string Browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36 Edg/144.0.0.0";
    private const string OddClient = "python-requests/2.31.0";
    private const string AttackerAddress = "198.51.100.77";

    private static readonly (string Name, string Address)[] Users =
    [
        ("m.keller", "192.0.2.17"), ("j.ortega", "192.0.2.23"), ("a.lindqvist", "192.0.2.31"), ("t.okafor", "192.0.2.38"),
        ("s.moreau", "192.0.2.44"), ("p.ivanova", "192.0.2.52"),
    ];

    private static readonly string[] Ordinary =
    [
        "FileAccessed", "FileAccessed", "FileAccessed", "FileModified", "FileModified", "FileDownloaded", "FileUploaded",
        "PageViewed", "PageViewed", "SharingSet", "MailItemsAccessed", "MailItemsAccessed", "Send", "Send",
        "SoftDelete", "MessageSent", "MessageSent", "MessageSent", "TeamsSessionStarted", "ChannelAdded", "MemberAdded",
    ];

    private static readonly string[] Files =
        ["Forecast.xlsx", "Offer 118.docx", "Hull plan.pdf", "Rota.xlsx", "Minutes.docx", "Launch.pptx", "Parts.csv"];

    public static SampleFile Generate()
    {
        var random = new SampleRandom(0x6F66666963650001);
        var records = new List<(DateTime Time, Dictionary<string, string> Fields, (string What, string Evidence)? Planted)>();
        foreach (string day in (ReadOnlySpan<string>)["2026-03-03", "2026-03-04", "2026-03-05"])
        {
            DateTime end = SampleText.Utc(day + " 17:30:00");
            for (DateTime time = SampleText.Utc(day + " 07:45:00"); time < end; time = time.AddSeconds(random.Between(20, 320)))
            {
                (string name, string address) = random.Pick(Users);
                records.Add((time, Record(random, random.Pick(Ordinary), time, name, address, Browser), null));
            }
        }

        Plant(random, records);

        var json = new StringBuilder();
        var planted = new List<PlantedRow>();
        int index = 0;
        foreach ((DateTime time, Dictionary<string, string> fields, (string What, string Evidence)? found) in records.OrderBy(r => r.Time))
        {
            if (found is { } plant)
            {
                planted.Add(new PlantedRow(index, time, plant.What, plant.Evidence));
            }

            json.AppendJsonLine(fields);
            index++;
        }

        return new SampleFile("office-activity.jsonl", json.Utf8(), planted);
    }

    private static void Plant(
        SampleRandom random,
        List<(DateTime Time, Dictionary<string, string> Fields, (string What, string Evidence)? Planted)> records)
    {
        DateTime time = SampleText.Utc("2026-03-04 22:14:09");
        Dictionary<string, string> logon = Record(random, "UserLoggedIn", time, "m.keller", AttackerAddress, OddClient);
        records.Add((time, logon, ("a sign-in from an odd client and address", OddClient)));

        time = time.AddSeconds(71);
        Dictionary<string, string> rule = Record(random, "New-InboxRule", time, "m.keller", AttackerAddress, "");
        records.Add((time, rule, ("an inbox rule forwards invoices outside and deletes them", "ForwardTo")));

        time = time.AddSeconds(48);
        Dictionary<string, string> mailbox = Record(random, "Set-Mailbox", time, "m.keller", AttackerAddress, "");
        records.Add((time, mailbox, ("the mailbox forwards everything", "ForwardingSmtpAddress")));

        time = SampleText.Utc("2026-03-04 22:31:00");
        for (int i = 0; i < 80; i++)
        {
            time = time.AddMilliseconds(random.Between(700, 2600));
            Dictionary<string, string> download = Record(random, "FileDownloaded", time, "m.keller", AttackerAddress, OddClient);
            string name = string.Create(CultureInfo.InvariantCulture, $"Contract {i + 1:000}.pdf");
            SetFile(download, "Finance", name);
            records.Add((time, download, ("a mass download: 80 contracts in about two minutes", "sites/Finance/Shared Documents/Contract")));
        }
    }

    private static Dictionary<string, string> Record(
        SampleRandom random, string operation, DateTime time, string user, string address, string agent)
    {
        string upn = user + "@example.com";
        var fields = new Dictionary<string, string>
        {
            ["TenantId"] = TenantId,
            ["TimeGenerated"] = SampleText.IsoSeconds(time),
            ["Operation"] = operation,
            ["OrganizationId"] = OrganizationId,
            ["UserType"] = "Regular",
            ["UserKey"] = Key(user),
            ["UserId"] = upn,
            ["SourceRecordId"] = random.Guid(),
        };
        switch (operation)
        {
            case "FileAccessed" or "FileModified" or "FileDownloaded" or "FileUploaded":
                AddSharePoint(fields, "SharePointFileOperation", address, agent);
                SetFile(fields, random.Pick<string>(["Shared", "Finance", "Engineering"]), random.Pick(Files));
                break;
            case "PageViewed":
                AddSharePoint(fields, "SharePoint", address, agent);
                fields["OfficeObjectId"] = $"https://harbour.example.com/sites/intranet/SitePages/page-{random.Between(1, 40)}.aspx";
                fields["ItemType"] = "Page";
                break;
            case "SharingSet":
                AddSharePoint(fields, "SharePointSharingOperation", address, agent);
                SetFile(fields, "Shared", random.Pick(Files));
                fields["UserSharedWith"] = random.Pick(Users).Name + "@example.com";
                fields["SharingType"] = "Direct";
                break;
            case "MailItemsAccessed" or "SoftDelete" or "Send":
                AddExchange(fields, "ExchangeItem", address, user);
                AddMail(fields, random, operation, user);
                break;
            case "New-InboxRule":
                AddExchange(fields, "ExchangeAdmin", address, user);
                fields["Parameters"] = """[{"Name":"Name","Value":".."},{"Name":"SubjectOrBodyContainsWords","Value":"invoice;payment;IBAN"},{"Name":"ForwardTo","Value":"m.keller.archive@mail.example.net"},{"Name":"DeleteMessage","Value":"True"}]""";
                break;
            case "Set-Mailbox":
                AddExchange(fields, "ExchangeAdmin", address, user);
                fields["Parameters"] = """[{"Name":"Identity","Value":"m.keller"},{"Name":"ForwardingSmtpAddress","Value":"smtp:m.keller.archive@mail.example.net"},{"Name":"DeliverToMailboxAndForward","Value":"True"}]""";
                break;
            case "UserLoggedIn":
                fields["RecordType"] = "AzureActiveDirectoryStsLogon";
                fields["OfficeWorkload"] = "AzureActiveDirectory";
                fields["ClientIP"] = address;
                fields["ActorIpAddress"] = address;
                fields["UserAgent"] = agent;
                fields["ResultStatus"] = "Success";
                fields["LoginStatus"] = "0";
                fields["ExtendedProperties"] = $$"""[{"Name":"UserAgent","Value":"{{agent}}"},{"Name":"RequestType","Value":"OAuth2:Token"}]""";
                break;
            default:
                AddTeams(fields, random, operation, address);
                break;
        }

        return fields;
    }

    private static void AddSharePoint(Dictionary<string, string> fields, string recordType, string address, string agent)
    {
        fields["RecordType"] = recordType;
        fields["OfficeWorkload"] = "SharePoint";
        fields["ClientIP"] = address;
        fields["UserAgent"] = agent;
        fields["EventSource"] = "SharePoint";
    }

    private static void SetFile(Dictionary<string, string> fields, string site, string file)
    {
        fields["ItemType"] = "File";
        fields["Site_Url"] = $"https://harbour.example.com/sites/{site}/";
        fields["SourceRelativeUrl"] = "Shared Documents";
        fields["SourceFileName"] = file;
        fields["SourceFileExtension"] = file[(file.LastIndexOf('.') + 1)..];
        fields["OfficeObjectId"] = $"https://harbour.example.com/sites/{site}/Shared Documents/{file}";
    }

    private static void AddExchange(Dictionary<string, string> fields, string recordType, string address, string user)
    {
        fields["RecordType"] = recordType;
        fields["OfficeWorkload"] = "Exchange";
        fields["ClientIP"] = address;
        fields["ResultStatus"] = recordType == "ExchangeAdmin" ? "True" : "Succeeded";
        fields["OriginatingServer"] = "MBX0417 (15.20.9587.014)";
        fields["OrganizationName"] = "harbour.example.com";
        if (recordType == "ExchangeItem")
        {
            fields["MailboxOwnerUPN"] = user + "@example.com";
            fields["MailboxGuid"] = $"5e1f{Key(user)[..4]}-0000-4000-8000-00000000{Key(user)[^4..]}";
            fields["Logon_Type"] = "Owner";
        }
    }

    private static void AddMail(Dictionary<string, string> fields, SampleRandom random, string operation, string user)
    {
        fields["ClientInfoString"] = "Client=MSExchangeRPC";
        fields["ClientProcessName"] = "OUTLOOK.EXE";
        fields["ClientVersion"] = "16.0.19530.20184";
        if (operation == "MailItemsAccessed")
        {
            fields["Folders"] = $$"""[{"Path":"\\Inbox","FolderItems":[{"InternetMessageId":"<{{random.Hex(16)}}@mail.example.com>"}]}]""";
            return;
        }

        string subject = random.Pick<string>(["Re: launch date", "Offer 118", "Rota", "Parts list", "Lunch?"]);
        fields["Item"] = $$"""{"Subject":"{{subject}}","ParentFolder":{"Path":"\\Drafts"},"InternetMessageId":"<{{random.Hex(16)}}@mail.example.com>"}""";
        if (operation == "SoftDelete")
        {
            fields["Folder"] = """{"Path":"\\Deleted Items"}""";
            fields["AffectedItems"] = $$"""[{"Subject":"{{subject}}"}]""";
        }
        else if (random.Chance(12))
        {
            fields["SendAsUserSmtp"] = $"office-{user[0]}@example.com";
        }
    }

    private static void AddTeams(Dictionary<string, string> fields, SampleRandom random, string operation, string address)
    {
        fields["RecordType"] = "MicrosoftTeams";
        fields["OfficeWorkload"] = "MicrosoftTeams";
        switch (operation)
        {
            case "MessageSent" when random.Chance(40):
                fields["CommunicationType"] = "OneOnOne";
                fields["ChatThreadId"] = $"19:{random.Hex(32)}@unq.gbl.spaces";
                break;
            case "TeamsSessionStarted":
                fields["ClientIP"] = address;
                fields["ExtraProperties"] = """[{"Key":"OsName","Value":"windows"},{"Key":"TimeZone","Value":"Europe/Berlin"}]""";
                break;
            default:
                fields["TeamName"] = random.Pick<string>(["Launch", "Yard", "Office"]);
                fields["TeamGuid"] = $"19:{random.Hex(32)}@thread.tacv2";
                AddTeamDetail(fields, random, operation);
                break;
        }
    }

    private static void AddTeamDetail(Dictionary<string, string> fields, SampleRandom random, string operation)
    {
        if (operation == "MemberAdded")
        {
            fields["Members"] = $$"""[{"DisplayName":"Guest","Role":1,"UPN":"{{random.Pick(Users).Name}}@example.com"}]""";
            return;
        }

        fields["ChannelName"] = random.Pick<string>(["General", "Drawings", "Suppliers"]);
        fields["ChannelGuid"] = $"19:{random.Hex(32)}@thread.tacv2";
        if (operation == "MessageSent")
        {
            fields["MessageId"] = random.Between(1_000_000_000, 2_000_000_000).ToString(CultureInfo.InvariantCulture);
            fields["CommunicationType"] = "Channel";
        }
    }

    // A made-up PUID: sixteen digits that depend on the name alone.
    private static string Key(string user)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in user)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return ((hash & 0x0000FFFFFFFFFFFF) | 0x1003000000000000).ToString("x16", CultureInfo.InvariantCulture);
    }
}
