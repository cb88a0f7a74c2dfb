using Quarry.Cli.Verbs;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Local;
using Quarry.Kql.Completion;
using Quarry.Tables;

namespace Quarry.Cli.Prompts;

/// <summary>What a prompt knows of the tables that it is asked about.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Complete">What may stand at a place of a query.</param>
/// <param name="List">The tables, a row each.</param>
/// <param name="Schema">The columns of one, a row each; null if there is no such table.</param>
internal sealed record PromptTables(int Count, Func<string, int, KqlCompletion> Complete, Func<Table> List, Func<string, Table?> Schema)
{
    /// <summary>What a source tells; a service is asked once.</summary>
    public static PromptTables Of(IQuerySource source, CancellationToken cancellation)
    {
        if (source is LocalSource { Database: var database })
        {
            return new PromptTables(database.Tables.Count, database.Complete, () => TablesVerb.List(database), name => TablesVerb.Schema(database, name));
        }

        IReadOnlyList<SourceTable> tables = source.TablesAsync(cancellation).WaitAsync(cancellation).GetAwaiter().GetResult();
        Dictionary<string, TableSchema> schemas = tables.DistinctBy(table => table.Name).ToDictionary(table => table.Name, table => table.Schema, StringComparer.Ordinal);
        return new PromptTables(
            tables.Count,
            (text, caret) => KqlCompletion.At(text, caret, schemas, []),
            () => TablesVerb.List(tables),
            name => schemas.TryGetValue(name, out TableSchema? schema) ? TablesVerb.Columns(schema) : null);
    }
}
