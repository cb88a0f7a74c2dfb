using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Kql;

/// <summary>What <c>set</c> statements say. The service's limits and hints mean nothing to the embedded engine.</summary>
internal static class QuerySettings
{
    /// <summary>The present as a query sets it by <c>set query_now=datetime(...)</c>; null where it does not.</summary>
    public static DateTime? NowOf(SyntaxTree tree) =>
        tree.Root.Statements.OfType<SetStatement>().LastOrDefault(set => set.Name.Text == "query_now")?.Value is LiteralExpression literal
            && LiteralValues.TryGet(literal, isNegated: false, out object? value, out _) && value is long ticks
                ? new DateTime(ticks, DateTimeKind.Utc)
                : null;
}
