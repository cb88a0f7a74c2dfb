using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary>Operators over several tables, subqueries and plugins.</summary>
internal sealed partial class Binder
{
    private BoundRelation BindCombining(BoundRelation from, BoundRelation? input, QueryOperator syntax)
    {
        switch (syntax)
        {
            case JoinOperator join:
                return BindJoin(from, join);
            case LookupOperator lookup:
                return BindLookup(from, lookup);
            case UnionOperator union:
                return BindUnion(input, union);
            case SearchOperator search:
                return BindSearch(input, search);
            case FindOperator find:
                return BindFind(find);
            case EvaluateOperator evaluate:
                return BindEvaluate(from, evaluate);
            case InvokeOperator invoke:
                return BindInvoke(from, invoke);
            case PartitionOperator partition:
                BoundExpression key = BindScalar(partition.Key);
                BoundRelation part = BindSubquery(partition.Subquery, from.Schema);
                return new BoundStep(syntax, from, [new BoundAssignment(null, key)], [part], part.Schema);
            case ForkOperator fork:
                List<BoundRelation> branches = [.. fork.Branches.Select(branch => BindSubquery(branch.Subquery, from.Schema))];
                return new BoundStep(syntax, from, [], branches, branches[0].Schema);
            case FacetOperator facet:
                List<BoundExpression> columns = [.. facet.Columns.Select(BindScalar)];
                List<BoundRelation> rest = facet.Subquery is null ? [] : [BindSubquery(facet.Subquery, from.Schema)];
                BoundStep counted = Step(from, syntax, columns, [(ColumnNames.Of(facet.Columns[0], false), columns[0].Type), ($"count_{ColumnNames.Of(facet.Columns[0], false)}", ColumnType.Long)]);
                return counted with { Others = rest };
            default:
                return NoTable(syntax, $"The operator '{syntax.Keyword.Text}' is not supported.", DiagnosticKind.Unsupported);
        }
    }

    private BoundStep BindJoin(BoundRelation from, JoinOperator join)
    {
        string kind = join.Options.FirstOrDefault(option => option.Name == "kind")?.ValueText ?? "innerunique";
        BoundRelation right = On(RowSchema.Empty, () => BindTable(join.Right));
        if (join.Conditions is null)
        {
            Error(join.Keyword, "Expected 'on' and the columns to join by.", DiagnosticKind.Syntax);
        }

        List<BoundExpression> conditions = [.. (join.Conditions ?? Enumerable.Empty<Expression>()).SelectMany(condition => BindJoinCondition(condition, right.Schema))];
        RowSchema? schema = kind switch
        {
            "leftsemi" or "leftanti" or "anti" or "leftantisemi" => from.Schema,
            "rightsemi" or "rightanti" or "rightantisemi" => right.Schema,
            "inner" or "innerunique" or "leftouter" or "rightouter" or "fullouter" => Joined(from.Schema, right.Schema, _ => true),
            _ => null,
        };
        if (schema is null)
        {
            Error(join, $"'{kind}' is no kind of join.", DiagnosticKind.Name);
        }

        return new BoundStep(join, from, [.. conditions.Select(one => new BoundAssignment(null, one))], [right], schema ?? from.Schema);
    }

    // "a" is "$left.a == $right.a"; conditions may be joined by "and".
    private IEnumerable<BoundExpression> BindJoinCondition(Expression condition, RowSchema right)
    {
        switch (condition)
        {
            case LogicalExpression { IsAnd: true } both:
                return both.Operands.SelectMany(one => BindJoinCondition(one, right));
            case ParenthesizedExpression inner:
                return BindJoinCondition(inner.Inner, right);
            case NameExpression name:
                return [JoinKey(condition, Side(name, _row), Side(name, right))];
            case BinaryExpression { Kind: BinaryOperator.Equal } equal:
                BoundExpression first = On(_row, () => BindScalar(equal.Left), right);
                BoundExpression second = On(_row, () => BindScalar(equal.Right), right);
                return [JoinKey(condition, first, second)];
            default:
                return [Failed(condition, "Expected a column of both tables, or $left.column == $right.column.")];
        }
    }

    private BoundExpression Side(NameExpression name, RowSchema schema) =>
        schema.Find(name.Name.Text) is { } column ? new BoundColumn(name, column)
        : schema.IsOpen ? new BoundColumn(name, new ColumnSymbol(name.Name.Text, null))
        : UnknownName(name, name.Name, "column on both sides", schema.Columns.Select(known => known.Name));

    private BoundExpression JoinKey(Expression place, BoundExpression left, BoundExpression right)
    {
        if (left.Type == ColumnType.Dynamic || right.Type == ColumnType.Dynamic)
        {
            return Failed(place, "Tables cannot be joined by a dynamic value; convert it with tostring(...), tolong(...) or the like.");
        }

        return left.Type is not null && right.Type is not null && left.Type != right.Type
            ? Failed(place, $"Tables are joined by values of one type; this is a {ScalarTypes.NameOf(left.Type)} on the left and a {ScalarTypes.NameOf(right.Type)} on the right.")
            : new BoundCall(place, "==", [left, right], ColumnType.Bool);
    }

    private static RowSchema Joined(RowSchema left, RowSchema right, Func<ColumnSymbol, bool> isKept)
    {
        List<ColumnSymbol> columns = [.. left.Columns];
        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (ColumnSymbol column in right.Columns.Where(isKept))
        {
            // A number that is free on both sides: "s1" may be a column of the right already.
            string name = !names.Contains(column.Name) ? column.Name
                : Free(column.Name, new HashSet<string>([.. names, .. right.Columns.Select(other => other.Name)], StringComparer.Ordinal), first: 1);
            names.Add(name);
            columns.Add(new ColumnSymbol(name, column.Type));
        }

        return new RowSchema(columns, left.IsOpen || right.IsOpen);
    }

    private BoundStep BindLookup(BoundRelation from, LookupOperator lookup)
    {
        BoundRelation right = On(RowSchema.Empty, () => BindTable(lookup.Right));
        List<BoundExpression> conditions = [.. lookup.Conditions.SelectMany(condition => BindJoinCondition(condition, right.Schema))];
        HashSet<ColumnSymbol> keys = [.. conditions.OfType<BoundCall>().SelectMany(one => one.Arguments).OfType<BoundColumn>().Select(one => one.Column)];
        RowSchema schema = Joined(from.Schema, right.Schema, column => !keys.Contains(column));
        return new BoundStep(lookup, from, [.. conditions.Select(one => new BoundAssignment(null, one))], [right], schema);
    }

    private BoundStep BindUnion(BoundRelation? input, UnionOperator union)
    {
        string? source = union.Options.FirstOrDefault(option => option.Name is "withsource" or "with_source")?.ValueText;
        bool isFuzzy = union.Options.Any(option => option.Name == "isfuzzy" && option.ValueText.Equals("true", StringComparison.OrdinalIgnoreCase));
        List<BoundRelation> tables = [.. On(RowSchema.Empty, () => union.Tables.SelectMany(table => BindTables(table, isFuzzy)).ToList())];
        IEnumerable<BoundRelation> all = input is null ? tables : tables.Prepend(input);
        return new BoundStep(union, input, [], tables, Unified([.. all.Select(table => table.Schema)], source, IsInner(union)));
    }

    /// <summary>Whether a union keeps the columns that all its tables have.</summary>
    internal static bool IsInner(UnionOperator union) => union.Options.Any(option => option is { Name: "kind", ValueText: "inner" });

    private IEnumerable<BoundRelation> BindTables(Expression table, bool isFuzzy)
    {
        if (table is NameExpression { Name: WildcardName wildcard })
        {
            List<BoundRelation> matching = TablesAndViews(table, known => Matches(wildcard.Text, known));
            return matching.Count > 0 || isFuzzy ? matching : [NoTable(table, $"There is no table '{wildcard.Text}'.", DiagnosticKind.Name)];
        }

        // A part of a fuzzy union that reads what is not there is left out, however deep it names it.
        (int errors, int missing) = (_diagnostics.All.Count, _missingTables);
        BoundRelation bound = BindTable(table);
        if (isFuzzy && _missingTables > missing && _diagnostics.All.Count - errors <= _missingTables - missing)
        {
            _diagnostics.Forget(errors);
            return [];
        }

        return [table is NameExpression { Name.Text: var name } && Find(name) is LetFunction { Syntax.IsView: true } ? new BoundView(name, bound) : bound];
    }

    private List<BoundRelation> TablesAndViews(Expression place, Func<string, bool> isWanted)
    {
        List<BoundRelation> found = [.. _tables.Where(known => isWanted(known.Key)).Select(known => new BoundTable(known.Key, known.Value))];
        foreach ((string name, LetFunction view) in _scope.Views.Where(known => isWanted(known.Name)).ToArray())
        {
            found.Add(new BoundView(name, CallLet(place, view, []) as BoundRelation ?? NoTable(place, $"'{name}' gives no table.")));
        }

        return found;
    }

    private static RowSchema Unified(IReadOnlyList<RowSchema> schemas, string? source, bool isInner = false)
    {
        IReadOnlyList<UnifiedColumn> unified = UnifiedColumns(schemas, isInner);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var columns = new List<(string Name, ColumnType? Type)>();
        if (source is not null)
        {
            columns.Add((source, ColumnType.String));
            taken.Add(source);
        }

        // "a_long" may be the name of a column, too: then that keeps it.
        HashSet<string> given = [.. unified.Where(one => one.Name == one.Source).Select(one => one.Name)];
        foreach (UnifiedColumn one in unified)
        {
            string name = one.Name == one.Source ? Free(one.Name, taken) : Free(one.Name, given.Union(taken).ToHashSet(StringComparer.Ordinal));
            columns.Add((name, one.Type));
            taken.Add(name);
        }

        return RowSchema.Of(columns) with { IsOpen = schemas.Any(schema => schema.IsOpen) };
    }

    /// <summary>
    /// The columns of a union, in order: by name and type. A name with several types has each as a column of its own, with
    /// the type in its name. <paramref name="isInner"/>: only those that all tables have.
    /// </summary>
    internal static IReadOnlyList<UnifiedColumn> UnifiedColumns(IReadOnlyList<RowSchema> schemas, bool isInner = false) =>
        [.. schemas.SelectMany(schema => schema.Columns)
            .GroupBy(column => column.Name, StringComparer.Ordinal)
            .SelectMany(same => same.Select(column => column.Type).Distinct().ToArray() is { Length: > 1 } types
                ? types.Select(type => new UnifiedColumn($"{same.Key}_{ScalarTypes.NameOf(type)}", same.Key, type))
                : [new UnifiedColumn(same.Key, same.Key, same.First().Type)])
            .Where(column => !isInner || schemas.All(schema => schema.Find(column.Source)?.Type == column.Type && schema.Find(column.Source) is not null))];

    private BoundStep BindSearch(BoundRelation? input, SearchOperator search)
    {
        List<BoundRelation> tables = search.Tables is not null
            ? [.. On(RowSchema.Empty, () => search.Tables.Tables.SelectMany(table => BindTables(table, false)).ToList())]
            : input is not null ? [] : On(RowSchema.Empty, () => TablesAndViews(search, _ => true));
        IReadOnlyList<BoundRelation> all = tables.Count > 0 || input is null ? tables : [input];
        RowSchema schema = Unified([.. all.Select(table => table.Schema)], "$table");
        _inSearch = true;
        BoundExpression predicate = On(schema, () => BindScalar(search.Predicate));
        _inSearch = false;
        return new BoundStep(search, input, [new BoundAssignment(null, predicate)], tables, schema);
    }

    private BoundStep BindFind(FindOperator find)
    {
        List<BoundRelation> tables = find.Tables is null
            ? On(RowSchema.Empty, () => TablesAndViews(find, _ => true))
            : [.. On(RowSchema.Empty, () => find.Tables.Tables.SelectMany(table => BindTables(table, false)).ToList())];
        string source = find.Options.FirstOrDefault(option => option.Name is "withsource" or "with_source")?.ValueText ?? "source_";
        RowSchema schema = Unified([.. tables.Select(table => table.Schema)], source);
        _inSearch = true;
        BoundExpression predicate = On(schema with { IsOpen = true }, () => BindScalar(find.Predicate));
        _inSearch = false;
        if (find.Columns is null)
        {
            Error(find.Keyword, "'find' is supported with 'project' and the columns of its result only.", DiagnosticKind.Unsupported);
        }

        List<(string Name, ColumnType? Type)> columns = [(source, ColumnType.String)];
        foreach (Expression column in find.Columns ?? Enumerable.Empty<Expression>())
        {
            columns.Add(column switch
            {
                TypedName typed => (typed.Name.Text, TypeOf(typed.Type)),
                NameExpression name => (name.Name.Text, tables.Select(table => table.Schema.Find(name.Name.Text)).OfType<ColumnSymbol>().LastOrDefault()?.Type),
                _ => ("pack_", ColumnType.Dynamic),
            });
        }

        return new BoundStep(find, new BoundUnified(tables, schema), [new BoundAssignment(null, predicate)], [], RowSchema.Of(columns));
    }

    private BoundRelation BindInvoke(BoundRelation from, InvokeOperator invoke)
    {
        if (invoke.Call is not CallExpression call || Find(call.Name.Text) is not LetFunction function)
        {
            return NoTable(invoke.Call, $"There is no function '{(invoke.Call as CallExpression)?.Name.Text}' here.", DiagnosticKind.Name);
        }

        _invoked = from;
        object? result = CallLet(call, function, [new MissingExpression(call.Tokens().First()), .. call.Arguments]);
        _invoked = null;
        return result as BoundRelation ?? NoTable(call, $"'{call.Name.Text}' gives no table.");
    }
}
