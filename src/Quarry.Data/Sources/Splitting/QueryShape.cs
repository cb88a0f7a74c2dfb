using Quarry.Data.Kql;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;

namespace Quarry.Data.Sources.Splitting;

/// <summary>What a query's text says of how its rows come about.</summary>
internal static class QueryShape
{
    private static readonly HashSet<string> OfNeighbours = new(StringComparer.OrdinalIgnoreCase)
    {
        "prev", "next", "row_number", "row_cumsum", "row_rank_dense", "row_rank_min", "row_window_session",
    };

    private static readonly HashSet<string> OfTables = new(StringComparer.OrdinalIgnoreCase) { "table", "database", "cluster", "workspace", "app", "external_table", "materialized_view", "toscalar", "materialize" };

    /// <summary>The name of the only table that a query reads; null where it reads others, or none, or what it reads cannot be told.</summary>
    public static NameExpression? OnlyTable(SyntaxTree tree)
    {
        if (tree.Diagnostics.Count > 0 || SourceOf(tree) is not { } source)
        {
            return null;
        }

        HashSet<string> declared = DeclaredIn(tree);
        return tree.Root.DescendantsAndSelf().Any(node => Combines(node) || ReadsMore(node, source, declared) is not null) ? null : source;
    }

    /// <summary>
    /// Makes sure that the parts of a query, each over a part of the time and put together, are the query over the whole time: that it
    /// reads one table by its name, and every operator makes of each row something without looking at others. A name is taken for a
    /// table; what a function stored at the service does cannot be seen.
    /// </summary>
    /// <exception cref="SourceException">They are not; the message tells what stands against it, and where.</exception>
    public static void RequireSplittable(string text)
    {
        SyntaxTree tree = SyntaxTree.Parse(text);
        if (tree.Diagnostics.Count > 0)
        {
            throw new KqlException(text, tree.Diagnostics);
        }

        if (SourceOf(tree) is not { } source)
        {
            throw Refused(text, tree.Root.Statements.Count > 0 ? tree.Root.Statements[^1] : tree.Root, "it does not begin with the name of a table");
        }

        HashSet<string> declared = DeclaredIn(tree);
        foreach (SyntaxNode node in tree.Root.DescendantsAndSelf())
        {
            string? against = node switch
            {
                QueryOperator one when !IsRowWise(one) => $"'{Keyword(one)}' looks at more than one row or table at once",
                CallExpression call when OfNeighbours.Contains(call.Name.Text) => $"'{call.Name.Text}' looks at the rows beside",
                UnsupportedStatement => "this statement is not one that can be split",
                _ => ReadsMore(node, source, declared),
            };
            if (against is not null)
            {
                throw Refused(text, node, against);
            }
        }
    }

    /// <summary>Whether a query asks what time it is, which each of its parts is told anew.</summary>
    public static bool AsksForNow(string text) =>
        SyntaxTree.Parse(text).Root.DescendantsAndSelf().Any(node => node is CallExpression call && call.Name.Text is "now" or "ago");

    private static bool IsRowWise(QueryOperator one) => one switch
    {
        WhereOperator or ExtendOperator or ProjectOperator or ProjectAwayOperator or ProjectKeepOperator or ProjectByNamesOperator or ProjectRenameOperator
            or ProjectReorderOperator or ParseOperator or ParseKvOperator or MvExpandOperator or AssertSchemaOperator or RenderOperator => true,
        _ => false,
    };

    private static bool Combines(SyntaxNode node) => node is UnionOperator or JoinOperator or LookupOperator or FindOperator or SearchOperator or InvokeOperator or EvaluateOperator or UnsupportedOperator or PrintOperator or RangeOperator;

    // What makes a query read more than its source: subqueries, calls that stand for tables, lists that may be tables.
    private static string? ReadsMore(SyntaxNode node, NameExpression source, HashSet<string> declared) => node switch
    {
        ToScalarExpression or ToTableExpression or MaterializeExpression => "a query inside it is run over each part alone",
        QueryExpression query when query.Source != source && query.Source is not null => "it reads a second table",
        LetStatement { Value: NameExpression alias } when !declared.Contains(alias.Name.Text) => $"'{alias.Name.Text}' may be another table",
        CallExpression call when OfTables.Contains(call.Name.Text) => $"'{call.Name.Text}' reads another table",
        ListExpression list when list.Items.Count == 1 && list.Items[0] is NameExpression name && !declared.Contains(name.Name.Text) => $"'{name.Name.Text}' in a list may be another table",
        _ => null,
    };

    private static NameExpression? SourceOf(SyntaxTree tree)
    {
        ExpressionStatement[] statements = [.. tree.Root.Statements.OfType<ExpressionStatement>()];
        if (statements.Length != 1)
        {
            return null;
        }

        Expression expression = statements[0].Expression;
        var name = (expression is QueryExpression query ? query.Source : expression) as NameExpression;
        return name is not null && name.Name is not WildcardName && !DeclaredIn(tree).Contains(name.Name.Text) ? name : null;
    }

    private static HashSet<string> DeclaredIn(SyntaxTree tree) =>
    [
        .. tree.Root.Statements.OfType<LetStatement>().Select(statement => statement.Name.Text),
        .. tree.Root.Statements.OfType<QueryParametersStatement>().SelectMany(statement => statement.Parameters).Select(parameter => parameter.Name.Text),
    ];

    private static string Keyword(QueryOperator one) => one.Keyword.Text.ToString();

    private static SourceException Refused(string text, SyntaxNode at, string against)
    {
        (int line, int column) = KqlDiagnostic.LineAndColumn(text, at.Start);
        return new SourceException(
            SourceFault.Unsupported,
            $"The query cannot be split by time, because {against} (line {line}, column {column}): its parts put together would not be the whole. "
            + "Ask without splitting, or split only the rows and do the rest here.");
    }
}
