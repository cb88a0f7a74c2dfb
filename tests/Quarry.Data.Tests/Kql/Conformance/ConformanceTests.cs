using System.Text;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Data.Tests.Kql.Conformance;

public class ConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public void Answers_as_kusto_does_or_refuses()
    {
        IReadOnlyList<RecordedCase> cases = RecordedCase.All();
        using var run = new ConformanceRun();
        var report = new StringBuilder();
        int equal = 0, refused = 0, failed = 0, different = 0;
        foreach (RecordedCase recorded in cases.Where(one => !one.IsRejected))
        {
            (Table? result, string? refusal, string? failure) = run.Answer(recorded.Query);
            string? difference = result is null ? null : Difference(recorded, result);
            if (result is not null && difference is null)
            {
                equal++;
                continue;
            }

            string kind = refusal is not null ? "REFUSED" : failure is not null ? "FAILED" : "DIFFERS";
            _ = kind switch { "REFUSED" => refused++, "FAILED" => failed++, _ => different++ };
            report.AppendLine($"{kind} {recorded.Id}: {(refusal ?? failure ?? difference)!.ReplaceLineEndings(" ")}\n    {recorded.Query}");
        }

        output.WriteLine($"{equal} equal, {different} different, {refused} refused, {failed} failed of {cases.Count(one => !one.IsRejected)}");
        if (Environment.GetEnvironmentVariable("QUARRY_CONFORMANCE_REPORT") is { } path)
        {
            File.WriteAllText(path, $"{equal} equal, {different} different, {refused} refused, {failed} failed\n{report}");
        }

        different.ShouldBe(0);
    }

    [Fact]
    public void Answers_the_examples_of_the_documentation_or_refuses()
    {
        using var run = new ConformanceRun();
        var report = new StringBuilder();
        int equal = 0, refused = 0, failed = 0, different = 0;
        IReadOnlyList<DocumentedCase> cases = DocumentedCase.All();
        foreach (DocumentedCase documented in cases)
        {
            (Table? result, string? refusal, string? failure) = run.Answer(documented.Query);
            string? difference = result is null ? null : documented.Difference(result);
            if (result is not null && difference is null)
            {
                equal++;
                continue;
            }

            string kind = refusal is not null ? "REFUSED" : failure is not null ? "FAILED" : "DIFFERS";
            _ = kind switch { "REFUSED" => refused++, "FAILED" => failed++, _ => different++ };
            report.AppendLine($"{kind} {documented.Id.Replace("data-explorer/kusto/query/", "")}: {(refusal ?? failure ?? difference)!.ReplaceLineEndings(" ")}\n    {documented.Query.ReplaceLineEndings(" ")}");
        }

        output.WriteLine($"{equal} equal, {different} different, {refused} refused, {failed} failed of {cases.Count}");
        if (Environment.GetEnvironmentVariable("QUARRY_CONFORMANCE_REPORT") is { } path)
        {
            File.WriteAllText(path + ".docs", $"{equal} equal, {different} different, {refused} refused, {failed} failed\n{report}");
        }

        different.ShouldBe(0);
    }

    private static string? Difference(RecordedCase recorded, Table result)
    {
        string[] columns = [.. result.Schema.Select(RecordedText.Of)];
        if (!columns.SequenceEqual(recorded.Columns))
        {
            return $"columns {string.Join(", ", columns)} <> {string.Join(", ", recorded.Columns)}";
        }

        string[] rows = [.. Enumerable.Range(0, result.RowCount).Select(row => RecordedText.Row(result, row))];
        string[] ours = [.. rows.Select(RecordedText.Plain)];
        string[] theirs = [.. recorded.Rows.Select(RecordedText.Plain)];
        bool isAbridged = recorded.RowCount > theirs.Length;
        bool areEqual = isAbridged
            ? ours.Length == recorded.RowCount && theirs.GroupBy(row => row).All(same => ours.Count(row => row == same.Key) >= same.Count())
            : ours.Order(StringComparer.Ordinal).SequenceEqual(theirs.Order(StringComparer.Ordinal));
        return areEqual ? null
            : $"{string.Join(" ", ours)} <> {string.Join(" ", theirs)}";
    }
}
