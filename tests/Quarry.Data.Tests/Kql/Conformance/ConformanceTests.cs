using System.Text;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>
/// Holds Quarry against what a real Kusto answered and what its documentation prints: names, types, rows, and the order
/// of rows where the query gives them one. What is not equal stands in a list with its reason.
/// </summary>
public class ConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public void Answers_as_kusto_does_or_refuses()
    {
        RecordedCase[] cases = [.. RecordedCase.All().Where(one => !one.IsRejected)];
        using var run = new ConformanceRun();
        List<Outcome> outcomes = [.. cases.Select(recorded => Outcome.Of(recorded.Id, recorded.Query, run.Answer(recorded.Query), result => Difference(recorded, result)))];
        Report("recorded results", "", outcomes);

        outcomes.ShouldNotContain(outcome => outcome.Kind == OutcomeKind.Failed);
        Hold(KnownGaps.Different, OfKind(outcomes, OutcomeKind.Different), (gap, outcome) => outcome.Query.Contains(gap, StringComparison.Ordinal));
        Hold(KnownGaps.Refused, OfKind(outcomes, OutcomeKind.Refused), (gap, outcome) => outcome.Query.Contains(gap, StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_what_kusto_refuses_before_anything_runs()
    {
        RecordedCase[] cases = [.. RecordedCase.All().Where(one => one.IsRejected)];
        using var run = new ConformanceRun();
        Outcome[] accepted = [.. cases.Where(one => !run.IsRefused(one.Query)).Select(one => new Outcome(one.Id, one.Query, OutcomeKind.Different, "Kusto refuses it."))];
        output.WriteLine($"{cases.Length - accepted.Length} of the {cases.Length} queries that Kusto refuses are refused");
        foreach (Outcome one in accepted)
        {
            output.WriteLine(one.Query);
        }

        Hold(KnownGaps.Accepted, accepted, (gap, outcome) => outcome.Query.Contains(gap, StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_the_examples_of_the_documentation_or_refuses()
    {
        IReadOnlyList<DocumentedCase> cases = DocumentedCase.All();
        using var run = new ConformanceRun();
        List<Outcome> outcomes = [.. cases.Select(documented => Outcome.Of(
            documented.Page, documented.Query, run.Answer(documented.Query),
            result => documented.Difference(result, KnownDocumentationGaps.OtherNames.ContainsKey(documented.Page))))];
        Report("examples of the documentation", ".docs", outcomes);
        int different = OfKind(outcomes, OutcomeKind.Different).Length;
        output.WriteLine($"{Share(OfKind(outcomes, OutcomeKind.Equal).Length, outcomes.Count - different)} of those that can be had from their queries");

        outcomes.ShouldNotContain(outcome => outcome.Kind == OutcomeKind.Failed);
        Hold(KnownDocumentationGaps.Different, OfKind(outcomes, OutcomeKind.Different), (gap, outcome) => outcome.Id == gap);
        Hold(KnownDocumentationGaps.Refused, OfKind(outcomes, OutcomeKind.Refused), (gap, outcome) => outcome.Id.StartsWith(gap, StringComparison.Ordinal));
        KnownDocumentationGaps.OtherNames.Keys.Except(cases.Select(one => one.Page)).ShouldBeEmpty();
    }

    // In both directions: what is in no list fails, and what is in one without need does.
    private static void Hold(IReadOnlyDictionary<string, string> known, IReadOnlyList<Outcome> found, Func<string, Outcome, bool> isMeant)
    {
        found.Where(outcome => !known.Keys.Any(gap => isMeant(gap, outcome))).ShouldBeEmpty("These are in no list.");
        known.Where(gap => gap.Value != KnownDocumentationGaps.Chance && !found.Any(outcome => isMeant(gap.Key, outcome))).ShouldBeEmpty("These are in a list and no gap any more.");
    }

    private static Outcome[] OfKind(List<Outcome> outcomes, OutcomeKind kind) => [.. outcomes.Where(outcome => outcome.Kind == kind)];

    private static string Share(int part, int all) => $"{part} of {all} ({100.0 * part / Math.Max(1, all):0.0} %)";

    private void Report(string what, string suffix, List<Outcome> outcomes)
    {
        string summary = $"{Share(OfKind(outcomes, OutcomeKind.Equal).Length, outcomes.Count)} {what} are equal, {OfKind(outcomes, OutcomeKind.Different).Length} different, "
            + $"{OfKind(outcomes, OutcomeKind.Refused).Length} refused, {OfKind(outcomes, OutcomeKind.Failed).Length} failed";
        output.WriteLine(summary);
        if (Environment.GetEnvironmentVariable("QUARRY_CONFORMANCE_REPORT") is { Length: > 0 } path)
        {
            var report = new StringBuilder().AppendLine(summary);
            foreach (Outcome outcome in outcomes.Where(one => one.Kind != OutcomeKind.Equal))
            {
                report.AppendLine(outcome.ToString());
            }

            File.WriteAllText(path + suffix, report.ToString());
        }
    }

    private static string? Difference(RecordedCase recorded, Table result)
    {
        string[] columns = [.. result.Schema.Select(RecordedText.Of)];
        if (!columns.SequenceEqual(recorded.Columns))
        {
            return $"columns {string.Join(", ", columns)} <> {string.Join(", ", recorded.Columns)}";
        }

        string[] ours = [.. Enumerable.Range(0, result.RowCount).Select(row => RecordedText.Plain(RecordedText.Row(result, row)))];
        string[] theirs = [.. recorded.Rows.Select(RecordedText.Plain)];
        var matching = new List<int>();
        var left = Enumerable.Range(0, ours.Length).ToList();
        foreach (string row in theirs)
        {
            int at = left.FindIndex(one => ours[one] == row);
            if (at < 0)
            {
                break;
            }

            matching.Add(left[at]);
            left.RemoveAt(at);
        }

        // Of many rows the first are recorded.
        return matching.Count < theirs.Length || ours.Length != recorded.RowCount ? $"{string.Join(" ", ours)} <> {string.Join(" ", theirs)}"
            : RowOrder.IsKept(recorded.Query, result, matching) ? null
            : $"order {string.Join(" ", ours)} <> {string.Join(" ", theirs)}";
    }
}
