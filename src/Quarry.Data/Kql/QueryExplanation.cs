using System.Globalization;
using System.Text;
using Quarry.Kql.Binding;
using Quarry.Kql.Lowering;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>Writes out how a query was understood.</summary>
internal static class QueryExplanation
{
    // Deeper than a person reads, and the lines of a tree as deep as a hostile text are as long as it is deep.
    private const int MostDepth = 100;
    private const int LongestToken = 80;

    /// <summary>The explanation of a bound query.</summary>
    /// <param name="tree">The syntax tree.</param>
    /// <param name="query">What it was bound to.</param>
    /// <param name="lowered">The SQL; null where the data has to be asked first.</param>
    public static KqlExplanation Of(SyntaxTree tree, BoundQuery query, IReadOnlyList<LoweredQuery>? lowered) => new(
        TreeText(tree),
        lowered is not null ? [.. lowered.Select(one => new TableSchema(one.Columns))] : [.. query.Results.Select(result => Schema(result.Schema))],
        lowered is null ? [] : [.. lowered.Select(one => one.Sql)],
        lowered is null
            ? ["A part of the query (evaluate, externaldata, _GetWatchlist) has to be run to know its columns and its SQL: they are not told here."]
            : []);

    private static TableSchema Schema(RowSchema schema) =>
        new(schema.Columns.Select(column => new ColumnSchema(column.Name, column.Type ?? ColumnType.Dynamic)));

    private static string TreeText(SyntaxTree tree)
    {
        var text = new StringBuilder();
        var places = new LinePlaces(tree.Text);
        var waiting = new Stack<(SyntaxElement Element, int Depth)>();
        waiting.Push((tree.Root, 0));
        while (waiting.TryPop(out (SyntaxElement Element, int Depth) next))
        {
            if (next.Element is SyntaxToken { Kind: TokenKind.EndOfText })
            {
                continue;
            }

            text.Append(' ', 2 * Math.Min(next.Depth, MostDepth)).Append(Describe(next.Element)).Append("  ").Append(places.Of(next.Element.Start)).Append('\n');
            if (next.Element is SyntaxNode node)
            {
                for (int i = node.Children.Count - 1; i >= 0; i--)
                {
                    waiting.Push((node.Children[i], next.Depth + 1));
                }
            }
        }

        return text.ToString();
    }

    private static string Describe(SyntaxElement element)
    {
        if (element is not SyntaxToken token)
        {
            return element.GetType().Name;
        }

        string text = token.Text.Length > LongestToken ? $"{token.Text[..LongestToken]}…" : token.Text.ToString();
        return $"{token.Kind} {text}";
    }

    // Looks each line up once: counting from the start for every token would be the square of the text's length.
    private sealed class LinePlaces(string text)
    {
        private readonly int[] _starts = [0, .. text.Index().Where(one => one.Item == '\n').Select(one => one.Index + 1)];

        public string Of(int position)
        {
            int line = Array.BinarySearch(_starts, position);
            line = line < 0 ? ~line - 1 : line;
            return string.Create(CultureInfo.InvariantCulture, $"{line + 1}:{position - _starts[line] + 1}");
        }
    }
}
