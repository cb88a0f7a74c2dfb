using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Comparisons and what combines them, with KQL's rules for nulls.</summary>
/// <remarks>
/// With a null on one side == and its kin are false and != and its kin true; with two nulls they are null; &lt; and its kin are
/// null with any. Where only the truth counts, in a filter, null and false are the same, and shorter SQL serves.
/// </remarks>
internal sealed partial class Lowerer
{
    /// <summary>A condition of which only the truth counts: null is as good as false.</summary>
    private string Filter(BoundExpression condition)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (condition)
        {
            case BoundCall { Name: "and" or "or", Arguments: var operands } logical:
                return $"({string.Join(logical.Name == "and" ? " AND " : " OR ", operands.Select(Filter))})";
            case BoundCall { Name: "==" or "!=" or "<>" or "<" or "<=" or ">" or ">=", Arguments: [var left, var right] } comparison:
                return Compared(comparison, left, right, isFilter: true).Text;
            default:
                return Truth(condition).Text;
        }
    }

    // A condition as a bool: a dynamic value is converted.
    private SqlValue Truth(BoundExpression condition) => Converted(Scalar(condition), TypeOf(condition), ColumnType.Bool, condition.Syntax);

    private SqlValue Logical(BoundCall call)
    {
        SqlValue[] operands = [.. call.Arguments.Select(Truth)];
        return new SqlValue($"({string.Join(call.Name == "and" ? " AND " : " OR ", operands)})", operands.Any(operand => operand.MayBeNull));
    }

    private SqlValue Compared(BoundCall call, BoundExpression left, BoundExpression right, bool isFilter)
    {
        bool isEquality = call.Name is "==" or "!=" or "<>";
        if (left is BoundCall { Name: "parse_version" } version && right is BoundCall { Name: "parse_version" } other)
        {
            // As texts of as many digits each: their numbers are larger than a decimal.
            SqlValue Key(BoundCall one) => Managed("$version_key", one.Syntax, (TextOf(one.Arguments[0]), ColumnType.String)) with { MayBeNull = true };
            return isEquality ? Equality(call.Name == "==", Key(version), Key(other), ColumnType.Guid, isFilter) : Order(call.Name, Key(version), Key(other), ColumnType.Guid);
        }

        if (TypeOf(left) == ColumnType.Dynamic || TypeOf(right) == ColumnType.Dynamic)
        {
            return ComparedWithDynamic(call, left, right);
        }

        (ColumnType leftType, ColumnType rightType) = (TypeOf(left), TypeOf(right));
        if (isEquality && IsTextWithNumber(leftType, rightType))
        {
            // Microsoft's binder lets it pass, and hunters write it: ResultType == 0. A number is compared by its text.
            return Equality(call.Name == "==", TextOf(left), TextOf(right), ColumnType.String, isFilter);
        }

        ColumnType type = leftType == rightType ? leftType
            : Commonly(leftType, rightType) ?? throw new LoweringRefusedException(
                call.Syntax,
                $"A {ScalarTypes.NameOf(leftType)} cannot be compared with a {ScalarTypes.NameOf(rightType)}; convert one with tostring(...), tolong(...) or the like.",
                Diagnostics.DiagnosticKind.Type);
        SqlValue first = ForComparison(left, type);
        SqlValue second = ForComparison(right, type);
        return isEquality ? Equality(call.Name == "==", first, second, type, isFilter) : Order(call.Name, first, second, type);
    }

    private static bool IsTextWithNumber(ColumnType left, ColumnType right) =>
        (left == ColumnType.String && ScalarTypes.IsNumber(right)) || (right == ColumnType.String && ScalarTypes.IsNumber(left));

    private static ColumnType? Commonly(ColumnType left, ColumnType right) =>
        Numeric(left) is { } first && Numeric(right) is { } second ? ScalarTypes.Wider(first, second)
        : (left, right) is (ColumnType.Guid, ColumnType.String) or (ColumnType.String, ColumnType.Guid) ? ColumnType.Guid
        : null;

    private static ColumnType? Numeric(ColumnType type) => ScalarTypes.IsNumber(type) ? type : type == ColumnType.Bool ? ColumnType.Int : null;

    private SqlValue ForComparison(BoundExpression operand, ColumnType type)
    {
        SqlValue value = Scalar(operand);
        return operand.Type == ColumnType.Bool && type != ColumnType.Bool
            ? value with { Text = $"CAST({value} AS {SqlText.TypeName(type)})" }
            : Converted(value, TypeOf(operand), type, operand.Syntax);
    }

    private SqlValue Equality(bool isEqual, SqlValue left, SqlValue right, ColumnType type, bool isFilter)
    {
        if ((left.MayBeNull && right.MayBeNull) || type == ColumnType.Real)
        {
            (left, right) = (Once(left), Once(right));
        }

        string equal = $"{left} = {right}";
        if (type == ColumnType.Real)
        {
            // NaN is not equal to itself; to the engine it is.
            bool IsNan(SqlValue side) => side.IsConstant && side.Text.Contains("nan", StringComparison.Ordinal);
            string notNan = IsNan(left) || IsNan(right) ? " AND false" : !left.IsConstant ? $" AND NOT isnan({left})" : !right.IsConstant ? $" AND NOT isnan({right})" : "";
            equal = $"({equal}{notNan})";
        }

        if (!left.MayBeNull && !right.MayBeNull)
        {
            return new SqlValue(isEqual ? $"({equal})" : $"(NOT ({equal}))", false);
        }

        if (isFilter && isEqual)
        {
            return new SqlValue($"({equal})");
        }

        string both = left.MayBeNull && right.MayBeNull && !isFilter ? $"WHEN {left} IS NULL AND {right} IS NULL THEN NULL " : "";
        string either = left.MayBeNull && right.MayBeNull && isFilter && !isEqual
            ? $"(CASE WHEN {left} IS NULL THEN {right} IS NOT NULL WHEN {right} IS NULL THEN true ELSE NOT ({equal}) END)"
            : both.Length > 0
                ? $"(CASE {both}ELSE coalesce({(isEqual ? equal : $"NOT ({equal})")}, {(isEqual ? "false" : "true")}) END)"
                : $"coalesce({(isEqual ? equal : $"NOT ({equal})")}, {(isEqual ? "false" : "true")})";
        return new SqlValue(either, both.Length > 0);
    }

    private SqlValue Order(string symbol, SqlValue left, SqlValue right, ColumnType type)
    {
        (left, right) = type == ColumnType.Real ? (Once(left), Once(right)) : (left, right);
        string compared = $"{left} {symbol} {right}";

        // No order has NaN in it; to the engine it is the greatest.
        if (type == ColumnType.Real)
        {
            string notNan = string.Join(" OR ", new[] { left, right }.Where(side => !side.IsConstant || side.Text.Contains("nan", StringComparison.Ordinal)).Select(side => $"isnan({side})"));
            compared = notNan.Length == 0 ? compared : $"CASE WHEN {notNan} THEN false ELSE {compared} END";
        }

        return new SqlValue($"({compared})", left.MayBeNull || right.MayBeNull);
    }

    // By value: a number in a dynamic with a number, a text with a text.
    private SqlValue ComparedWithDynamic(BoundCall call, BoundExpression left, BoundExpression right)
    {
        bool isSwapped = TypeOf(left) != ColumnType.Dynamic;
        (BoundExpression dynamic, BoundExpression other) = isSwapped ? (right, left) : (left, right);
        ColumnType type = TypeOf(other) == ColumnType.Int ? ColumnType.Long : TypeOf(other);
        SqlValue value = Scalar(dynamic);
        SqlValue against = Converted(Scalar(other), TypeOf(other), type, other.Syntax);
        if (call.Name is "==" or "!=" or "<>")
        {
            SqlValue equal = Managed("$dynamic_equals", call.Syntax, (value, ColumnType.Dynamic), (against, type));
            return call.Name == "==" ? equal
                : against.MayBeNull
                    ? new SqlValue($"(NOT {equal})")
                    : new SqlValue($"(NOT coalesce({equal}, false))", false);
        }

        string symbol = !isSwapped ? call.Name : call.Name switch { "<" => ">", "<=" => ">=", ">" => "<", _ => "<=" };
        ColumnType compared = ScalarTypes.IsNumber(type) && type != ColumnType.Decimal ? ColumnType.Real : type;
        SqlValue converted = Converted(value, ColumnType.Dynamic, compared, dynamic.Syntax);
        return Order(symbol, converted, Converted(against, type, compared, other.Syntax), compared);
    }

    private SqlValue Between(BoundCall call)
    {
        (BoundExpression value, BoundExpression low, BoundExpression high) = (call.Arguments[0], call.Arguments[1], call.Arguments[2]);
        if (value.Type == ColumnType.DateTime && high.Type == ColumnType.TimeSpan)
        {
            high = new BoundCall(high.Syntax, "+", [low, high], ColumnType.DateTime);
        }

        SqlValue from = Compared(new BoundCall(call.Syntax, ">=", [value, low], ColumnType.Bool), value, low, isFilter: false);
        SqlValue to = Compared(new BoundCall(call.Syntax, "<=", [value, high], ColumnType.Bool), value, high, isFilter: false);
        string both = $"({from} AND {to})";
        bool mayBeNull = from.MayBeNull || to.MayBeNull;
        return call.Name == "between" ? new SqlValue(both, mayBeNull) : new SqlValue($"(NOT {both})", mayBeNull);
    }

    private SqlValue In(BoundCall call)
    {
        bool isNegated = call.Name.StartsWith('!');
        bool ignoresCase = call.Name.EndsWith('~');
        BoundExpression value = call.Arguments[0];
        if (ignoresCase)
        {
            value = new BoundCall(value.Syntax, "tostring", [value], ColumnType.String);
        }

        SqlValue left = Scalar(value);
        var literals = new List<SqlValue>();
        var others = new List<SqlValue>();
        BoundExpression[] folded = [.. call.Arguments.Skip(1).Where(item => ignoresCase && item is not BoundQueryValue { IsScalar: false })];
        foreach (BoundExpression item in call.Arguments.Skip(1).Except(folded))
        {
            AddItem(item, value, left, ignoresCase, literals, others);
        }

        if (literals.Count > 0)
        {
            string list = $"{left} IN ({string.Join(", ", literals)})";
            others.Insert(0, new SqlValue(left.MayBeNull ? $"coalesce({list}, false)" : $"({list})", false));
        }

        if (folded.Length > 0)
        {
            others.Insert(0, Managed("$in_ci", call.Syntax, (left, ColumnType.String), (Joined(folded, call.Syntax), ColumnType.Dynamic)) with { MayBeNull = false });
        }

        string any = others.Count == 0 ? "false" : $"({string.Join(" OR ", others)})";
        return new SqlValue(isNegated ? $"(NOT {any})" : any, others.Any(one => one.MayBeNull));
    }

    private void AddItem(BoundExpression item, BoundExpression value, SqlValue left, bool ignoresCase, List<SqlValue> literals, List<SqlValue> others)
    {
        ColumnType type = TypeOf(value);
        if (item is BoundQueryValue { IsScalar: false } query && ignoresCase)
        {
            others.Add(Managed("$in_ci", item.Syntax, (left, ColumnType.String), (ListOf(query), ColumnType.Dynamic)) with { MayBeNull = false });
        }
        else if (item is BoundQueryValue { IsScalar: false } rows)
        {
            Relation relation = Lower(rows.Relation);
            string column = relation.Columns[rows.Relation.Schema.Columns[0]];
            if (TypeOf(item) == ColumnType.Dynamic)
            {
                // A column of arrays: an element of any of them.
                string elements = Managed("$elements", item.Syntax, (new SqlValue(column), ColumnType.Dynamic)).Text;
                relation = Emit($"SELECT unnest({elements}) AS e FROM {relation.Name}", relation.Columns);
                column = "e";
            }

            SqlValue member = Converted(new SqlValue(column), TypeOf(item), type, item.Syntax);
            others.Add(new SqlValue($"coalesce({left} IN (SELECT {member} FROM {relation.Name} WHERE {column} IS NOT NULL), false)", false));
        }
        else if (TypeOf(item) == ColumnType.Dynamic && type != ColumnType.Dynamic)
        {
            others.Add(type == ColumnType.String
                ? Managed("$in", item.Syntax, (left, ColumnType.String), (Scalar(item), ColumnType.Dynamic))
                : new SqlValue($"coalesce({Managed("set_has_element", item.Syntax, (Scalar(item), ColumnType.Dynamic), (Json(left, type, item.Syntax), ColumnType.Dynamic))}, false)", false));
        }
        else if (type == ColumnType.Dynamic)
        {
            others.Add(TypeOf(item) == ColumnType.Dynamic
                ? new SqlValue($"coalesce({Managed("set_has_element", item.Syntax, (Scalar(item), ColumnType.Dynamic), (left, ColumnType.Dynamic))}, false)", false)
                : new SqlValue($"coalesce({ComparedWithDynamic(new BoundCall(item.Syntax, "==", [value, item], ColumnType.Bool), value, item)}, false)", false));
        }
        else if (item is BoundLiteral && TypeOf(item) == type && type != ColumnType.Real)
        {
            literals.Add(Scalar(item));
        }
        else
        {
            SqlValue equal = Compared(new BoundCall(item.Syntax, "==", [value, item], ColumnType.Bool), value, item, isFilter: false);
            others.Add(equal.MayBeNull ? new SqlValue($"coalesce({equal}, false)", false) : equal);
        }
    }
}
