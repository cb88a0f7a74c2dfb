using System.Globalization;
using Quarry.Kql.Syntax;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Data.PushDown;

/// <summary>
/// Asks for the values that a view shows, and for no others: the most frequent of one column, or the few that a signature's rows hold, with the
/// rows of all signatures that hold these.
/// </summary>
internal sealed class PushedValues(PushedTable table, DataSignatures signatures, PushedColumn[] columns, int[] features, SignatureOptions options)
{
    private const int MostSets = 1_000_000, MostValues = 100_000;
    private const int MostValuesInQuery = 2_000, MostTextInQuery = 200_000;

    /// <summary>Asks for them.</summary>
    /// <exception cref="QuarryException">There are too many, or they changed while they were asked for.</exception>
    public async Task FetchAsync()
    {
        RowSignature? chosen = options.Signature is { } number ? signatures[number] : null;
        switch (SignatureTables.FormOf(options))
        {
            case SignatureTables.Form.Distribution:
                if (columns.FirstOrDefault(column => column.Schema.Name == options.Feature) is { } column)
                {
                    await FetchDistributionAsync(column, chosen).ConfigureAwait(false);
                }

                break;
            case SignatureTables.Form.Detail:
                await FetchDistinctAsync(chosen!).ConfigureAwait(false);
                await FetchSetsAsync([chosen!]).ConfigureAwait(false);
                await FetchCountsAsync().ConfigureAwait(false);
                break;
            case SignatureTables.Form.Unique:
                await FetchSetsAsync(chosen is null ? signatures.Signatures : [chosen]).ConfigureAwait(false);
                await FetchCountsAsync().ConfigureAwait(false);
                break;
        }
    }

    private async Task FetchDistributionAsync(PushedColumn column, RowSignature? signature)
    {
        string rows = signature is null ? ValueText.Filled(column.Schema) : $"{signatures.Kql(signature)} and {ValueText.Filled(column.Schema)}";
        string[] counted = [$"where {rows}", $"summarize n = count() by v = {ValueText.Of(column.Schema)}"];
        Table sums = await table.AskAsync(table.Pipe([.. counted, "summarize n = sum(n), d = count()"])).ConfigureAwait(false);
        Table most = await table.AskAsync(table.Pipe([.. counted, "sort by n desc, v asc", $"take {options.Top}"])).ConfigureAwait(false);
        column.SetDistribution(
            sums.Count("n", 0), sums.Count("d", 0), Enumerable.Range(0, most.RowCount).Select(row => (most.TextOf("v", row), most.Count("n", row))));
    }

    private async Task FetchDistinctAsync(RowSignature signature)
    {
        foreach (int[] chunk in Present(signature).Chunk(PushedColumnRules.MostAggregates))
        {
            Table counts = await table.AskAsync(table.Pipe(
                $"where {signatures.Kql(signature)}",
                $"summarize {string.Join(", ", chunk.Select(i => $"c{i} = count_distinct({Text(i)})"))}")).ConfigureAwait(false);
            foreach (int i in chunk)
            {
                Column(i).SetDistinct(signature.Index, checked((int)counts.Count($"c{i}", 0)));
            }
        }
    }

    // The values of each feature within each signature, where they are few. A set is one longer than that, and says so.
    private async Task FetchSetsAsync(IReadOnlyList<RowSignature> asked)
    {
        if ((long)asked.Count * features.Length > MostSets)
        {
            throw new QuarryException(
                $"The values of {features.Length:N0} columns in {asked.Count:N0} signatures are too many to fetch. Name one signature (--signature), ask for a shorter time range, or leave columns out (--exclude).");
        }

        Dictionary<string, RowSignature> byPattern = ByPattern();
        foreach (int[] chunk in Enumerable.Range(0, features.Length).Where(i => asked.Any(one => one.IsPresent(i))).Chunk(PushedColumnRules.MostAggregates))
        {
            IEnumerable<string> where = asked.Count == 1 ? [$"where {signatures.Kql(asked[0])}"] : [];
            IEnumerable<string> sets = chunk.Select(i => $"c{i} = make_set_if({Text(i)}, {ValueText.Filled(Column(i).Schema)}, {Math.Min(options.Threshold, int.MaxValue - 1) + 1})");
            Table found = await table.AskAsync(table.Pipe([.. where, $"summarize {string.Join(", ", sets)} by p = {Pattern()}"])).ConfigureAwait(false);
            for (int row = 0; row < found.RowCount; row++)
            {
                RowSignature signature = Of(byPattern, found.TextOf("p", row));
                foreach (int i in chunk.Where(signature.IsPresent))
                {
                    string[] values = found.Set($"c{i}", row);
                    if (values.Length <= options.Threshold)
                    {
                        Column(i).SetValues(signature.Index, values);
                    }
                }
            }
        }
    }

    // In how many rows of which signatures these values stand.
    private async Task FetchCountsAsync()
    {
        (int Feature, string Value)[] asked = [.. Enumerable.Range(0, features.Length).SelectMany(i => Column(i).Asked.Select(value => (i, value)))];
        if (asked.Length > MostValues)
        {
            throw new QuarryException(
                $"{asked.Length:N0} values stand in few rows, and their rows are too many to ask for (at most {MostValues:N0}). Name one signature (--signature), lower --threshold, ask for a shorter time range, or leave columns out (--exclude).");
        }

        Dictionary<string, RowSignature> byPattern = ByPattern();
        foreach (List<(int Feature, string Value)> part in Parts(asked))
        {
            string[] legs = [.. part.GroupBy(one => one.Feature).Select(group => table.Pipe(
                $"where {ValueText.Filled(Column(group.Key).Schema)} and {Text(group.Key)} in ({string.Join(", ", group.Select(one => KqlLiteral.String(one.Value)))})",
                $"summarize n = count() by p = {Pattern()}, v = {Text(group.Key)}",
                $"extend f = {group.Key.ToString(CultureInfo.InvariantCulture)}"))];
            Table found = await table.AskAsync(legs.Length == 1 ? legs[0] : $"union\n(\n{string.Join("\n),\n(\n", legs)}\n)").ConfigureAwait(false);
            for (int row = 0; row < found.RowCount; row++)
            {
                Column((int)found.Count("f", row)).SetCount(found.TextOf("v", row), Of(byPattern, found.TextOf("p", row)).Index, found.Count("n", row));
            }
        }
    }

    // As many values as fit into a query's text.
    private static IEnumerable<List<(int Feature, string Value)>> Parts(IEnumerable<(int Feature, string Value)> values)
    {
        var part = new List<(int, string)>();
        int size = 0;
        foreach ((int feature, string value) in values)
        {
            if (part.Count == MostValuesInQuery || (part.Count > 0 && size + value.Length > MostTextInQuery))
            {
                yield return part;
                (part, size) = ([], 0);
            }

            part.Add((feature, value));
            size += value.Length;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private static RowSignature Of(Dictionary<string, RowSignature> byPattern, string pattern) => byPattern.TryGetValue(pattern, out RowSignature? signature)
        ? signature
        : throw PushedTable.Changed();

    private Dictionary<string, RowSignature> ByPattern() => signatures.Signatures.ToDictionary(one => one.Pattern, StringComparer.Ordinal);

    private string Pattern() => PatternExpression.Of(features.Select(i => columns[i].Schema));

    private IEnumerable<int> Present(RowSignature signature) => Enumerable.Range(0, features.Length).Where(signature.IsPresent);

    private PushedColumn Column(int feature) => columns[features[feature]];

    private string Text(int feature) => ValueText.Of(Column(feature).Schema);
}
