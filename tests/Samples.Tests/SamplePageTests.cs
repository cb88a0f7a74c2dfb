using System.Globalization;

namespace Quarry.Samples.Tests;

/// <summary>The page read as a reader would: every row it names shows what it says.</summary>
public class SamplePageTests
{
    private sealed record Entry(string File, int[] Rows, DateTime[] Times, string What, string[] Evidence);

    [Fact]
    public void Has_a_table_for_every_data_file()
    {
        string[] files = [.. Entries().Select(entry => entry.File).Distinct()];

        files.ShouldBe(CommittedSamples.Names().Where(name => name != "README.md"), ignoreOrder: true);
    }

    [Fact]
    public void Leaves_no_blank_of_its_template_open() =>
        string.Join('\n', CommittedSamples.Lines("README.md")).ShouldNotContain("{{");

    [Fact]
    public void Names_rows_that_hold_the_evidence()
    {
        foreach (Entry entry in Entries())
        {
            string[] rows = CommittedSamples.Rows(entry.File);
            foreach (int row in entry.Rows)
            {
                entry.Evidence.ShouldContain(text => rows[row].Contains(text, StringComparison.Ordinal), $"{entry.File} row {row}: {entry.What}");
            }

            foreach (string text in entry.Evidence)
            {
                entry.Rows.ShouldContain(row => rows[row].Contains(text, StringComparison.Ordinal), $"{entry.File}: {text}");
            }
        }
    }

    [Fact]
    public void Tells_the_time_of_the_first_and_the_last_row()
    {
        foreach (Entry entry in Entries().Where(entry => entry.File != "syslog.log"))
        {
            string[] rows = CommittedSamples.Rows(entry.File);

            rows[entry.Rows[0]].ShouldContain(Written(entry.File, entry.Times[0]));
            rows[entry.Rows[^1]].ShouldContain(Written(entry.File, entry.Times[^1]));
        }
    }

    [Theory]
    [InlineData("windows-process-events.csv", "a beacon", 60)]
    [InlineData("windows-process-events.csv", "a look around", 9)]
    [InlineData("syslog.log", "brute force", 180)]
    [InlineData("syslog.csv", "a burst", 12)]
    [InlineData("audit.log", "brute force", 180)]
    [InlineData("audit.log", "a burst", 12)]
    [InlineData("office-activity.jsonl", "a mass download", 80)]
    public void Counts_every_row_of_a_series(string file, string what, int rows)
    {
        Entry entry = Entries().Single(e => e.File == file && e.What.StartsWith(what, StringComparison.Ordinal));

        entry.Rows.Length.ShouldBe(rows);
        entry.Rows.ShouldBeUnique();
    }

    // auditd counts seconds since 1970.
    private static string Written(string file, DateTime time) => file == "audit.log"
        ? string.Create(CultureInfo.InvariantCulture, $"msg=audit({(long)(time - DateTime.UnixEpoch).TotalSeconds}.")
        : time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static List<Entry> Entries()
    {
        const string Head = "| rows of ";
        var entries = new List<Entry>();
        string? file = null;
        foreach (string line in CommittedSamples.Lines("README.md"))
        {
            if (line.StartsWith(Head, StringComparison.Ordinal))
            {
                file = line[Head.Length..line.IndexOf(" |", Head.Length, StringComparison.Ordinal)];
            }
            else if (!line.StartsWith('|'))
            {
                file = null;
            }
            else if (file is not null && !line.StartsWith("|---", StringComparison.Ordinal))
            {
                entries.Add(Parse(file, line));
            }
        }

        return entries;
    }

    private static Entry Parse(string file, string line)
    {
        string[] cells = [.. line.Replace("\\|", "\0", StringComparison.Ordinal).Trim('|').Split('|').Select(cell => cell.Trim().Replace('\0', '|'))];
        return new Entry(
            file,
            [.. cells[0].Split(", ").SelectMany(Range)],
            [.. cells[1].Split(" – ").Select(time => DateTime.ParseExact(time, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))],
            cells[2],
            [.. cells[3].Split("<br>").Select(text => text.Trim('`'))]);
    }

    private static IEnumerable<int> Range(string text)
    {
        int[] ends = [.. text.Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
