using Quarry.Tables;

namespace Quarry.Kql.Symbols;

/// <summary>A built-in function or aggregate with all its forms.</summary>
/// <param name="Name">The name.</param>
/// <param name="Naming">How its column is called if nobody names it, in the notation of <c>functions.txt</c>.</param>
/// <param name="Signatures">Its forms, at least one.</param>
internal sealed record FunctionSymbol(string Name, string Naming, IReadOnlyList<Signature> Signatures);

/// <summary>One form of a function.</summary>
/// <param name="Parameters">What it takes.</param>
/// <param name="Result">The result's type, or how it follows from the arguments.</param>
internal sealed record Signature(IReadOnlyList<Parameter> Parameters, string Result)
{
    /// <summary>The parameter for each of so many arguments; null if the form does not take that many.</summary>
    public IReadOnlyList<Parameter>? Match(int count)
    {
        int first = 0;
        while (first < Parameters.Count && !Parameters[first].IsRepeated)
        {
            first++;
        }

        int last = first;
        while (last < Parameters.Count && Parameters[last].IsRepeated)
        {
            last++;
        }

        if (first == last)
        {
            return count >= Parameters.Count(parameter => !parameter.IsOptional) && count <= Parameters.Count ? [.. Parameters.Take(count)] : null;
        }

        int behind = Parameters.Skip(last).Count(parameter => !parameter.IsOptional);
        if (count < first + behind)
        {
            return null;
        }

        var matched = new List<Parameter>(count);
        for (int i = 0; i < count; i++)
        {
            matched.Add(i < first ? Parameters[i]
                : i >= count - behind ? Parameters[last + i - (count - behind)]
                : Parameters[first + ((i - first) % (last - first))]);
        }

        return matched;
    }
}

/// <summary>A parameter of a function.</summary>
/// <param name="Kind">A type, or a kind of types.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
/// <param name="IsRepeated">Whether any number of arguments may stand for it.</param>
internal sealed record Parameter(string Kind, bool IsOptional, bool IsRepeated)
{
    /// <summary>Whether it takes values of a type.</summary>
    public bool Takes(ColumnType type) => Kind switch
    {
        "Scalar" or "CommonScalar" or "CommonScalarOrDynamic" or "type" => true,
        "NotDynamic" => type != ColumnType.Dynamic,
        "Orderable" or "CommonOrderable" => type != ColumnType.Dynamic,
        "NotRealOrBool" => type is not (ColumnType.Real or ColumnType.Bool),
        "Integer" => type is ColumnType.Int or ColumnType.Long,
        "Number" => ScalarTypes.IsNumber(type),
        "NumberOrBool" => ScalarTypes.IsNumber(type) || type == ColumnType.Bool,
        "Summable" => ScalarTypes.IsNumber(type) || type is ColumnType.DateTime or ColumnType.TimeSpan,
        "StringOrDynamic" => type is ColumnType.String or ColumnType.Dynamic,
        "StringOrArray" => type is ColumnType.String or ColumnType.Dynamic,
        "IntegerOrArray" => type is ColumnType.Int or ColumnType.Long or ColumnType.Dynamic,
        "DynamicArray" or "DynamicBag" => type == ColumnType.Dynamic,
        _ => ScalarTypes.Named(Kind) is { } wanted && ScalarTypes.IsPromotable(type, wanted),
    };

    /// <summary>What it takes, for a person.</summary>
    public string Description => Kind switch
    {
        "NotDynamic" or "Orderable" or "CommonOrderable" => "a value that is not dynamic",
        "NotRealOrBool" => "a value that is neither real nor bool",
        "Integer" => "an int or long",
        "Number" => "a number",
        "NumberOrBool" => "a number or bool",
        "Summable" => "a number, datetime or timespan",
        "StringOrDynamic" => "a string or dynamic",
        "StringOrArray" => "a string or an array",
        "IntegerOrArray" => "a whole number or an array",
        "DynamicArray" => "a dynamic array",
        "DynamicBag" => "a dynamic object",
        _ => $"a {Kind}",
    };
}
