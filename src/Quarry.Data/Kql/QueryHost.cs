using System.Text.Json;
using Quarry.Catalogue;
using Quarry.Kql.Binding;
using Quarry.Kql.Diagnostics;
using Quarry.Kql.Lowering;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>
/// Runs parts of a query while it is bound, where only the data tells how it goes on. What it keeps (the results of
/// plugins, rows from outside) goes with it.
/// </summary>
internal sealed class QueryHost(KqlDatabase database, DateTime now, KqlRunOptions options, CancellationToken cancellation) : IQueryHost, IDisposable
{
    // As many columns as a table of Kusto's has at most, and more than a person looks at.
    private const int MostColumns = 10_000;

    private readonly List<KqlTable> _kept = [];
    private readonly List<string> _remarks = [];

    /// <summary>What there is to know beside the rows, a sentence each.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>The tables that it keeps, by their names.</summary>
    public IEnumerable<KqlTable> Kept => _kept;

    /// <summary>What the run was given; its parameters are of their types.</summary>
    public KqlRunOptions Given { get; } = options;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, ColumnType Type)> PropertiesOf(BoundRelation input, BoundExpression bag)
    {
        var column = new ColumnSymbol("bag", ColumnType.Dynamic);
        var types = new Dictionary<string, ColumnType?>(StringComparer.Ordinal);
        foreach (TableBatch batch in Rows(input, bag, column))
        {
            for (int row = 0; row < batch.Table.RowCount; row++)
            {
                if (batch.Table[0].GetValue(row) is not string json)
                {
                    continue;
                }

                try
                {
                    Note(json, types, bag);
                }
                catch (Exception error) when (error is JsonException or InvalidOperationException)
                {
                    // Nested beyond all measure, or half a surrogate in a name.
                    throw new LoweringRefusedException(bag.Syntax, $"A value of this column cannot become columns: {error.Message}", DiagnosticKind.Unsupported);
                }
            }
        }

        return [.. types.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => (property.Key, property.Value ?? ColumnType.Dynamic))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ValuesOf(BoundRelation input, BoundExpression column)
    {
        var text = new BoundCall(column.Syntax, "tostring", [column], ColumnType.String);
        var values = new SortedSet<string>(StringComparer.Ordinal);
        foreach (TableBatch batch in Rows(input, text, new ColumnSymbol("value", ColumnType.String)))
        {
            for (int row = 0; row < batch.Table.RowCount; row++)
            {
                values.Add((string?)batch.Table[0].GetValue(row) ?? "");
                RequireFew(values.Count, column.Syntax);
            }
        }

        return [.. values];
    }

    /// <inheritdoc/>
    public BoundTable Run(EvaluateOperator plugin, BoundRelation input)
    {
        Analysis analysis = PluginArguments.AnalysisOf(plugin.Call.Name.Text);
        (IReadOnlyList<string> columns, object options) = PluginArguments.Read(plugin, input.Schema);
        LoweredQuery lowered = Lowerer.Lower(input, Options());
        var running = new RunningQuery(database, lowered, Given, cancellation);
        try
        {
            using TableStream rows = new(running.Schema, running.Batches(), running);
            using TableStream result = analysis.Run(rows, options, new AnalysisContext { Columns = columns, Cancellation = cancellation, Remark = sentence => _remarks.Add($"{plugin.Call.Name.Text}: {sentence}") });
            return Keep(database.StoreHidden(plugin.Call.Name.Text, result));
        }
        catch (QuarryException error) when (error is not KqlException)
        {
            throw new LoweringRefusedException(plugin.Call, $"{plugin.Call.Name.Text}: {error.Message}", DiagnosticKind.Type);
        }
        finally
        {
            _remarks.AddRange(running.Remarks);
        }
    }

    /// <inheritdoc/>
    public BoundTable Read(ExternalDataExpression external, RowSchema schema)
    {
        Table rows = ExternalTables.Read(database.Options, external, schema, cancellation);
        var typed = new TableSchema([.. schema.Columns.Select(column => new ColumnSchema(column.Name, column.Type ?? ColumnType.String))]);
        KqlTable kept = database.StoreHidden("externaldata", TableStream.Of(rows), typed);
        _remarks.AddRange(kept.Remarks);
        return Keep(kept);
    }

    /// <inheritdoc/>
    public void Dispose() => _kept.ForEach(database.DropHidden);

    /// <summary>What a part of the query is lowered with.</summary>
    public LoweringOptions Options() =>
        database.LoweringOptions(now, Given.Parameters, name => _kept.Find(table => table.Name == name)?.SqlName ?? database.SqlNameOf(name, Given));

    // A name that no query can write tells what is kept from the tables of the database.
    private BoundTable Keep(KqlTable table)
    {
        _kept.Add(table);
        return new BoundTable(table.Name, table.Symbols);
    }

    private IEnumerable<TableBatch> Rows(BoundRelation input, BoundExpression value, ColumnSymbol column)
    {
        var one = new BoundStep(new ProjectOperator(value.Syntax.Tokens().First(), new SeparatedList<Expression>([], [])), input, [new BoundAssignment(column, value)], [], new RowSchema([column]));
        using var running = new RunningQuery(database, Lowerer.Lower(one, Options()), Given, cancellation);
        foreach (TableBatch batch in running.Batches())
        {
            yield return batch;
        }
    }

    private static void Note(string json, Dictionary<string, ColumnType?> types, BoundExpression bag)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            ColumnType? type = TypeOf(property.Value);
            types[property.Name] = !types.TryGetValue(property.Name, out ColumnType? known) || known is null ? type
                : type is null || known == type ? known
                : (known, type) is (ColumnType.Long, ColumnType.Real) or (ColumnType.Real, ColumnType.Long) ? ColumnType.Real
                : ColumnType.Dynamic;
            RequireFew(types.Count, bag.Syntax);
        }
    }

    private static ColumnType? TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => ColumnType.Bool,
        JsonValueKind.String => ColumnType.String,
        JsonValueKind.Number => value.TryGetInt64(out _) && !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') ? ColumnType.Long : ColumnType.Real,
        _ => ColumnType.Dynamic,
    };

    private static void RequireFew(int count, Expression place)
    {
        if (count > MostColumns)
        {
            throw new LoweringRefusedException(place, $"This would give more than {MostColumns} columns.", DiagnosticKind.Unsupported);
        }
    }
}
