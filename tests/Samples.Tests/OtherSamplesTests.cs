using System.Globalization;
using System.Text.Json;

namespace Quarry.Samples.Tests;

public class OtherSamplesTests
{
    [Fact]
    public void The_syslog_table_has_a_row_for_every_line_but_the_cut_one()
    {
        string[] lines = [.. CommittedSamples.Lines("syslog.log").Where(line => line.Length > 20)];
        IReadOnlyList<Dictionary<string, string>> rows = CommittedSamples.Table("syslog.csv");

        rows.Count.ShouldBe(lines.Length);
        CommittedSamples.Lines("syslog.log").Length.ShouldBe(lines.Length + 1);
        foreach ((string line, Dictionary<string, string> row) in lines.Zip(rows))
        {
            line.ShouldEndWith(row["SyslogMessage"]);
            line.ShouldContain($" {row["HostName"]} ");
        }
    }

    [Fact]
    public void Office_records_have_only_the_columns_of_their_operation()
    {
        JsonElement[] records = [.. CommittedSamples.Lines("office-activity.jsonl").Select(line => JsonDocument.Parse(line).RootElement)];

        var signatures = records.GroupBy(record => string.Join(',', record.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)));

        signatures.Count().ShouldBeInRange(10, 25);
        signatures.Count(signature => signature.Count() == 1).ShouldBe(1, "the sign-in is alone");
        records.SelectMany(record => record.EnumerateObject()).ShouldAllBe(p => p.Value.ValueKind != JsonValueKind.Null && p.Value.GetRawText() != "\"\"");
    }

    [Fact]
    public void Nothing_stands_out_of_the_traffic_but_what_is_planted()
    {
        (string Time, double Bytes)[] hours = [.. CommittedSamples.Rows("hourly-traffic.csv")
            .Select(row => row.Split(','))
            .Select(cells => (cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture)))];
        double[] usual = [.. Enumerable.Range(0, 168).Select(hour => Median([.. Enumerable.Range(0, 8).Select(week => hours[(week * 168) + hour].Bytes)]))];

        int[] odd = [.. Enumerable.Range(0, hours.Length).Where(i => hours[i].Bytes / usual[i % 168] is < 0.7 or > 1.4)];

        odd.ShouldBe([230, 418, 531, 731, 732, 999, 1251, 1252]);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
