using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;

namespace Quarry.Kql.Binding;

/// <summary>Sources of rows, and what is a table and what a value.</summary>
internal sealed partial class Binder
{
    private BoundRelation? _invoked;
    private BoundRelation? _piped;
    private bool _inSearch;

    // How often a table, or a function that would give one, was not there.
    private int _missingTables;

    // Whether an expression can only be a table, by its form.
    private static bool IsTable(Expression expression) => expression switch
    {
        ParenthesizedExpression inner => IsTable(inner.Inner),
        QueryExpression or DatatableExpression or ExternalDataExpression or ToTableExpression => true,
        MemberExpression member => IsOfDatabase(member),
        _ => false,
    };

    // A BoundRelation or a BoundExpression.
    private object BindTableOrScalar(Expression expression)
    {
        if (expression is ParenthesizedExpression inner)
        {
            return BindTableOrScalar(inner.Inner);
        }

        if (expression is NameExpression name && _row.Find(name.Name.Text) is null)
        {
            object? meaning = Find(name.Name.Text);
            return meaning switch
            {
                LetFunction function => CallLet(name, function, []) ?? Failed(name, "The function gives nothing."),
                BoundRelation relation => relation,
                null when _tables.ContainsKey(name.Name.Text) || !HasRow => BindTable(expression),
                _ => BindScalar(expression),
            };
        }

        if (expression is CallExpression call && Find(call.Name.Text) is LetFunction let)
        {
            return CallLet(call, let, call.Arguments) ?? Failed(call, "The function gives nothing.");
        }

        bool isTable = IsTable(expression) || expression is CallExpression { Name.Text: "table" or "materialized_view" or "external_table" or "_GetWatchlist" };
        return isTable ? BindTable(expression) : BindScalar(expression);
    }

    private bool HasRow => _row.Columns.Count > 0 || _row.IsOpen;

    private BoundRelation BindTable(Expression expression)
    {
        switch (expression)
        {
            case var _ when !HasStack(expression):
                return new BoundInput(new RowSchema([], IsOpen: true));
            case ParenthesizedExpression inner:
                return BindTable(inner.Inner);
            case ToTableExpression inner:
                return BindTable(inner.Query);
            case MaterializeExpression materialize:
                return new BoundMaterialized(BindTable(materialize.Query));
            case QueryExpression query:
                return BindQuery(query);
            case DatatableExpression datatable:
                return new BoundDatatable(datatable, [.. datatable.Values.Select(BindScalar)], SchemaOf(datatable.Schema));
            case ExternalDataExpression external:
                return BindExternal(external);
            case NameExpression name:
                return BindTableName(name);
            case MemberExpression member when IsOfDatabase(member):
                return BindOfDatabase(member);
            case CallExpression { Name.Text: "table" or "materialized_view" or "external_table" } table when table.Arguments.Count > 0 && table.Arguments[0] is StringLiteral text:
                return FindTable(table, text.Value);
            case CallExpression call when Find(call.Name.Text) is LetFunction let:
                return CallLet(call, let, call.Arguments) as BoundRelation ?? NoTable(call, $"'{call.Name.Text}' gives no table.");
            case CallExpression { Name.Text: "_GetWatchlist" } watchlist:
                return BindWatchlist(watchlist);
            case CallExpression call:
                _missingTables++;
                UnknownName(call, call.Name, "function that gives a table", _scope.Names);
                return new BoundInput(new RowSchema([], IsOpen: true));
            default:
                return NoTable(expression, "Expected a table.");
        }
    }

    // database('x').T, cluster('y').database('x').T, workspace('x').T
    private static bool IsOfDatabase(MemberExpression member) => member.Target switch
    {
        CallExpression { Name.Text: "database" or "workspace" or "cluster" or "app" or "resource" } => true,
        MemberExpression { Member: CallExpression { Name.Text: "database" } } inner => IsOfDatabase(inner),
        _ => false,
    };

    // There is one database here: a table of another is the one here that has its name.
    private BoundRelation BindOfDatabase(MemberExpression member)
    {
        switch (member.Member)
        {
            case NameExpression name when _tables.ContainsKey(name.Name.Text):
                return FindTable(name, name.Name.Text);
            case CallExpression call when _scope.Find(call.Name.Text) is LetFunction:
                return BindTable(call);
            default:
                return NoTable(member, "Other databases are not reached from here, and there is no table of this name; add it to this one.", DiagnosticKind.Name);
        }
    }

    private BoundInput NoTable(Expression place, string message, DiagnosticKind kind = DiagnosticKind.Type)
    {
        Error(place, message, kind);
        return new BoundInput(new RowSchema([], IsOpen: true));
    }

    private BoundRelation BindTableName(NameExpression name) => Find(name.Name.Text) switch
    {
        BoundRelation relation => relation,
        LetFunction function => CallLet(name, function, []) as BoundRelation ?? NoTable(name, $"'{name.Name.Text}' gives no table."),
        BoundExpression => NoTable(name, $"'{name.Name.Text}' is a value and not a table."),
        _ => FindTable(name, name.Name.Text),
    };

    private BoundRelation FindTable(Expression place, string name)
    {
        if (_tables.TryGetValue(name, out RowSchema? schema))
        {
            return new BoundTable(name, schema);
        }

        _missingTables++;
        string? nearest = NearestName.Of(name, _tables.Keys.Concat(_scope.Names));
        return NoTable(place, $"There is no table '{name}'{(nearest is null ? "." : $"; did you mean '{nearest}'?")}", DiagnosticKind.Name);
    }

    private BoundRelation BindQuery(QueryExpression query)
    {
        BoundRelation? current = query.Source switch
        {
            null => _piped,
            QueryOperator source => On(RowSchema.Empty, () => BindOperator(null, source)),
            CallExpression or NameExpression => On(RowSchema.Empty, () => BindTableOrScalar(query.Source)) switch
            {
                BoundRelation relation => relation,
                BoundExpression value => NoTable(query.Source, $"Expected a table, found a {ScalarTypes.NameOf(value.Type)}."),
                _ => null,
            },
            _ => On(RowSchema.Empty, () => BindTable(query.Source)),
        };
        Scope outer = _scope;
        _scope = new Scope(outer);
        foreach (QueryOperator next in query.Operators)
        {
            BoundRelation input = current!;
            current = On(input.Schema, () => BindOperator(input, next));
        }

        _scope = outer;
        return current!;
    }

    private BoundRelation BindSubquery(SubquerySyntax subquery, RowSchema input)
    {
        BoundRelation? outer = _piped;
        _piped = new BoundInput(input);
        BoundRelation result = On(input, () => BindTable(subquery.Query));
        _piped = outer;
        return result;
    }
}
