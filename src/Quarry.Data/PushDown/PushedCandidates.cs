using Quarry.Catalogue;
using Quarry.Data.Sources;
using Quarry.Kql.Syntax;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Data.PushDown;

/// <summary>
/// An analysis of single texts over the rows in which it may find something: a regular expression picks them out there, and the columns that are
/// looked at travel. The expression keeps more than the analysis finds, never less.
/// </summary>
internal sealed class PushedCandidates(PushedTable table, Analysis analysis, AnalysisContext context)
{
    private long _rows;

    /// <summary>What the analysis finds; the rows travel as it is read.</summary>
    /// <param name="options">The analysis's options.</param>
    /// <param name="pattern">What a text has to hold for anything to be found in it, as RE2 writes it; null where that cannot be said.</param>
    /// <param name="readsDynamic">Whether the analysis looks into columns of dynamic; else they only have a name in its result.</param>
    public async Task<PushedResult> RunAsync(object options, string? pattern, bool readsDynamic)
    {
        TableSchema schema = await table.SchemaAsync().ConfigureAwait(false);
        string[] columns = [.. TextColumns.Choose(schema, context.Columns).Distinct(StringComparer.Ordinal)];
        ColumnSchema[] read = [.. columns.Select(name => schema[schema.Require(name)]).Where(column => readsDynamic || column.Type == ColumnType.String)];
        string condition = read.Length == 0 ? "false" : string.Join("\n    or ", read.Select(column => Condition(column, pattern)));
        string project = columns.Length == 0 ? "take 0" : $"project {string.Join(", ", columns.Select(KqlClause.Quote))}";
        SourceRun run = await table.BeginAsync(table.Pipe($"where {condition}", project)).ConfigureAwait(false);
        try
        {
            TableStream rows = run.Next() ?? throw new SourceException(SourceFault.BrokenAnswer, $"{table.Name} answered without a table.");
            var input = new TableStream(rows.Schema, Numbered(rows), run);
            TableStream found = analysis.Run(input, options, context with { Columns = columns });
            return new PushedResult(new TableStream(found.Schema, Told(found, pattern is null), found), table.Queries);
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private static string Condition(ColumnSchema column, string? pattern)
    {
        string name = KqlClause.Quote(column.Name);
        if (pattern is null)
        {
            return column.Type == ColumnType.String ? $"isnotempty({name})" : $"isnotnull({name})";
        }

        // The analysis looks at a dynamic value's JSON; how a service escapes it in an answer is its own affair, so both forms count.
        string matches = $"matches regex {KqlLiteral.String(pattern)}";
        return column.Type == ColumnType.String ? $"{name} {matches}" : $"tostring({name}) {matches} or tostring(pack_array({name})) {matches}";
    }

    private IEnumerable<TableBatch> Numbered(TableStream rows)
    {
        foreach (TableBatch batch in rows.TakeBatches())
        {
            // Batches of one answer follow each other, whatever their reader numbered them from.
            yield return new TableBatch(batch.Table, _rows, batch.Source);
            _rows += batch.Table.RowCount;
        }
    }

    private IEnumerable<TableBatch> Told(TableStream found, bool isWhole)
    {
        // Before the rows: who stops reading has to know it too.
        string what = isWhole ? "all with text in the columns, since a pattern of your own cannot be looked for there" : "those in which something may stand";
        string index = analysis.Output.Select(column => column.Name).First(name => name is "src_index" or "SourceIndex");
        context.Remark?.Invoke($"{index} counts the rows that travel from {table.Name}: {what}.");
        foreach (TableBatch batch in found.TakeBatches())
        {
            yield return batch;
        }

        context.Remark?.Invoke($"{Counted.Of(_rows, "row", "rows")} travelled.");
    }
}
