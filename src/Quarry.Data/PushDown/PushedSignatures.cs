using Quarry.Catalogue;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Data.PushDown;

/// <summary>
/// Signatures that are counted where the rows are: which patterns of filled columns there are and how often (one query), which columns are
/// constant or equal (one or two), and of values only those that the view shows.
/// </summary>
internal sealed class PushedSignatures(PushedTable table, SignatureOptions options, AnalysisContext context)
{
    /// <summary>The most patterns that travel: more say that the columns are filled at random.</summary>
    public const int MostPatterns = 100_000;

    /// <summary>The rows of the view.</summary>
    /// <exception cref="QuarryException">The options cannot be followed there.</exception>
    public async Task<PushedResult> RunAsync()
    {
        if (options.Mode == SignatureMode.Reference)
        {
            throw new QuarryException("Signatures by the reference's rules depend on the order of the rows, which a service does not have. Leave out --mode reference.");
        }

        TableSchema schema = await table.SchemaAsync().ConfigureAwait(false);
        if (options.Feature is { } feature)
        {
            schema.Require(feature);
        }

        var dropped = new List<DroppedColumn>();
        IEnumerable<int> asked = context.Columns.Count > 0 ? context.Columns.Select(schema.Require).Distinct() : Enumerable.Range(0, schema.Count);
        ColumnSchema[] columns = [.. ColumnRules.Choose(schema, asked, options, dropped).Select(ordinal => schema[ordinal])];
        PushedPatterns patterns = await PatternsAsync(columns).ConfigureAwait(false);
        int[] features = await new PushedColumnRules(table, columns, patterns, options).ChooseAsync(dropped).ConfigureAwait(false);
        (PatternTable merged, long[] counts) = patterns.Merge(features);
        PushedColumn[] values = [.. columns.Select((column, i) => new PushedColumn(column, patterns.Filled(i)))];
        var signatures = new DataSignatures(options, values, features, dropped, merged, counts);
        await new PushedValues(table, signatures, values, features, options).FetchAsync().ConfigureAwait(false);
        Table rows = signatures.ToTable(options);
        SignatureAnalysis.Tell(signatures, schema, options, context);
        context.Remark?.Invoke($"The rows were counted at {table.Name}: it has no order of rows, so first_row is not known, and of equal counts that comes first whose pattern or text does.");
        return new PushedResult(TableStream.Of(rows), table.Queries);
    }

    private async Task<PushedPatterns> PatternsAsync(ColumnSchema[] columns)
    {
        Table found = await table.AskAsync(table.Pipe(
            $"summarize n = count() by p = {PatternExpression.Of(columns)}",
            $"take {MostPatterns + 1}")).ConfigureAwait(false);
        if (found.RowCount > MostPatterns)
        {
            throw new QuarryException(
                $"More than {MostPatterns:N0} different patterns of filled columns are too many to fetch. Ask for a shorter time range, name the columns (--column), or leave some out (--exclude, --exclude-pattern).");
        }

        return new PushedPatterns(columns.Length, Enumerable.Range(0, found.RowCount).Select(row => (found.TextOf("p", row), found.Count("n", row))));
    }
}
