using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Data.PushDown;

/// <summary>Which columns tell no row from another, or equal an earlier one: from the patterns, and by asking about the few that can be.</summary>
internal sealed class PushedColumnRules(PushedTable table, ColumnSchema[] columns, PushedPatterns patterns, SignatureOptions options)
{
    /// <summary>How many aggregates are asked for in one query.</summary>
    public const int MostAggregates = 50;

    private const int HashRange = 1_000_000_007; // sums of nine thousand million of them are no more than a long holds

    /// <summary>The columns that make the signatures, by position; the others go to <paramref name="dropped"/>.</summary>
    public async Task<int[]> ChooseAsync(List<DroppedColumn> dropped)
    {
        string?[] invariant = options.KeepInvariant ? new string?[columns.Length] : await InvariantAsync().ConfigureAwait(false);
        int[] kept = [.. Enumerable.Range(0, columns.Length).Where(i => invariant[i] is null)];
        int[] originals = options.KeepDuplicates ? [.. columns.Select(_ => -1)] : await OriginalsAsync(kept).ConfigureAwait(false);
        for (int i = 0; i < columns.Length; i++)
        {
            if (invariant[i] is { } what)
            {
                dropped.Add(new DroppedColumn(columns[i].Name, DropReason.Invariant, what));
            }
            else if (originals[i] >= 0)
            {
                dropped.Add(new DroppedColumn(columns[i].Name, DropReason.Duplicate, $"equals {columns[originals[i]].Name}"));
            }
        }

        return [.. kept.Where(i => originals[i] < 0)];
    }

    // What a column holds that makes it tell no row from another; null for one that does tell rows apart.
    private async Task<string?[]> InvariantAsync()
    {
        long[] filled = [.. columns.Select((_, i) => patterns.Filled(i))];
        string?[] found = [.. filled.Select(count => count == 0 ? ColumnRules.NeverFilled : null)];
        int[] always = [.. Enumerable.Range(0, columns.Length).Where(i => filled[i] > 0 && filled[i] == patterns.RowCount)];
        foreach (int[] chunk in always.Chunk(MostAggregates))
        {
            Table sets = await table.AskAsync(table.Pipe(
                $"summarize {string.Join(", ", chunk.Select(i => $"c{i} = make_set({ValueText.Of(columns[i])}, 2)"))}")).ConfigureAwait(false);
            foreach (int i in chunk)
            {
                found[i] = sets.Set($"c{i}", 0) is [string only] ? ColumnRules.OneValue(ValueText.Show(only, columns[i].Type)) : null;
            }
        }

        return found;
    }

    // For each column the earlier one that it equals in every row, or -1. Equal columns are filled in the same rows and have the same sum
    // of hashes; those that do are compared value by value.
    private async Task<int[]> OriginalsAsync(int[] kept)
    {
        int[] originals = [.. columns.Select(_ => -1)];
        int[] never = [.. kept.Where(i => patterns.Filled(i) == 0)];
        foreach (int i in never.Skip(1))
        {
            originals[i] = never[0]; // without a value, columns are equal whatever their type
        }

        int[][] alike = [.. kept.Except(never).GroupBy(i => (ValueText.KindOf(columns[i].Type), patterns.Presence(i))).Where(group => group.Skip(1).Any()).Select(group => group.ToArray())];
        Dictionary<int, long> hashes = await HashesAsync([.. alike.SelectMany(group => group)]).ConfigureAwait(false);
        Queue<int[]> groups = new(alike.SelectMany(group => group.GroupBy(i => hashes[i])).Select(group => group.ToArray()).Where(group => group.Length > 1));
        while (groups.TryDequeue(out int[]? group))
        {
            int[] others = await DifferentAsync(group).ConfigureAwait(false);
            foreach (int equal in group.Skip(1).Except(others))
            {
                originals[equal] = group[0];
            }

            if (others.Length > 1)
            {
                groups.Enqueue(others);
            }
        }

        return originals;
    }

    private async Task<Dictionary<int, long>> HashesAsync(int[] asked)
    {
        var found = new Dictionary<int, long>();
        foreach (int[] chunk in asked.Chunk(MostAggregates))
        {
            Table sums = await table.AskAsync(table.Pipe(
                $"summarize {string.Join(", ", chunk.Select(i => $"c{i} = sumif(hash({ValueText.Of(columns[i])}, {HashRange}), {ValueText.Filled(columns[i])})"))}")).ConfigureAwait(false);
            foreach (int i in chunk)
            {
                found[i] = sums.Count($"c{i}", 0);
            }
        }

        return found;
    }

    private async Task<int[]> DifferentAsync(int[] group)
    {
        var different = new List<int>();
        ColumnSchema first = columns[group[0]];
        foreach (int[] chunk in group.Skip(1).Chunk(MostAggregates))
        {
            Table counts = await table.AskAsync(table.Pipe(
                $"summarize {string.Join(", ", chunk.Select(i => $"c{i} = countif({ValueText.Filled(first)} and {ValueText.Of(first)} != {ValueText.Of(columns[i])})"))}")).ConfigureAwait(false);
            different.AddRange(chunk.Where(i => counts.Count($"c{i}", 0) > 0));
        }

        return [.. different];
    }
}
