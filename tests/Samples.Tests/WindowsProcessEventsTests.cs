using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Quarry.Samples.Tests;

public class WindowsProcessEventsTests
{
    private static readonly IReadOnlyList<Dictionary<string, string>> Rows = CommittedSamples.Table("windows-process-events.csv");

    [Fact]
    public void Is_sorted_by_time()
    {
        string[] times = [.. Rows.Select(row => row["TimeGenerated"])];

        times.ShouldBe(times.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_parent_is_the_latest_process_of_that_host_with_that_id()
    {
        var latest = new Dictionary<(string Host, string Id), string>();
        foreach (Dictionary<string, string> row in Rows)
        {
            if (latest.TryGetValue((row["Computer"], row["ProcessId"]), out string? image) && row["ProcessId"] != "0x4")
            {
                row["ParentProcessName"].ShouldBe(image, row["CommandLine"]);
            }

            latest[(row["Computer"], row["NewProcessId"])] = row["NewProcessName"];
        }
    }

    [Fact]
    public void Uses_process_ids_again_on_one_host()
    {
        int most = Rows.GroupBy(row => (row["Computer"], row["NewProcessId"])).Max(ids => ids.Select(row => row["NewProcessName"]).Distinct().Count());

        most.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Beacons_come_every_300_seconds_give_or_take_15()
    {
        DateTime[] times = [.. Rows
            .Where(row => row["CommandLine"].Contains("/api/v2/ping", StringComparison.Ordinal))
            .Select(row => DateTime.Parse(row["TimeGenerated"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind))];

        foreach ((DateTime earlier, DateTime later) in times.Zip(times.Skip(1)))
        {
            (later - earlier).TotalSeconds.ShouldBeInRange(270, 330);
        }

        ((times[^1] - times[0]).TotalSeconds / (times.Length - 1)).ShouldBe(300, 1);
    }

    [Fact]
    public void The_command_that_Word_starts_holds_gzip_and_base64_down_to_the_address()
    {
        string command = Rows.Single(row => row["ParentProcessName"].EndsWith("WINWORD.EXE", StringComparison.Ordinal) && row["CommandLine"].Contains("-Enc ", StringComparison.Ordinal))["CommandLine"];

        byte[] first = Convert.FromBase64String(command.Split(' ')[^1]);
        byte[] second = Unpack(new GZipStream(Quoted(Encoding.Unicode.GetString(first)), CompressionMode.Decompress));
        byte[] third = Quoted(Encoding.UTF8.GetString(second)).ToArray();

        Encoding.UTF8.GetString(third).ShouldContain("'http://cdn-assets.example.net/media/wuhelper.txt'");
        ThePageTellsTheHashOf(first, second, third);
        Rows.ShouldNotContain(row => row["CommandLine"].Contains("media/wuhelper.txt", StringComparison.Ordinal));
    }

    [Fact]
    public void The_command_on_the_server_holds_deflate()
    {
        string command = Rows.Single(row => row["Computer"] == "SRV-FILE-01" && row["CommandLine"].Contains(" -e ", StringComparison.Ordinal))["CommandLine"];

        byte[] first = Convert.FromBase64String(command.Split(' ')[^1]);
        byte[] second = Unpack(new DeflateStream(Quoted(Encoding.Unicode.GetString(first)), CompressionMode.Decompress));

        Encoding.ASCII.GetString(second).ShouldContain("https://telemetry.example.org/api/v2/tasks");
        ThePageTellsTheHashOf(first, second);
    }

    private static MemoryStream Quoted(string script) => new(Convert.FromBase64String(script.Split('\'')[1]));

    private static void ThePageTellsTheHashOf(params byte[][] layers)
    {
        string page = Encoding.UTF8.GetString(CommittedSamples.Bytes("README.md"));
        foreach (byte[] layer in layers)
        {
            page.ShouldContain(Convert.ToHexStringLower(MD5.HashData(layer)));
        }
    }

    private static byte[] Unpack(Stream stream)
    {
        using (stream)
        {
            using var unpacked = new MemoryStream();
            stream.CopyTo(unpacked);
            return unpacked.ToArray();
        }
    }
}
