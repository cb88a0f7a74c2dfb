using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Tests.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Tests.Binding;

public class RecordedSchemaTests
{
    private static readonly Dictionary<string, RowSchema> NoTables = [];

    [Fact]
    public void Gives_names_and_types_as_kusto_does_or_refuses()
    {
        var gaps = new List<string>();
        int equal = 0;
        int refused = 0;
        foreach (RecordedCase recorded in Cases.Recorded().Where(one => !one.IsRejected && one.Columns is not null))
        {
            BoundQuery bound = Binder.Bind(SyntaxTree.Parse(recorded.Query), NoTables);
            RowSchema? schema = bound.Results.Count == 0 ? null : bound.Results[^1].Schema;
            if (bound.Diagnostics.Count > 0)
            {
                refused++;
                gaps.Add($"REFUSED {recorded.Id} {bound.Diagnostics[0].Message} @{bound.Diagnostics[0].Span.Start}: {recorded.Query}");
            }
            else if (schema is not null && !schema.IsOpen && !schema.Columns.Select(Text).SequenceEqual(recorded.Columns!))
            {
                gaps.Add($"DIFFERS {recorded.Id} {string.Join(", ", schema.Columns.Select(Text))} <> {string.Join(", ", recorded.Columns!)}: {recorded.Query}");
            }
            else
            {
                equal++;
            }
        }

        gaps.ShouldBeEmpty($"{equal} equal, {refused} refused");
        equal.ShouldBeGreaterThan(900);
    }

    [Fact]
    public void Refuses_what_kusto_refuses()
    {
        string[] accepted = [.. Cases.Recorded()
            .Where(one => one.IsRejected)
            .Where(one => Binder.Bind(SyntaxTree.Parse(one.Query), NoTables).Diagnostics.Count == 0)
            .Select(one => one.Query)];

        // The list is checked in both directions: a gap that is closed has to leave it.
        accepted.Where(query => !KnownBindingGaps.Accepted.Keys.Any(query.Contains)).ShouldBeEmpty();
        KnownBindingGaps.Accepted.Keys.Where(key => !accepted.Any(query => query.Contains(key, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    // The recording does not tell int from long, nor decimal from real.
    private static string Text(ColumnSymbol column) => $"{column.Name}:" + column.Type switch
    {
        ColumnType.Int or ColumnType.Long => "Int",
        ColumnType.Decimal or ColumnType.Real => "Real",
        _ => column.Type.ToString(),
    };
}
