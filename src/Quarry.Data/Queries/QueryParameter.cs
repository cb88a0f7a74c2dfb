namespace Quarry.Data.Queries;

/// <summary>A parameter of a query of the library.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Description">What it is for.</param>
public sealed record QueryParameter(string Name, QueryParameterType Type, string Description)
{
    /// <summary>The value where none is given, as the definition writes it; null where one has to be given.</summary>
    public string? Default { get; init; }

    /// <summary>The values of a list where none are given; null where the definition gives none, or not as a list.</summary>
    internal IReadOnlyList<string>? DefaultItems { get; init; }

    /// <summary>Other names that it answers to.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The type as definitions write it: <c>str</c>, <c>datetime</c>, <c>kql</c>.</summary>
    public string TypeName => Type switch
    {
        QueryParameterType.Text => "str",
        QueryParameterType.DateTime => "datetime",
        QueryParameterType.Long => "int",
        QueryParameterType.Real => "float",
        QueryParameterType.Bool => "bool",
        QueryParameterType.TimeSpan => "timespan",
        QueryParameterType.List => "list",
        QueryParameterType.LongList => "intlist",
        QueryParameterType.Name => "name",
        _ => "kql",
    };

    /// <summary>Whether a value has to be given.</summary>
    public bool IsRequired => Default is null;

    /// <summary>The line of the file at which it is defined.</summary>
    internal int Line { get; init; }
}
