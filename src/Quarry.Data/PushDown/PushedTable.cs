using Quarry.Data.Sources;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Data.PushDown;

/// <summary>A table of a source that is asked about, in KQL.</summary>
internal sealed class PushedTable
{
    private readonly IQuerySource _source;
    private readonly SourceQuery _table;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _queries = [];

    /// <summary>A table, by its name or a query that gives it.</summary>
    /// <exception cref="QuarryException">It is something else: several statements, or no KQL.</exception>
    public PushedTable(IQuerySource source, SourceQuery table, CancellationToken cancellation)
    {
        (_source, _table, _cancellation) = (source, table, cancellation);
        Text = table.Text.Trim();
        Check(Text);

        // What is put behind must not become part of something that was left open.
        Check(Pipe("take 0"));
    }

    /// <summary>The query that gives the table.</summary>
    public string Text { get; }

    /// <summary>What it is and where, for a person.</summary>
    public string Name => _source.Description.Name;

    /// <summary>What was sent, in order.</summary>
    public IReadOnlyList<string> Queries => _queries;

    /// <summary>The table's columns.</summary>
    public async Task<TableSchema> SchemaAsync() => (await AskAsync(Pipe("take 0")).ConfigureAwait(false)).Schema;

    /// <summary>The text of operators on the table, which each stand in a line.</summary>
    public string Pipe(params IEnumerable<string> operators) => Text + string.Concat(operators.Select(one => $"\n| {one}"));

    /// <summary>Asks a query, and gathers its rows. All of it has to arrive.</summary>
    public async Task<Table> AskAsync(string query)
    {
        _queries.Add(query);
        return (await _source.QueryAsync(_table with { Text = query, SplitBy = null, AllowsPartial = false }, _cancellation).ConfigureAwait(false)).Table;
    }

    /// <summary>Begins a query whose rows travel, split into parts where the caller wants that.</summary>
    public async Task<SourceRun> BeginAsync(string query)
    {
        _queries.Add(query);
        return await _source.BeginAsync(_table with { Text = query }, _cancellation).ConfigureAwait(false);
    }

    /// <summary>What to say where two answers do not fit each other.</summary>
    public static QuarryException Changed() => new("The table's rows changed while they were asked about. Ask for a time range that has ended.");

    private static void Check(string text)
    {
        SyntaxTree tree = SyntaxTree.Parse(text);
        if (tree.Diagnostics is [{ } first, ..])
        {
            throw new QuarryException($"'{text}' is no table: {first.Message} Give a table's name, or a query that gives one: OfficeActivity | where Operation == 'FileDeleted'.");
        }

        if (tree.Root.Statements is not { Count: 1, Elements.Count: 1 } || tree.Root.Statements[0] is not ExpressionStatement)
        {
            throw new QuarryException($"'{text}' is not one table: no let, set or other statement may stand before it, and no ; behind it.");
        }
    }
}
