using System.Text;
using System.Text.Json;
using Quarry.Indicators;
using Quarry.Testing;

namespace Quarry.Tests.Indicators;

public class GoldenTableTests
{
    [Fact]
    public void Finds_in_the_processes_what_the_reference_finds_without_its_false_ones()
    {
        string[] commandLines = [.. CsvColumn.Read(Corpus.PathOf("data/processes_on_host.csv"), "CommandLine")];
        HashSet<(string, string, long)> expected = [.. Recorded("golden/ioc/processes_default.jsonl")
            .Where(found => found.Type != "dns" || !(found.Observable == "Microsoft.NET"
                || found.Observable.EndsWith(".zip", StringComparison.Ordinal) || found.Observable.EndsWith(".ps", StringComparison.Ordinal)))
            .Where(found => found.Observable != "1.287.0.0")];

        var sink = new CollectingSink();
        new IndicatorExtractor().Scan(commandLines, sink);

        commandLines.Length.ShouldBe(10_000);
        sink.Found.CountBy(found => found.Type).ToDictionary().ShouldBe(
            new Dictionary<string, int> { ["ipv4"] = 336, ["url"] = 5, ["email"] = 396, ["dns"] = 105 }, ignoreOrder: true);
        sink.Found.Select(found => (found.Type, found.Observable, (long)found.Row)).ToHashSet().SetEquals(expected).ShouldBeTrue();
    }

    private static IEnumerable<(string Type, string Observable, long Row)> Recorded(string path)
    {
        foreach (string line in File.ReadLines(Corpus.PathOf(path), Encoding.UTF8))
        {
            using JsonDocument row = JsonDocument.Parse(line);
            yield return (row.RootElement.GetProperty("IoCType").GetString()!, row.RootElement.GetProperty("Observable").GetString()!,
                row.RootElement.GetProperty("SourceIndex").GetInt64());
        }
    }
}
