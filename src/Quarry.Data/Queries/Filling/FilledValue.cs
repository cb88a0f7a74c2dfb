namespace Quarry.Data.Queries.Filling;

/// <summary>A value of a parameter for one filling.</summary>
/// <param name="Value">The value, of its parameter's type.</param>
/// <param name="IsDefinitions">Whether the definition says it, and not who runs it: its author may write any query.</param>
internal readonly record struct FilledValue(object Value, bool IsDefinitions);
