using System.Globalization;
using Quarry.Kql.Binding;
using Quarry.Kql.Functions;
using Quarry.Kql.Functions.Dynamic;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Values: columns, literals, access to dynamic values, arithmetic, conversions.</summary>
internal sealed partial class Lowerer
{
    /// <summary>The value of an expression, null where KQL's is.</summary>
    private SqlValue Scalar(BoundExpression expression)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return expression switch
        {
            BoundLiteral literal => Literal(literal),
            BoundColumn column => ColumnOf(column),
            BoundAccess access => Access(access),
            BoundQueryValue query => FirstValue(query),
            BoundPivot pivot => Pivoted(pivot),
            BoundOnce once => ComputedOnce(once),
            BoundNames names => new SqlValue(SqlText.Literal(JsonOutput.Strings(names.Names)), false, true),
            BoundCall call => CallOf(call),
            _ => throw new InvalidOperationException($"{expression.GetType().Name} is not lowered."),
        };
    }

    /// <summary>
    /// A value that is going to be written more than once: a long one becomes a column of the table before, for texts that
    /// double at each level would know no end.
    /// </summary>
    private SqlValue Once(SqlValue value)
    {
        if (value.Text.Length <= 64 || _isGrouping || _isScanning)
        {
            return value;
        }

        string column = NewColumn();
        _from = Add(_from, [(null, column, value.Text)]);
        return value with { Text = column };
    }

    private SqlValue ColumnOf(BoundColumn bound)
    {
        return _from.Columns.TryGetValue(bound.Column, out string? column)
            ? new SqlValue(column, bound.Type != ColumnType.String && !_neverNull.Contains(column))
            : throw Refused(bound.Syntax, $"The column '{bound.Column.Name}' is not known before the query runs; the embedded engine does not support it here.");
    }

    private static SqlValue Literal(BoundLiteral literal) => literal.Literal switch
    {
        StringLiteral text => SqlText.Literal(text.Value, ColumnType.String),
        DynamicLiteral dynamic => DynamicValue(dynamic),
        LiteralExpression value => SqlText.Literal(ValueOf(value), TypeOf(literal)),
        StarExpression star => throw Refused(star, "'*' is not supported here by the embedded engine."),
        var other => throw Refused(other, "This is not supported here by the embedded engine."),
    };

    private static SqlValue DynamicValue(DynamicLiteral literal) =>
        literal.DescendantsAndSelf().OfType<LiteralExpression>().FirstOrDefault(one => one.Token.Kind == TokenKind.Real && !double.IsFinite(double.Parse(one.Token.Text, CultureInfo.InvariantCulture))) is { } beyond
        ? throw Refused(beyond, "This number is beyond the range of real.")
        : DynamicLiterals.ToJson(literal) is { } json ? new SqlValue(SqlText.Literal(json), false, true) : SqlText.Null(ColumnType.Dynamic);

    private static object? ValueOf(LiteralExpression literal) =>
        LiteralValues.TryGet(literal, isNegated: false, out object? value, out string message)
            ? value
            : throw new LoweringRefusedException(literal, message, Diagnostics.DiagnosticKind.Type);

    private static bool LiteralIsNull(LiteralExpression literal) => ValueOf(literal) is null;

    // d.a["b"][0] is one walk through the text of d.
    private SqlValue Access(BoundAccess access)
    {
        if (Walk(access, "$path") is { } walk)
        {
            return walk;
        }

        BoundExpression key = access.Index!;
        (string function, ColumnType type) = key.Type switch
        {
            ColumnType.Int or ColumnType.Long => ("$index", key.Type.Value),
            ColumnType.Dynamic => ("$at", ColumnType.Dynamic),
            _ => ("$property", ColumnType.String),
        };
        SqlValue place = type == ColumnType.String ? TextOf(key) : Scalar(key);
        return Managed(function, access.Syntax, (Scalar(access.Target), ColumnType.Dynamic), (place, type));
    }

    // Null where the last step is not known before the rows are.
    private SqlValue? Walk(BoundAccess access, string function)
    {
        var steps = new Stack<BoundAccess>();
        BoundExpression target = access;
        while (target is BoundAccess inner && (inner.Property is not null || ConstantIndex(inner.Index) is not null))
        {
            steps.Push(inner);
            target = inner.Target;
        }

        if (steps.Count == 0)
        {
            return null;
        }

        var path = new DynamicPath();
        foreach (BoundAccess step in steps)
        {
            path = step.Property is { } property ? path.Property(property) : path.Element(ConstantIndex(step.Index)!.Value);
        }

        // Of arrays that were sorted together, an index means one of them.
        SqlValue walked = target is BoundCall { Name: "array_sort_asc" or "array_sort_desc" } sorted && PartsOf(sorted) is { } parts
            ? CallOf(sorted with { Name = parts, Type = ColumnType.Dynamic })
            : Scalar(target);
        return Managed(function, access.Syntax, (walked, ColumnType.Dynamic), (SqlText.Literal(path.ToString(), ColumnType.String), ColumnType.String));
    }

    private static long? ConstantIndex(BoundExpression? index) => index switch
    {
        BoundLiteral { Literal: LiteralExpression literal, Type: ColumnType.Long or ColumnType.Int } when ValueOf(literal) is { } value =>
            Convert.ToInt64(value, CultureInfo.InvariantCulture),
        BoundCall { Name: "-", Arguments: [BoundLiteral { Literal: LiteralExpression literal, Type: ColumnType.Long }] }
            when LiteralValues.TryGet(literal, isNegated: true, out object? value, out _) && value is long number => number,
        _ => null,
    };

    private SqlValue FirstValue(BoundQueryValue query)
    {
        if (_isScanning)
        {
            throw Refused(query.Syntax, "A query within what depends on a step's state is not supported by the embedded engine.");
        }

        Relation relation = Lower(query.Relation);
        string column = relation.Columns[query.Relation.Schema.Columns[0]];
        string sql = $"(SELECT {column} FROM {relation.Name}{relation.OrderBy} LIMIT 1)";
        return query.Type == ColumnType.String ? new SqlValue($"coalesce({sql}, '')", false) : new SqlValue(sql);
    }

    // A table of one row by itself, so that a random value is the same wherever its name is used.
    private SqlValue ComputedOnce(BoundOnce once)
    {
        if (!_computedOnce.TryGetValue(once.Value, out SqlValue known))
        {
            (Relation from, RowSchema row, bool isGrouping) = (_from, _row, _isGrouping);
            (_from, _row, _isGrouping) = (Emit("SELECT 1", new Dictionary<ColumnSymbol, string>()), RowSchema.Empty, false);
            SqlValue value = Scalar(once.Value);
            string column = NewColumn();
            Relation computed = Emit($"SELECT {value} AS {column} FROM {_from.Name}", new Dictionary<ColumnSymbol, string>(), isMaterialized: true);
            (_from, _row, _isGrouping) = (from, row, isGrouping);
            known = value.IsConstant ? value : value with { Text = $"(SELECT {column} FROM {computed.Name})" };
            _computedOnce[once.Value] = known;
        }

        return known;
    }

    private readonly Dictionary<BoundExpression, SqlValue> _computedOnce = new(ReferenceEqualityComparer.Instance);

    // One of the columns that a function gives: of most there is one.
    private SqlValue Part(BoundAssignment assignment, int part)
    {
        BoundExpression value = assignment.Value;
        if (value is BoundCall { Syntax: var syntax } call && PartsOf(call) is { } function)
        {
            SqlValue whole = CallOf(call with { Name = function, Type = ColumnType.Dynamic });
            ColumnType type = assignment.Column?.Type ?? ColumnType.Dynamic;
            return Converted(
                Managed("$index", syntax, (whole, ColumnType.Dynamic), (SqlText.Literal((long)part, ColumnType.Long), ColumnType.Long)), ColumnType.Dynamic, type, syntax);
        }

        return Scalar(value);
    }

    /// <summary>A value as another type's, as an argument is passed and as the functions that convert do.</summary>
    private SqlValue Converted(SqlValue value, ColumnType from, ColumnType to, Expression place)
    {
        if (from == to)
        {
            return value;
        }

        switch (from, to)
        {
            case (ColumnType.Int, ColumnType.Long):
            case (ColumnType.Int or ColumnType.Long, ColumnType.Real):
            case (ColumnType.Int or ColumnType.Long, ColumnType.Decimal):
                return value with { Text = $"CAST({value} AS {SqlText.TypeName(to)})" };
            case (_, ColumnType.Dynamic):
                return Json(value, from, place);
            case (ColumnType.Dynamic, ColumnType.String):
                return Managed("$text_of_dynamic", place, (value, from));
            case (_, ColumnType.String):
                return Managed("tostring", place, (value, from));
            case (ColumnType.Dynamic, ColumnType.Bool or ColumnType.Int or ColumnType.Long or ColumnType.Real):
                return Managed($"$dynamic_to_{ScalarTypes.NameOf(to)}", place, (value, from));
            case (ColumnType.Dynamic, _):
                // Times, decimals and guids are texts in JSON.
                return Converted(Managed("$text_of_dynamic", place, (value, from)), ColumnType.String, to, place);
            default:
                string function = to switch
                {
                    ColumnType.Bool => "tobool",
                    ColumnType.Int => "toint",
                    ColumnType.Long => "tolong",
                    ColumnType.Real => "toreal",
                    ColumnType.Decimal => "todecimal",
                    ColumnType.DateTime => "todatetime",
                    ColumnType.TimeSpan => "totimespan",
                    _ => "toguid",
                };
                return Managed(function, place, (value, from));
        }
    }

    // A value as a part of a dynamic one.
    private SqlValue Json(SqlValue value, ColumnType type, Expression place) =>
        type == ColumnType.Dynamic ? value : Managed("$json", place, (value, type));

    private SqlValue JsonOf(BoundExpression expression) => Json(Scalar(expression), TypeOf(expression), expression.Syntax);

    private SqlValue TextOf(BoundExpression expression) =>
        expression is BoundAccess access && Walk(access, "$path_text") is { } text ? text
        : Converted(Scalar(expression), TypeOf(expression), ColumnType.String, expression.Syntax);

    private SqlValue LongOf(BoundExpression expression) => Converted(Scalar(expression), TypeOf(expression), ColumnType.Long, expression.Syntax);

    private bool _inCell;

    private SqlValue Arithmetic(BoundCall call)
    {
        ColumnType result = TypeOf(call);
        // The least long is written so in a datatable only; elsewhere its digits are a literal by themselves, which is beyond long.
        if (call.Arguments is [BoundLiteral { Literal: LiteralExpression literal }] && call.Name == "-"
            && LiteralValues.TryGet(literal, isNegated: true, out object? negative, out _)
            && (_inCell || LiteralValues.TryGet(literal, isNegated: false, out _, out _)))
        {
            return SqlText.Literal(negative, result);
        }

        if (call.Arguments is [var operand])
        {
            SqlValue signed = Converted(Scalar(operand), TypeOf(operand), result, operand.Syntax);
            return call.Name == "+" ? signed
                : result == ColumnType.Real ? signed with { Text = $"(0.0 - {signed})", IsConstant = false }
                : Managed("$negate", call.Syntax, (signed, result));
        }

        (BoundExpression left, BoundExpression right) = (call.Arguments[0], call.Arguments[1]);
        (ColumnType leftType, ColumnType rightType) = (OperandType(left, right, result), OperandType(right, left, result));
        SqlValue first = Converted(Scalar(left), TypeOf(left), leftType, left.Syntax);
        SqlValue second = Converted(Scalar(right), TypeOf(right), rightType, right.Syntax);
        if (result == ColumnType.Real && leftType == ColumnType.Real && rightType == ColumnType.Real && call.Name != "%")
        {
            return new SqlValue($"({first} {call.Name} {second})", first.MayBeNull || second.MayBeNull);
        }

        // By a positive number whole numbers are divided exactly as SQL does.
        if (result == ColumnType.Long && call.Name is "/" or "%" && leftType == ColumnType.Long
            && right is BoundLiteral { Literal: LiteralExpression divisor } && ValueOf(divisor) is long and > 0 and var number)
        {
            string by = SqlText.Literal(number);
            return new SqlValue(call.Name == "/" ? $"({first} // {by})" : $"((({first} % {by}) + {by}) % {by})", first.MayBeNull);
        }

        string function = call.Name switch { "+" => "$add", "-" => "$subtract", "*" => "$multiply", "/" => "$divide", _ => "$modulo" };
        return Managed(function, call.Syntax, (first, leftType), (second, rightType));
    }

    // Numbers are computed in the result's type; a time with what it is combined with.
    private static ColumnType OperandType(BoundExpression operand, BoundExpression other, ColumnType result)
    {
        ColumnType type = TypeOf(operand);
        bool isTime = type is ColumnType.DateTime or ColumnType.TimeSpan;
        if (type == ColumnType.Dynamic)
        {
            return other.Type is { } known && known is ColumnType.DateTime or ColumnType.TimeSpan && result != ColumnType.TimeSpan ? ColumnType.TimeSpan
                : other.Type is ColumnType.DateTime or ColumnType.TimeSpan ? other.Type.Value
                : result;
        }

        return isTime ? type
            : ScalarTypes.IsNumber(result) && other.Type is not (ColumnType.DateTime or ColumnType.TimeSpan) ? result
            : type == ColumnType.Int ? ColumnType.Long
            : type;
    }

    /// <summary>A call of a function in C#: of its first form that takes arguments of these types.</summary>
    private SqlValue Managed(string name, Expression place, params IReadOnlyList<(SqlValue Value, ColumnType Type)> arguments)
    {
        ScalarFunction form = Form(name, place, [.. arguments.Select(argument => argument.Type)]);
        _functions.Add(form.SqlName);
        IEnumerable<string> given = arguments.Select((argument, i) =>
            Promoted(argument.Value, argument.Type, i < form.Parameters.Count ? form.Parameters[i] : form.Further!.Value, place));
        IEnumerable<string> leftOut = form.Parameters.Skip(arguments.Count).Select(type => $"CAST(NULL AS {SqlText.TypeName(type)})");
        return new SqlValue($"{form.SqlName}({string.Join(", ", given.Concat(leftOut))})", form.Returns != ColumnType.String);
    }

    private string Promoted(SqlValue value, ColumnType from, ColumnType to, Expression place) => Converted(value, from, to, place).Text;

    private static ScalarFunction Form(string name, Expression place, ColumnType[] types) => FormOf(name, types)
        ?? throw Refused(place, $"'{name.TrimStart('$')}' of {string.Join(", ", types.Select(type => ScalarTypes.NameOf(type)))} is not supported by the embedded engine.");

    // Of the forms that take the arguments the one that takes most of them as they are.
    private static ScalarFunction? FormOf(string name, ColumnType[] types) =>
        (FunctionLibrary.Scalars.GetValueOrDefault(name) ?? []).Where(form => types.Length >= form.Required
            && (types.Length <= form.Parameters.Count || form.Further is not null)
            && types.Select((type, i) => (type, to: i < form.Parameters.Count ? form.Parameters[i] : form.Further!.Value)).All(one => ScalarTypes.IsPromotable(one.type, one.to)))
        .OrderByDescending(form => types.Where((type, i) => i < form.Parameters.Count && form.Parameters[i] == type).Count())
        .FirstOrDefault();
}
