using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary><c>evaluate</c> and what is read from outside: columns that only the data tells.</summary>
internal sealed partial class Binder
{
    private BoundRelation BindEvaluate(BoundRelation from, EvaluateOperator evaluate)
    {
        if (_piped is not null && evaluate.Call.Name.Text != "narrow")
        {
            return NoTable(evaluate.Call, $"'evaluate {evaluate.Call.Name.Text}' is not supported inside a subquery: only the data tells its columns.", DiagnosticKind.Unsupported);
        }

        BoundRelation result = evaluate.Call.Name.Text switch
        {
            "bag_unpack" => BindBagUnpack(from, evaluate),
            "pivot" => BindPivot(from, evaluate),
            "narrow" => Step(from, evaluate, [], [("Row", ColumnType.Long), ("Column", ColumnType.String), ("Value", ColumnType.String)]),
            "ipv4_lookup" => BindAddressLookup(from, evaluate),
            string plugin when _options.Plugins.Contains(plugin) => BindAnalysis(from, evaluate),
            string plugin => NoPlugin(evaluate, plugin),
        };
        if (evaluate.Schema is null || result is not BoundStep { Syntax: EvaluateOperator } step)
        {
            return result;
        }

        RowSchema said = SchemaOf(evaluate.Schema);
        return step with { Schema = said.IsOpen ? new RowSchema([.. step.Schema.Columns.Concat(said.Columns).DistinctBy(column => column.Name)]) : Declared(step, said) };
    }

    // Columns of the declared names and types that the data has are those.
    private static RowSchema Declared(BoundStep step, RowSchema said) =>
        new([.. said.Columns.Select(column => step.Schema.Find(column.Name) is { } known && known.Type == column.Type ? known : column)]);

    private BoundStep NoPlugin(EvaluateOperator evaluate, string plugin)
    {
        string? nearest = NearestName.Of(plugin, _options.Plugins.Concat(["bag_unpack", "pivot", "narrow", "ipv4_lookup"]));
        Error(evaluate.Call, $"The plugin '{plugin}' is not supported{(nearest is null ? "." : $"; did you mean '{nearest}'?")}", DiagnosticKind.Unsupported);
        return new BoundStep(evaluate, null, [], [], new RowSchema([], IsOpen: true));
    }

    // ipv4_lookup(table, address, network, further keys..., return_unmatched): the rows of a table of networks that addresses are in.
    private BoundStep BindAddressLookup(BoundRelation from, EvaluateOperator evaluate)
    {
        List<Expression> syntax = [.. evaluate.Call.Arguments];
        if (syntax.Count < 3)
        {
            Error(evaluate.Call, "ipv4_lookup needs a table, a column with addresses, and the table's column with networks.");
            return new BoundStep(evaluate, from, [], [], new RowSchema([], IsOpen: true));
        }

        BoundRelation networks = On(RowSchema.Empty, () => BindTable(syntax[0]));
        var keys = new List<BoundAssignment> { new(null, BindScalar(syntax[1])), new(null, On(networks.Schema, () => BindScalar(syntax[2]))) };
        foreach (NameExpression name in syntax.Skip(3).OfType<NameExpression>())
        {
            keys.Add(new BoundAssignment(null, BindScalar(name)));
            keys.Add(new BoundAssignment(null, On(networks.Schema, () => BindScalar(name))));
        }

        foreach (BoundAssignment key in keys.Where((key, i) => i < 2 && key.Value.Type is not (null or ColumnType.String)))
        {
            Error(key.Value.Syntax, $"Expected a string, found a {ScalarTypes.NameOf(key.Value.Type)}.");
        }

        return new BoundStep(evaluate, from, keys, [networks], Joined(from.Schema, networks.Schema, _ => true));
    }

    private BoundRelation BindAnalysis(BoundRelation from, EvaluateOperator evaluate)
    {
        _needsHost = true;
        return _options.Host is { } host
            ? host.Run(evaluate, from)
            : new BoundStep(evaluate, from, [], [], new RowSchema([], IsOpen: true));
    }

    // bag_unpack(column, prefix, conflict, ignored): a column for each property of the objects.
    private BoundStep BindBagUnpack(BoundRelation from, EvaluateOperator evaluate)
    {
        SeparatedList<Expression> syntax = evaluate.Call.Arguments;
        if (syntax.Count == 0)
        {
            Error(evaluate.Call, "bag_unpack needs a dynamic column.");
            return new BoundStep(evaluate, from, [], [], new RowSchema([], IsOpen: true));
        }

        BoundExpression?[] arguments = BagArguments(syntax);
        BoundExpression bag = arguments[0] ?? new BoundCall(evaluate.Call, "error", [], null);
        if (arguments[0] is null)
        {
            Error(evaluate.Call, "bag_unpack needs a dynamic column.");
        }

        if (bag.Type is not (null or ColumnType.Dynamic))
        {
            Error(syntax[0], $"bag_unpack needs a dynamic column; this is a {ScalarTypes.NameOf(bag.Type)}.");
        }

        List<ColumnSymbol> kept = [.. from.Schema.Columns.Where(column => bag is not BoundColumn { Column: var unpacked } || column != unpacked)];
        _needsHost = true;
        if (_options.Host is not { } host)
        {
            return new BoundStep(evaluate, from, [new BoundAssignment(null, bag)], [], new RowSchema(kept, IsOpen: true));
        }

        string prefix = Text(arguments, 1) ?? "";
        string conflict = Text(arguments, 2) ?? "error";
        HashSet<string> ignored = arguments[3] is BoundLiteral { Literal: DynamicLiteral { Value: DynamicArray list } }
            ? [.. list.Elements.OfType<StringLiteral>().Select(one => one.Value)] : [];
        var assignments = new List<BoundAssignment>();
        foreach ((string name, ColumnType type) in host.PropertiesOf(from, bag).Where(property => !ignored.Contains(property.Name)))
        {
            string full = prefix + name;
            int at = kept.FindIndex(column => column.Name == full);
            if (at >= 0 && conflict is "error")
            {
                Error(evaluate.Call, $"There is a column '{full}' already; say columnsConflict='replace_source' or 'keep_source', or a prefix.", DiagnosticKind.Name);
            }
            else if (at < 0 || conflict == "replace_source")
            {
                var column = new ColumnSymbol(full, type);
                var property = new BoundAccess(syntax[0], bag, name, null);
                assignments.Add(new BoundAssignment(column, type == ColumnType.Dynamic ? property : new BoundCall(syntax[0], "argument", [property], type)));
                if (at >= 0)
                {
                    kept[at] = column;
                }
                else
                {
                    kept.Add(column);
                }
            }
        }

        return new BoundStep(evaluate, from, assignments, [], new RowSchema(kept));
    }

    // By place, or by name: bag_unpack(d, columnsConflict='replace_source').
    private BoundExpression?[] BagArguments(SeparatedList<Expression> syntax)
    {
        string[] names = ["Column", "OutputColumnPrefix", "columnsConflict", "ignoredProperties"];
        var arguments = new BoundExpression?[names.Length];
        for (int i = 0; i < syntax.Count; i++)
        {
            int at = syntax[i] is NamedExpression named ? Array.FindIndex(names, name => name.Equals(named.Name.Text, StringComparison.OrdinalIgnoreCase)) : i;
            if (at < 0 || at >= names.Length)
            {
                Error(syntax[i], "bag_unpack takes a column, a prefix, columnsConflict and ignoredProperties.");
                continue;
            }

            arguments[at] = BindScalar(syntax[i]);
        }

        if (Text(arguments, 2) is not (null or "error" or "replace_source" or "keep_source"))
        {
            Error(syntax[0], "columnsConflict is 'error', 'replace_source' or 'keep_source'.");
        }

        return arguments;
    }

    private static string? Text(BoundExpression?[] arguments, int index) =>
        arguments[index] is BoundLiteral { Literal: StringLiteral text } ? text.Value : null;

    // pivot(column, aggregate, others...): a column for each value of a column.
    private BoundStep BindPivot(BoundRelation from, EvaluateOperator evaluate)
    {
        SeparatedList<Expression> syntax = evaluate.Call.Arguments;
        HashSet<string> used = [.. syntax.SelectMany(one => one.DescendantsAndSelf()).OfType<NameExpression>().Select(one => one.Name.Text)];
        List<NameExpression> rows = [.. syntax.Skip(2).OfType<NameExpression>()];
        List<ColumnSymbol> keys = rows.Count > 0
            ? [.. rows.Select(row => from.Schema.Find(row.Name.Text)).OfType<ColumnSymbol>().Distinct()]
            : [.. from.Schema.Columns.Where(column => !used.Contains(column.Name))];
        _inAggregate = true;
        List<BoundExpression> arguments = [.. syntax.Select(BindScalar)];
        _inAggregate = false;
        _needsHost = true;
        if (_options.Host is not { } host || arguments.Count == 0)
        {
            return new BoundStep(evaluate, from, [.. arguments.Select(one => new BoundAssignment(null, one))], [], new RowSchema(keys, IsOpen: true));
        }

        BoundExpression aggregate = arguments.Count > 1 ? arguments[1] : new BoundCall(evaluate.Call, "count", [], ColumnType.Long);
        var assignments = new List<BoundAssignment>([.. keys.Select(key => new BoundAssignment(key, new BoundColumn(evaluate.Call, key)))]);
        var columns = new List<ColumnSymbol>(keys);
        foreach (string value in host.ValuesOf(from, arguments[0]))
        {
            var column = new ColumnSymbol(Free(value, columns.Select(known => known.Name).ToHashSet(StringComparer.Ordinal)), aggregate.Type);
            columns.Add(column);
            assignments.Add(new BoundAssignment(column, new BoundPivot(syntax[0], arguments[0], value, aggregate)));
        }

        return new BoundStep(evaluate, from, assignments, [], new RowSchema(columns));
    }

    private BoundRelation BindExternal(ExternalDataExpression external)
    {
        RowSchema schema = SchemaOf(external.Schema);
        _needsHost = true;
        return _options.Host is { } host ? host.Read(external, schema) : new BoundStep(external, null, [], [], schema);
    }

    private BoundRelation BindWatchlist(CallExpression call)
    {
        if (call.Arguments.Count == 0 || BindScalar(call.Arguments[0]) is not BoundLiteral { Literal: StringLiteral name })
        {
            return NoTable(call, "Expected the watchlist's name as a literal.");
        }

        return _options.Watchlist(name.Value) as BoundRelation
            ?? NoTable(call, $"There is no watchlist '{name.Value}'; put it as a CSV file into a folder and name that (--watchlists).", DiagnosticKind.Name);
    }
}
