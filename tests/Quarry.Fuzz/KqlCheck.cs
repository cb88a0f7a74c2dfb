using System.Text;
using Quarry.Data.Kql;
using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;
using static Quarry.Fuzz.BrokenInvariantException;

namespace Quarry.Fuzz;

/// <summary>Reads, binds and runs an input as a query: the tree holds every character of it, and what is wrong is told as an error of KQL.</summary>
internal static class KqlCheck
{
    private static readonly Dictionary<string, RowSchema> Tables = new()
    {
        ["T"] = RowSchema.Of([("a", ColumnType.Long), ("b c", ColumnType.String), ("d", ColumnType.Dynamic), ("t", ColumnType.DateTime)]),
    };

    private static readonly Lazy<KqlDatabase> Database = new(() =>
    {
        KqlDatabase database = KqlDatabase.Create(new KqlDatabaseOptions { Threads = 1, MemoryLimit = 256 << 20, TempDirectoryLimit = 64 << 20, Timeout = TimeSpan.FromSeconds(2) });
        TableBuilder rows = new(("a", ColumnType.Long), ("b c", ColumnType.String), ("d", ColumnType.Dynamic), ("t", ColumnType.DateTime));
        rows.AddRow(1L, "one two", "{\"k\":[1,2.5,null,\"x\"]}", new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        rows.AddRow(null, "", null, null);
        rows.AddRow(long.MinValue, "'\"\\\0\u202E", "[]", DateTime.MinValue);
        rows.AddRow(long.MaxValue, "ТЕРМ_x", "\"s\"", new DateTime(DateTime.MaxValue.Ticks, DateTimeKind.Utc));
        database.AddTable("T", rows.Build());
        return database;
    });

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
        RunOnRows(tree.Text);
        return text.Length;
    }

    private static void RunOnRows(string query)
    {
        try
        {
            _ = Database.Value.QueryAsync(query).GetAwaiter().GetResult();
        }
        catch (KqlException error)
        {
            Require(!error.Message.Contains("INTERNAL", StringComparison.Ordinal) && !error.Message.Contains("Binder Error", StringComparison.Ordinal)
                && !error.Message.Contains("Parser Error", StringComparison.Ordinal), $"the engine does not understand what was made of the query: {error.Message}");
        }
    }
}
