using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>One syslog message before it is written in either form.</summary>
/// <param name="Time">When it was logged, UTC.</param>
/// <param name="Host">The machine.</param>
/// <param name="Facility">Facility number (RFC 5424, 6.2.1).</param>
/// <param name="Severity">Severity number, 0 the worst.</param>
/// <param name="Process">The program's tag.</param>
/// <param name="ProcessId">Its process id, or null where the tag has none.</param>
/// <param name="Message">The message.</param>
internal sealed record SyslogEvent(
    DateTime Time, SyslogHost Host, int Facility, int Severity, string Process, int? ProcessId, string Message)
{
    private static readonly string[] FacilityNames =
        ["kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp"];

    private static readonly string[] SeverityNames =
        ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    /// <summary>Structured data of RFC 5424; null for a line in the form of RFC 3164.</summary>
    public string? StructuredData { get; init; }

    /// <summary>Written up to this many characters only; null for a whole line.</summary>
    public int? CutAt { get; init; }

    /// <summary>What it shows and the words that show it, where it was planted.</summary>
    public (string What, string Evidence)? Planted { get; init; }

    /// <summary>The raw line.</summary>
    public string ToLine()
    {
        int priority = (Facility * 8) + Severity;
        string line = StructuredData is null ? Bsd(priority) : Structured(priority);
        return CutAt is { } length ? line[..length] : line;
    }

    /// <summary>Appends the row of Sentinel's Syslog table.</summary>
    public void AppendRow(StringBuilder csv, string tenantId) => csv.AppendCsv(
        tenantId,
        "Linux",
        SampleText.Iso(Time),
        Host.Name,
        SampleText.IsoSeconds(Time),
        FacilityNames[Facility],
        Host.Name,
        SeverityNames[Severity],
        Message,
        ProcessId?.ToString(CultureInfo.InvariantCulture) ?? "",
        Host.Address,
        Process,
        "log-01.example.com",
        "00000000-0000-0000-0000-000000000002",
        "Syslog");

    private string Bsd(int priority)
    {
        string tag = ProcessId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{Process}[{id}]") : Process;
        string time = Time.ToString("MMM", CultureInfo.InvariantCulture)
            + Time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(3)
            + Time.ToString(" HH:mm:ss", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"<{priority}>{time} {Host.Name} {tag}: {Message}");
    }

    private string Structured(int priority)
    {
        string time = Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string id = ProcessId?.ToString(CultureInfo.InvariantCulture) ?? "-";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<{priority}>1 {time} {Host.Name} {Process} {id} - {StructuredData} \uFEFF{Message}");
    }
}
