using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;

namespace Quarry.Kql.Binding;

/// <summary>Names that <c>let</c>, parameters and <c>as</c> have given, each hiding those outside.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<string, object> _names = new(StringComparer.Ordinal);

    /// <summary>Gives a name to a <see cref="BoundExpression"/>, a <see cref="BoundRelation"/> or a <see cref="LetFunction"/>.</summary>
    public void Declare(string name, object meaning) => _names[name] = meaning;

    /// <summary>What a name means; null if nothing.</summary>
    public object? Find(string name) => _names.TryGetValue(name, out object? meaning) ? meaning : outer?.Find(name);

    /// <summary>The functions declared as views, each with its name; the innermost of a name.</summary>
    public IEnumerable<(string Name, LetFunction View)> Views => Names.Distinct(StringComparer.Ordinal)
        .Select(name => (name, Find(name) as LetFunction))
        .Where(named => named.Item2 is { Syntax.IsView: true })
        .Select(named => (named.name, named.Item2!));

    /// <summary>All names that mean something here.</summary>
    public IEnumerable<string> Names => outer is null ? _names.Keys : _names.Keys.Concat(outer.Names);
}

/// <summary>The last row that a step of <c>scan</c> matched.</summary>
internal sealed record StepState(RowSchema Schema);

/// <summary>A function that the query defines.</summary>
/// <param name="Syntax">The function.</param>
/// <param name="Scope">The names where it was defined.</param>
/// <param name="SavedAs">Its name, if it is one saved in the workspace and not the query's own.</param>
internal sealed record LetFunction(FunctionExpression Syntax, Scope Scope, string? SavedAs = null);
