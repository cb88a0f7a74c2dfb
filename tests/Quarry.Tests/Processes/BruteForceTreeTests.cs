using System.Globalization;
using FsCheck.Fluent;
using Quarry.Processes;
using Quarry.Tables;

namespace Quarry.Tests.Processes;

/// <summary>The parent rule beside the obvious slow one, on random logs with few ids, names, hosts and times.</summary>
public sealed class BruteForceTreeTests
{
    private sealed record Event(int Row, string? Host, int? Time, string? Id, string? Name, string? ParentId, string? ParentName);

    [Fact]
    public void The_fast_rule_gives_what_the_slow_one_gives()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            Event[] events = Random(seed);
            var tree = ProcessTree.Build(Table(events));
            string expected = string.Join("\n", events.Select(e => $"{e.Row} < {Slow(events, e)}"));
            string actual = string.Join("\n", events.Select(e => $"{e.Row} < {Fast(tree, e.Row)}"));
            actual.ShouldBe(expected, $"seed {seed}");
        }
    }

    [Fact]
    public void Every_row_is_in_one_place_below_its_parent_whatever_the_log()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Event[] events = Random(seed);
            Table log = Table(events);
            Table tree = log.BuildProcessTree();
            long[] rows = [.. Enumerable.Range(0, tree.RowCount).Select(row => tree["src_index"].GetValue(row)).OfType<long>()];
            rows.Order().ShouldBe(events.Select(e => (long)e.Row), $"seed {seed}");
            string[] paths = [.. Enumerable.Range(0, tree.RowCount).Select(row => tree.Text("path").GetString(row)!)];
            paths.SequenceEqual(paths.Order(StringComparer.Ordinal)).ShouldBeTrue($"seed {seed}");
            for (int row = 0; row < tree.RowCount; row++)
            {
                string? parent = tree.Text("parent_index").GetString(row);
                paths[row].ShouldBe((parent is null ? "" : paths.Single(path => path.EndsWith(parent, StringComparison.Ordinal)) + "/") + tree.Text("source_index").GetString(row));
            }
        }
    }

    [Fact]
    public void The_order_of_the_log_does_not_matter_where_times_differ()
    {
        Prop.ForAll(Gen.Choose(0, 1000).ToArbitrary(), seed =>
        {
            Event[] events = [.. Random(seed).Select((e, i) => e with { Time = i * 3 })];
            Event[] shuffled = [.. events];
            new Random(seed).Shuffle(shuffled);
            return string.Join("\n", ProcessLog.Show(Table(events), null)) == string.Join("\n", ProcessLog.Show(Table(shuffled), null));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Threads_do_not_change_the_result()
    {
        Table log = Table([.. Enumerable.Range(0, 60).SelectMany(Random).Select((e, i) => e with { Row = i })]);

        ProcessLog.Show(ProcessTree.Build(log, degree: 4).ToTable()).ShouldBe(ProcessLog.Show(ProcessTree.Build(log).ToTable()));
    }

    // What the row says of its parent, looked up by going through all rows.
    private static string Slow(Event[] events, Event child)
    {
        if (child.ParentId is null)
        {
            return "none";
        }

        if (child.ParentId == child.Id)
        {
            return "self";
        }

        Event[] holders = [.. events.Where(e => e.Host == child.Host && e.Id == child.ParentId && e.Row != child.Row)];
        Event[] named = [.. holders.Where(e => child.ParentName is null || e.Name == child.ParentName)];
        if (child.Time is null)
        {
            return named.Length == 0 ? "added" : named.Length == 1 ? Row(named[0]) : "ambiguous";
        }

        Event[] before = [.. named.Where(e => e.Time is null || e.Time <= child.Time).OrderBy(e => e.Time ?? -1).ThenBy(e => e.Row)];
        if (before.Length == 0)
        {
            return "added";
        }

        Event last = before[^1];
        if (last.Time is null)
        {
            return before.Length > 1 ? "ambiguous" : Row(last);
        }

        return holders.Any(e => e.Time > last.Time && e.Time < child.Time) ? "added" : Row(last);
    }

    private static string Row(Event e) => e.Row.ToString(CultureInfo.InvariantCulture);

    // A link that was cut to break a ring is shown as what it was, which the row's own claim says: it is left out of the comparison.
    private static string Fast(ProcessTree tree, int row)
    {
        int process = Enumerable.Range(0, tree.Count).Single(p => tree.SourceRow(p) == row);
        return tree.LinkOf(process) switch
        {
            ParentLink.None => "none",
            ParentLink.Self => "self",
            ParentLink.Ambiguous => "ambiguous",
            ParentLink.NotLogged => "added",
            _ => tree.SourceRow(tree.ParentOf(process)!.Value)!.Value.ToString(CultureInfo.InvariantCulture),
        };
    }

    // The number of children is kept small enough that rings are rare, and logs with one are made again without.
    private static Event[] Random(int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            Event[] events = [.. Enumerable.Range(0, random.Next(1, 25)).Select(row => new Event(
                row, Pick("h1", "h2", null), random.Next(8) == 0 ? null : random.Next(12), Pick("1", "2", "3", "4", null), Pick("a", "b", "c", "d"),
                Pick("1", "2", "3", "4", null), Pick("a", "b", "c", "d", null)))];
            if (events.Distinct(new ByContent()).Count() == events.Length && ProcessTree.Build(Table(events)).Report.BrokenCycles == 0)
            {
                return events;
            }
        }

        string? Pick(params string?[] values) => values[random.Next(values.Length)];
    }

    private static Table Table(Event[] events) => ProcessLog.Of(
        [.. events.Select(e => (e.Host, e.Time?.ToString(CultureInfo.InvariantCulture), e.Id, e.Name, e.ParentId, e.ParentName))]);

    private sealed class ByContent : IEqualityComparer<Event>
    {
        public bool Equals(Event? x, Event? y) => x! with { Row = 0 } == y! with { Row = 0 };

        public int GetHashCode(Event e) => (e with { Row = 0 }).GetHashCode();
    }
}
