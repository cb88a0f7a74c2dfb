using Quarry.Kql.Diagnostics;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Binding;

/// <summary>Scalar expressions.</summary>
internal sealed partial class Binder
{
    private BoundExpression BindScalar(Expression expression)
    {
        return expression switch
        {
            _ when !HasStack(expression) => new BoundCall(expression, "error", [], null),
            LiteralExpression literal => new BoundLiteral(literal, TypeOfLiteral(literal)),
            StringLiteral text => new BoundLiteral(text, ColumnType.String),
            DynamicLiteral dynamic => new BoundLiteral(dynamic, ColumnType.Dynamic),
            NameExpression name => BindName(name),
            ParenthesizedExpression inner => BindScalar(inner.Inner),
            MemberExpression member => BindMember(member),
            ElementExpression element => BindElement(element),
            CallExpression call => BindCall(call),
            UnaryExpression unary => BindUnary(unary),
            BinaryExpression binary => BindBinary(binary),
            LogicalExpression logical => BindLogical(logical),
            ListExpression list => BindList(list),
            BetweenExpression between => BindBetween(between),
            ToScalarExpression toScalar => BindToScalar(toScalar),
            NamedExpression named => BindScalar(named.Value),
            StarExpression or TypeofExpression => new BoundLiteral(expression, ColumnType.Dynamic),
            MissingExpression => new BoundCall(expression, "error", [], null),
            _ => Failed(expression, "Expected a value, found a table; toscalar(...) takes its first value."),
        };
    }

    /// <summary>The type of a literal.</summary>
    internal static ColumnType? TypeOfLiteral(LiteralExpression literal)
    {
        ReadOnlySpan<char> text = literal.Token.Text;
        return literal.Token.Kind switch
        {
            TokenKind.Long => ColumnType.Long,
            TokenKind.Real => ColumnType.Real,
            TokenKind.TimeSpan => ColumnType.TimeSpan,
            TokenKind.Typed => ScalarTypes.Named(text[..text.IndexOf('(')]),
            _ => ColumnType.Bool,
        };
    }

    private BoundExpression BindName(NameExpression name)
    {
        string text = name.Name.Text;
        if (_row.Find(text) is { } column)
        {
            return new BoundColumn(name, column);
        }

        switch (Find(text))
        {
            case BoundExpression value:
                return value with { Syntax = name };
            case BoundRelation relation:
                return FirstColumn(name, relation);
            case LetFunction function:
                return CallLet(name, function, []) as BoundExpression ?? Failed(name, $"'{text}' is a table and not a value; toscalar(...) takes its first value.");
        }

        if (text == "$table" || _row.IsOpen)
        {
            // What else there is only the data tells; so it is of any type.
            return new BoundColumn(name, new ColumnSymbol(text, text == "$table" ? ColumnType.String : null));
        }

        return UnknownName(name, name.Name, "column or value", _row.Columns.Select(known => known.Name).Concat(_scope.Names));
    }

    // "x in (T)", "has_any (T)": a table's first column. Elsewhere a table is no value.
    private BoundExpression FirstColumn(Expression place, BoundRelation relation) =>
        relation.Schema.Columns.Count == 0 ? Failed(place, "The table has no column.")
        : new BoundQueryValue(place, relation, relation.Schema.Columns[0].Type);

    private BoundExpression BindMember(MemberExpression member)
    {
        if (member.Target is NameExpression { Name.Text: "$left" or "$right" } side && member.Member is NameExpression joined)
        {
            RowSchema schema = side.Name.Text == "$left" || _right is null ? _row : _right;
            return schema.Find(joined.Name.Text) is { } column ? new BoundColumn(member, column)
                : schema.IsOpen ? new BoundColumn(member, new ColumnSymbol(joined.Name.Text, null))
                : UnknownName(member, joined.Name, $"column in {side.Name.Text}", schema.Columns.Select(known => known.Name));
        }

        if (member is { Target: NameExpression step, Member: NameExpression state } && Find(step.Name.Text) is StepState { Schema: var states })
        {
            return states.Find(state.Name.Text) is { } column ? new BoundColumn(member, column)
                : UnknownName(member, state.Name, $"column in step '{step.Name.Text}'", states.Columns.Select(known => known.Name));
        }

        BoundExpression target = BindScalar(member.Target);
        if (target.Type is not (null or ColumnType.Dynamic))
        {
            return Failed(member, $"A {ScalarTypes.NameOf(target.Type)} has no properties; only dynamic values have.");
        }

        return member.Member is NameExpression property
            ? new BoundAccess(member, target, property.Name.Text, null)
            : Failed(member, "Functions of other databases are not supported.", DiagnosticKind.Unsupported);
    }

    private BoundExpression BindElement(ElementExpression element)
    {
        BoundExpression target = BindScalar(element.Target);
        BoundExpression index = BindScalar(element.Index);
        return target.Type is null or ColumnType.Dynamic
            ? new BoundAccess(element, target, (element.Index as StringLiteral)?.Value, index)
            : Failed(element, $"A {ScalarTypes.NameOf(target.Type)} has no elements; only dynamic values have.");
    }

    private BoundExpression BindUnary(UnaryExpression unary)
    {
        BoundExpression operand = BindScalar(unary.Operand);
        ColumnType? type = operand.Type is not { } known ? null
            : known is ColumnType.Int && operand is not BoundLiteral ? ColumnType.Long
            : ScalarTypes.IsNumber(known) || known is ColumnType.TimeSpan or ColumnType.Dynamic ? known
            : null;
        return type is null && operand.Type is not null
            ? Failed(unary, $"A {ScalarTypes.NameOf(operand.Type)} has no sign.")
            : new BoundCall(unary, unary.IsMinus ? "-" : "+", [operand], type);
    }

    private BoundExpression BindBinary(BinaryExpression binary)
    {
        BoundExpression left = binary.Left is StarExpression ? new BoundLiteral(binary.Left, ColumnType.String) : BindScalar(binary.Left);
        BoundExpression right = BindScalar(binary.Right);
        string symbol = binary.Symbol.ToString();
        if (left.Type is not { } leftType || right.Type is not { } rightType)
        {
            return new BoundCall(binary, symbol, [left, right], IsArithmetic(binary.Kind) ? null : ColumnType.Bool);
        }

        ColumnType? type = binary.Kind switch
        {
            <= BinaryOperator.Modulo => ScalarTypes.Arithmetic(symbol[0], leftType, rightType),
            BinaryOperator.Equal or BinaryOperator.NotEqual => leftType == ColumnType.Dynamic && rightType == ColumnType.Dynamic ? null : ColumnType.Bool,
            <= BinaryOperator.GreaterOrEqual => AreOrdered(leftType, rightType) ? ColumnType.Bool : null,
            _ => IsText(leftType) && IsText(rightType) ? ColumnType.Bool : null,
        };
        return type is not null
            ? new BoundCall(binary, symbol, [left, right], type)
            : Failed(
                binary,
                $"'{symbol}' is not defined for {ScalarTypes.NameOf(leftType)} and {ScalarTypes.NameOf(rightType)}; convert one with tostring(...), tolong(...) or the like.");
    }

    private static bool IsArithmetic(BinaryOperator kind) => kind <= BinaryOperator.Modulo;

    private static bool IsText(ColumnType type) => type is ColumnType.String or ColumnType.Dynamic;

    private static bool AreOrdered(ColumnType left, ColumnType right)
    {
        static bool IsNumeric(ColumnType type) => ScalarTypes.IsNumber(type) || type is ColumnType.Bool or ColumnType.Dynamic;
        return (IsNumeric(left) && IsNumeric(right) && !(left != right && Either(left, right, ColumnType.Bool) && Either(left, right, ColumnType.Dynamic)))
            || (left == right && left is ColumnType.DateTime or ColumnType.TimeSpan);
    }

    private static bool Either(ColumnType left, ColumnType right, ColumnType type) => left == type || right == type;

    private BoundExpression BindLogical(LogicalExpression logical)
    {
        var operands = new List<BoundExpression>(logical.Operands.Count);
        foreach (Expression syntax in logical.Operands)
        {
            BoundExpression operand = BindScalar(syntax);
            operands.Add(operand.Type is null or ColumnType.Bool or ColumnType.Dynamic || IsSearchTerm(operand)
                ? operand
                : Failed(syntax, $"Expected a condition, found a {ScalarTypes.NameOf(operand.Type)}."));
        }

        return new BoundCall(logical, logical.IsAnd ? "and" : "or", operands, ColumnType.Bool);
    }

    private bool IsSearchTerm(BoundExpression operand) => _inSearch && operand is BoundLiteral or BoundCall { Name: "not" };

    private BoundExpression BindList(ListExpression list)
    {
        BoundExpression left = list.Left is StarExpression ? new BoundLiteral(list.Left, ColumnType.String) : BindScalar(list.Left);
        List<BoundExpression> arguments = [left, .. list.Items.Select(BindListItem)];
        return list.Kind >= ListOperator.InIgnoringCase && left.Type is { } type && !IsText(type)
            ? Failed(list, $"'{list.Symbol.Text}' is not defined for a {ScalarTypes.NameOf(type)}.")
            : new BoundCall(list, list.Symbol.ToString(), arguments, ColumnType.Bool);
    }

    private BoundExpression BindListItem(Expression item) =>
        item is not NameExpression && IsTable(item) ? FirstColumn(item, BindTable(item)) : BindNameOrTable(item);

    private BoundExpression BindNameOrTable(Expression item) =>
        item is NameExpression name && _row.Find(name.Name.Text) is null && Find(name.Name.Text) is null && _tables.ContainsKey(name.Name.Text)
            ? FirstColumn(item, BindTable(item))
            : item is NameExpression or CallExpression && BindTableOrScalar(item) is BoundRelation relation ? FirstColumn(item, relation)
            : BindScalar(item);

    private BoundExpression BindBetween(BetweenExpression between)
    {
        BoundExpression value = BindScalar(between.Value);
        BoundExpression low = BindScalar(between.Low);
        BoundExpression high = BindScalar(between.High);
        bool known = value.Type is not null && low.Type is not null && high.Type is not null;
        bool isSpan = value.Type == ColumnType.DateTime && low.Type == ColumnType.DateTime && high.Type == ColumnType.TimeSpan;
        return known && !isSpan && !(AreOrdered(value.Type!.Value, low.Type!.Value) && AreOrdered(value.Type.Value, high.Type!.Value))
            ? Failed(between, $"'between' is not defined for {ScalarTypes.NameOf(value.Type)}, {ScalarTypes.NameOf(low.Type)} and {ScalarTypes.NameOf(high.Type)}.")
            : new BoundCall(between, between.IsNegated ? "!between" : "between", [value, low, high], ColumnType.Bool);
    }

    private BoundExpression BindToScalar(ToScalarExpression toScalar) =>
        BindTableOrScalar(toScalar.Query) switch
        {
            BoundRelation relation => FirstColumn(toScalar, relation) is BoundQueryValue first ? first with { IsScalar = true } : new BoundCall(toScalar, "error", [], null),
            BoundExpression value => value is BoundLiteral || value.Type is null ? value : new BoundOnce(toScalar, value),
            _ => Failed(toScalar, "Expected a query."),
        };
}
