using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>A day of auditd's raw records of the web server whose syslog is the other sample.</summary>
/// <param name="File">The log.</param>
/// <param name="Facts">What the page tells of it, by name: counts, and the intruder's processes.</param>
internal sealed record AuditLog(SampleFile File, IReadOnlyDictionary<string, string> Facts)
{
    private const string Host = "web-01";
    private const int FirstSerial = 41_207;

    /// <summary>Makes the log.</summary>
    /// <param name="syslog">The syslog of the servers, which it agrees with.</param>
    public static AuditLog Generate(IReadOnlyList<SyslogEvent> syslog)
    {
        var random = new SampleRandom(0x6175646974640001);
        DateTime begin = SampleText.Utc("2026-03-03 23:58:40").AddMilliseconds(118);
        DateTime day = SampleText.Utc("2026-03-04 00:00:00");
        var trail = new AuditTrail(random, begin);
        AuditBackground.StartAuditd(trail, begin, FirstSerial + 700);
        SyslogEvent[] lines = [.. syslog.Where(line => line.Host.Name == Host && line.Time >= day)];
        new AuditReplay(trail, random, lines[0].Host.Address).Plan(lines);
        AuditBackground.Monitor(trail, random, day);
        AuditBackground.RunShop(trail, random, day);
        AuditBackground.RunLastProbe(trail, day.AddDays(1).AddMilliseconds(-93));
        return Write([.. trail.Events.OrderBy(e => e.Time)], trail.Runs);
    }

    private static AuditLog Write(AuditEvent[] events, IEnumerable<AuditProcess> runs)
    {
        var log = new StringBuilder();
        var planted = new List<PlantedRow>();
        int[] serials = Serials(events);
        int row = 0;
        int pairs = 0;
        for (int i = 0; i < events.Length; i++)
        {
            bool pair = events[i].InTurnWithNext;
            IEnumerable<(int Event, AuditRecord Record)> records = pair
                ? AuditEvent.InTurn(events[i], events[i + 1])
                : events[i].Records.Select(record => (0, record));
            foreach ((int offset, AuditRecord record) in records)
            {
                log.Append(Line(record, events[i + offset].Time, serials[i + offset])).Append('\n');
                if (record.Planted is { } found)
                {
                    planted.Add(new PlantedRow(row, events[i].Time, found.What, found.Evidence));
                }

                row++;
            }

            i += pair ? 1 : 0;
            pairs += pair ? 1 : 0;
        }

        row = CutShort(log);
        planted.Add(new PlantedRow(row, events[^1].Time, "the file ends here: two records of an event, the second one cut", "argc=7 a0=\"curl\" a1=\"-fs"));
        var file = new SampleFile("audit.log", log.Utf8(), planted);
        return new AuditLog(file, AuditFacts.Count(log.ToString(), pairs, runs));
    }

    private static int[] Serials(AuditEvent[] events)
    {
        int next = FirstSerial;
        return [.. events.Select(e => e.OwnSerial ?? next++)];
    }

    // Ends the log within the arguments of its last event, as a copy of a file that is being written does.
    private static int CutShort(StringBuilder log)
    {
        string text = log.ToString();
        int last = text.LastIndexOf("type=EXECVE", StringComparison.Ordinal);
        int end = text.IndexOf("-fs", last, StringComparison.Ordinal) + 3;
        log.Length = end;
        return text.AsSpan(0, end).Count('\n');
    }

    private static string Line(AuditRecord record, DateTime time, int serial)
    {
        long milliseconds = (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        return string.Create(CultureInfo.InvariantCulture, $"type={record.Type} msg=audit({milliseconds / 1000}.{milliseconds % 1000:000}:{serial}): {record.Body}");
    }
}
