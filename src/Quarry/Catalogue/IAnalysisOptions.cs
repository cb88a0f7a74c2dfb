namespace Quarry.Catalogue;

/// <summary>
/// The options of an analysis, with their descriptions. Not written by hand: <see cref="AnalysisOptionsAttribute"/> adds
/// it to a record.
/// </summary>
/// <typeparam name="TSelf">The options record.</typeparam>
public interface IAnalysisOptions<TSelf>
    where TSelf : class, IAnalysisOptions<TSelf>
{
    /// <summary>The options as they are when nothing is said.</summary>
    static abstract TSelf Default { get; }

    /// <summary>The options: their names, types, defaults and documentation, in the order of declaration.</summary>
    static abstract IReadOnlyList<OptionDescription> Descriptions { get; }
}
