using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Kql.Syntax.Operators;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Terms looked for in all columns.</summary>
internal sealed partial class Lowerer
{
    // "* has x": any column has it, numbers by their texts.
    private SqlValue AnyColumn(BoundCall call)
    {
        bool isNegated = call.Name.StartsWith('!') || call.Name.StartsWith("not", StringComparison.Ordinal);
        string name = isNegated ? call.Name.TrimStart('!') : call.Name;
        IEnumerable<SqlValue> found = _row.Columns.Where(column => column.Name != "$table").Select(column =>
            CallOf(call with { Name = name, Arguments = [new BoundColumn(call.Syntax, column), .. call.Arguments.Skip(1)] }));
        string any = string.Join(" OR ", found);
        return new SqlValue(any.Length == 0 ? (isNegated ? "true" : "false") : isNegated ? $"(NOT ({any}))" : $"({any})", false);
    }

    private Relation Search(BoundStep step, SearchOperator search)
    {
        List<(BoundRelation Bound, Relation Relation)> tables = step.Others.Count > 0
            ? [.. step.Others.Select(other => (other, Lower(other)))]
            : step.Input is null ? [] : [(step.Input, _from)];
        Relation all = Unified(step.Schema, tables, hasSource: true, unnamed: "search_arg");
        bool isCased = search.Options.Any(option => option is { Name: "kind", ValueText: "case_sensitive" });
        _from = all;
        _row = step.Schema;
        return Emit($"SELECT * FROM {all.Name} WHERE {SearchCondition(step.Assignments[0].Value, isCased)}", all.Columns);
    }

    // A text by itself is a term that any column has; "x*" begins with it, "*x" ends with it, "*x*" is anywhere.
    private string SearchCondition(BoundExpression condition, bool isCased)
    {
        switch (condition)
        {
            case BoundLiteral { Literal: StringLiteral text }:
                (string name, string term) = Wildcard(text.Value, isCased);
                return AnyColumnHas(name, term, condition.Syntax);
            case BoundLiteral { Literal: LiteralExpression { Token.Kind: TokenKind.Long or TokenKind.Real } number }:
                // A number is a term; as it was observed, reals are not looked at.
                return AnyColumnHas("$has", number.ToString().Trim(), condition.Syntax, ColumnType.Real);
            case BoundLiteral { Literal: StarExpression }:
                return "true";
            case BoundCall { Name: "and" or "or" } logical:
                return $"({string.Join(logical.Name == "and" ? " AND " : " OR ", logical.Arguments.Select(one => SearchCondition(one, isCased)))})";
            case BoundCall { Name: "not" } negation:
                return $"(NOT coalesce({SearchCondition(negation.Arguments[0], isCased)}, false))";
            case BoundCall { Name: ":", Arguments: [var column, BoundLiteral { Literal: StringLiteral sought }] } search when column is not BoundLiteral { Literal: StarExpression }:
                (string function, string needle) = Wildcard(sought.Value, isCased);
                return Managed(function, search.Syntax, (TextOf(column), ColumnType.String), (SqlText.Literal(needle, ColumnType.String), ColumnType.String)).Text;
            case BoundCall { Name: ":", Arguments: [BoundLiteral, BoundLiteral { Literal: StringLiteral any }] }:
                (string anyFunction, string anyNeedle) = Wildcard(any.Value, isCased);
                return AnyColumnHas(anyFunction, anyNeedle, condition.Syntax);
            default:
                return Filter(condition);
        }
    }

    private static (string Function, string Term) Wildcard(string term, bool isCased)
    {
        string cased = isCased ? "_cs" : "";
        bool begins = term.Length > 1 && term.EndsWith('*');
        bool ends = term.Length > 1 && term.StartsWith('*');
        string bare = term == "*" ? "" : term.Trim('*');
        return (begins, ends) switch
        {
            (true, true) => ("$contains" + cased, bare),
            (true, false) => ("$hasprefix" + cased, bare),
            (false, true) => ("$hassuffix" + cased, bare),
            _ => ("$has" + cased, bare),
        };
    }

    private string AnyColumnHas(string function, string term, Expression place, ColumnType? except = null)
    {
        IEnumerable<string> found = _row.Columns.Where(column => column.Name != "$table" && column.Type != except).Select(column => Managed(
            function, place,
            (Converted(new SqlValue(_from.Columns[column], column.Type != ColumnType.String), TypeOf(column), ColumnType.String, place), ColumnType.String),
            (SqlText.Literal(term, ColumnType.String), ColumnType.String)).Text);
        string any = string.Join(" OR ", found);
        return any.Length == 0 ? "false" : $"({any})";
    }

    private Relation Find(BoundStep step)
    {
        var find = (FindOperator)step.Syntax;
        Relation matching = Emit($"SELECT * FROM {_from.Name} WHERE {SearchCondition(step.Assignments[0].Value, isCased: false)}", _from.Columns);
        var columns = new Dictionary<ColumnSymbol, string> { [step.Schema.Columns[0]] = matching.Columns[_row.Columns[0]] };
        var added = new List<(ColumnSymbol?, string, string)>();
        foreach ((Expression wanted, ColumnSymbol column) in find.Columns!.Zip(step.Schema.Columns.Skip(1)))
        {
            string? name = wanted switch { NameExpression plain => plain.Name.Text, TypedName typed => typed.Name.Text, _ => null };
            ColumnSymbol? found = name is null ? null : _row.Find(name);
            if (name is null)
            {
                throw Refused(wanted, "'find' is supported with the names of columns behind 'project' only.");
            }

            added.Add((column, NewColumn(), found is null ? SqlText.Null(TypeOf(column)).Text
                : Converted(new SqlValue(matching.Columns[found]), TypeOf(found), TypeOf(column), wanted).Text));
        }

        return Add(matching with { Columns = columns }, added);
    }

    private Relation Reduce(BoundStep step, ReduceOperator reduce) => throw Refused(reduce.Keyword, "'reduce' is not supported by the embedded engine.");

}
