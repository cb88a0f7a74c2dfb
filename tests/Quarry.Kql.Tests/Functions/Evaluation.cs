using Quarry.Kql.Binding;
using Quarry.Kql.Functions;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Tests.Functions;

/// <summary>Computes bound expressions one value at a time, with the functions in C# and nothing else.</summary>
internal static class Evaluation
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        ["+"] = "$add",
        ["-"] = "$subtract",
        ["*"] = "$multiply",
        ["/"] = "$divide",
        ["%"] = "$modulo",
    };

    /// <summary>The value: bool, int, long, double, decimal, DateTime, TimeSpan or string.</summary>
    public static object? Of(BoundExpression expression, Dictionary<ColumnSymbol, object?> row) => expression switch
    {
        BoundLiteral { Syntax: LiteralExpression literal } => Literal(literal, false, expression.Type!.Value),
        BoundLiteral { Syntax: StringLiteral text } => text.Value,
        BoundColumn column => row.TryGetValue(column.Column, out object? value) ? value : throw new NotSupportedException(),
        BoundCall { Name: "-", Arguments: [BoundLiteral { Syntax: LiteralExpression literal }] } when literal.Token.Kind is TokenKind.Long => Literal(literal, true, ColumnType.Long),
        BoundCall call => Apply(call, [.. call.Arguments.Select(one => Of(one, row))]),
        _ => throw new NotSupportedException(),
    };

    private static object? Literal(LiteralExpression literal, bool isNegated, ColumnType type)
    {
        LiteralValues.TryGet(literal, isNegated, out object? value, out string message).ShouldBeTrue(message);
        return (value, type) switch
        {
            (long ticks, ColumnType.DateTime) => new DateTime(ticks, DateTimeKind.Utc),
            (long ticks, ColumnType.TimeSpan) => new TimeSpan(ticks),
            (Int128 scaled, _) => DecimalStorage.ToDecimal(scaled),
            _ => value,
        };
    }

    private static object? Apply(BoundCall call, object?[] values)
    {
        ColumnType[] types = [.. call.Arguments.Select(one => one.Type!.Value)];
        string name = call.Arguments.Count == 1 && call.Name == "-" ? "$negate" : Operators.GetValueOrDefault(call.Name, call.Name);
        if (types.All(ScalarTypes.IsNumber) && types.Contains(ColumnType.Real) && name is "$add" or "$subtract" or "$multiply" or "$divide")
        {
            return values.Contains(null) || types.Contains(ColumnType.Decimal) ? null : Reals(name, (double)Converted(values[0], ColumnType.Real)!, (double)Converted(values[1], ColumnType.Real)!);
        }

        switch (name)
        {
            case "isnull":
                return values[0] is null;
            case "isnotnull":
                return values[0] is not null;
            case "gettype":
                return types[0] == ColumnType.Dynamic ? throw new NotSupportedException() : ScalarTypes.NameOf(types[0]);
            case "==" when types[0] == types[1] && types[0] != ColumnType.Dynamic:
                return values[0] is double left && values[1] is double right ? left == right : Equals(values[0], values[1]);
        }

        ScalarFunction? form = FunctionLibrary.Scalars.GetValueOrDefault(name)?.FirstOrDefault(one => Takes(one, types, ScalarTypes.IsPromotable));
        return form is null ? throw new NotSupportedException(name)
            : Call.Of(form, [.. values.Select((value, i) => Converted(value, i < form.Parameters.Count ? form.Parameters[i] : form.Further!.Value))]);
    }

    private static bool Takes(ScalarFunction form, ColumnType[] types, Func<ColumnType, ColumnType, bool> fits) =>
        types.Length >= form.Required && (types.Length <= form.Parameters.Count || form.Further is not null)
        && types.Select((type, i) => type != ColumnType.Dynamic && fits(type, i < form.Parameters.Count ? form.Parameters[i] : form.Further!.Value)).All(fit => fit);

    private static double Reals(string name, double left, double right) => name switch
    {
        "$add" => left + right,
        "$subtract" => left - right,
        "$multiply" => left * right,
        _ => left / right,
    };

    /// <summary>A number as a wider type, or a constant as its column's type.</summary>
    public static object? Converted(object? value, ColumnType type) => (value, type) switch
    {
        (int number, ColumnType.Long) => (long)number,
        (int number, ColumnType.Real) => (double)number,
        (int number, ColumnType.Decimal) => (decimal)number,
        (long number, ColumnType.Int) => (int)number,
        (long number, ColumnType.Real) => (double)number,
        (long number, ColumnType.Decimal) => (decimal)number,
        (double number, ColumnType.Decimal) => (decimal)number,
        _ => value,
    };
}
