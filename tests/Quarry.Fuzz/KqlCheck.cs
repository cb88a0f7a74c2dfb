using System.Text;
using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;
using static Quarry.Fuzz.BrokenInvariantException;

namespace Quarry.Fuzz;

/// <summary>Reads and binds an input as a query and checks that the tree holds every character of it.</summary>
internal static class KqlCheck
{
    private static readonly Dictionary<string, RowSchema> Tables = new()
    {
        ["T"] = RowSchema.Of([("a", ColumnType.Long), ("b c", ColumnType.String), ("d", ColumnType.Dynamic), ("t", ColumnType.DateTime)]),
    };

    /// <summary>Reads a query.</summary>
    public static SyntaxTree Read(byte[] text) => SyntaxTree.Parse(Encoding.UTF8.GetString(text));

    /// <summary>Checks a text; returns the bytes worked on.</summary>
    /// <exception cref="BrokenInvariantException">Something does not hold.</exception>
    public static long Run(byte[] text)
    {
        SyntaxTree tree = Read(text);
        int end = 0;
        foreach (SyntaxToken token in tree.Root.Tokens())
        {
            Require(token.FullStart == end, $"a token begins at {token.FullStart}, the one before it ends at {end}");
            end = token.End;
        }

        BoundQuery bound = Binder.Bind(tree, Tables);
        Require(bound.Diagnostics.Count > 0 || bound.Results.All(result => result.Schema.Columns.All(column => column.Type is not null)), "a column has no type and nothing was reported");
        Require(end == tree.Text.Length, $"the tokens end at {end}, the text at {tree.Text.Length}");
        Require(tree.Diagnostics.All(found => found.Span.Start >= 0 && found.Span.End <= tree.Text.Length), "an error stands outside the text");
        return text.Length;
    }
}
