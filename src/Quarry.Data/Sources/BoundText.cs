using System.Text;
using Quarry.Data.Kql;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Sources;

/// <summary>Binds the parameters of a query for services that take none: the declaration gives way to <c>let</c> statements with literals.</summary>
internal static class BoundText
{
    /// <summary>The text of a query with its parameters' values, each quoted by its type. A parameter without a value has its default.</summary>
    /// <exception cref="KqlException">A value is missing, not declared, or not of its type.</exception>
    public static string Of(string text, IReadOnlyDictionary<string, object?> values)
    {
        SyntaxTree tree = SyntaxTree.Parse(text);
        IReadOnlyDictionary<string, object?> typed = QueryParameters.Values(QueryParameters.DeclaredIn(tree), values);
        var bound = new StringBuilder();
        int kept = 0;
        foreach (QueryParametersStatement statement in tree.Root.Statements.OfType<QueryParametersStatement>())
        {
            bound.Append(text, kept, statement.Start - kept);
            bound.AppendJoin("; ", statement.Parameters.Select(parameter => Let(parameter, typed)));
            kept = statement.End;
        }

        return bound.Append(text, kept, text.Length - kept).ToString();
    }

    /// <summary>The values of a query's parameters as literals, by name, for services that take them beside the text.</summary>
    /// <exception cref="KqlException">A value is missing, not declared, or not of its type.</exception>
    public static IReadOnlyDictionary<string, string> Literals(string text, IReadOnlyDictionary<string, object?> values)
    {
        IReadOnlyList<KqlParameter> declared = QueryParameters.DeclaredIn(SyntaxTree.Parse(text));
        return QueryParameters.Values(declared, values).ToDictionary(one => one.Key, one => KqlLiteral.Of(one.Value, declared.First(parameter => parameter.Name == one.Key).Type));
    }

    private static string Let(FunctionParameter parameter, IReadOnlyDictionary<string, object?> typed)
    {
        KqlParameter declared = QueryParameters.Of(parameter);
        string value = typed.TryGetValue(declared.Name, out object? given) ? KqlLiteral.Of(given, declared.Type) : parameter.Default!.ToString().Trim();
        return $"let {KqlLiteral.Name(declared.Name)} = {value}";
    }
}
