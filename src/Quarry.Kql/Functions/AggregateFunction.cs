using Quarry.Tables;

namespace Quarry.Kql.Functions;

/// <summary>
/// What an aggregate knows of one group. Several threads each gather a part of a group; the parts are merged. A state that was
/// merged from may be used again, so nothing is taken out of it.
/// </summary>
internal abstract class AggregateState
{
    /// <summary>Takes a row.</summary>
    public abstract void Add(in Arguments arguments);

    /// <summary>Takes what another state of the group knows.</summary>
    public abstract void Merge(AggregateState other);

    /// <summary>The group's value. May be called more than once.</summary>
    public abstract void Finish(ref Result result);
}

/// <summary>An aggregate that is computed in C#.</summary>
/// <param name="Name">KQL's name, or one of the lowering's own with a leading <c>$</c>.</param>
/// <param name="Parameters">The types it takes, as the engine holds them; no argument may be left out.</param>
/// <param name="Returns">The type it gives.</param>
/// <param name="Create">A new group's state.</param>
internal sealed record AggregateFunction(string Name, IReadOnlyList<ColumnType> Parameters, ColumnType Returns, Func<AggregateState> Create)
{
    /// <summary>The name in SQL.</summary>
    public string SqlName { get; } = $"qa_{Name.TrimStart('$')}{string.Concat(Parameters.Select(type => "_" + Symbols.ScalarTypes.NameOf(type)))}";
}
