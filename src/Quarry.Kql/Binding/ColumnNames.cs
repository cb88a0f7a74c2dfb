using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;

namespace Quarry.Kql.Binding;

/// <summary>What a column is called that nobody names. Microsoft's binder follows these rules.</summary>
internal static class ColumnNames
{
    /// <summary>
    /// The name that follows from an expression, empty if there is none: that of a column, the path to a property
    /// (<c>d.a["b"]</c> is <c>d_a_b</c>), or what a function makes of its first argument's name.
    /// </summary>
    public static string Of(Expression expression, bool isAggregate) => expression switch
    {
        NameExpression name => name.Name.Text,
        ParenthesizedExpression inner => Of(inner.Inner, isAggregate),
        MemberExpression { Member: NameExpression member } access => Joined(Of(access.Target, isAggregate), member.Name.Text),
        ElementExpression element => OfElement(element, isAggregate),
        CallExpression call => OfCall(call, isAggregate),
        ToScalarExpression => "",
        _ => "",
    };

    private static string Joined(string target, string member) => target.Length == 0 ? member : $"{target}_{member}";

    private static string OfElement(ElementExpression element, bool isAggregate)
    {
        string target = Of(element.Target, isAggregate);
        string index = element.Index switch
        {
            StringLiteral text => text.Value,
            LiteralExpression literal => literal.ToString(),
            _ => "",
        };
        return target.Length == 0 ? index : $"{target}_{index}";
    }

    private static string OfCall(CallExpression call, bool isAggregate)
    {
        FunctionSymbol? function = (isAggregate ? FunctionCatalogue.Aggregates.GetValueOrDefault(call.Name.Text) : null)
            ?? FunctionCatalogue.Functions.GetValueOrDefault(call.Name.Text);
        if (function is null or { Naming: "-" })
        {
            return "";
        }

        if (function.Naming == "value")
        {
            return call.Arguments.Count > 0 && call.Arguments[0] is StringLiteral column ? column.Value : "";
        }

        int plus = function.Naming.IndexOf('+', StringComparison.Ordinal);
        string argument = call.Arguments.Count > 0 ? Of(call.Arguments[0], isAggregate) : "";
        return function.Naming == "argument" ? argument
            : plus < 0 ? function.Naming
            : $"{(function.Naming.StartsWith("name+", StringComparison.Ordinal) ? function.Name : function.Naming[..plus])}_{argument}";
    }
}
