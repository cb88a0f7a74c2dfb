using Quarry.Tables;

namespace Quarry.Catalogue;

/// <summary>One analysis with the record of its options.</summary>
/// <typeparam name="TOptions">The options, a record marked with <see cref="AnalysisOptionsAttribute"/>.</typeparam>
public sealed class Analysis<TOptions> : Analysis
    where TOptions : class, IAnalysisOptions<TOptions>
{
    /// <summary>The function: input, options and context to result. It must not read the input before its result is read.</summary>
    public required Func<TableStream, TOptions, AnalysisContext, TableStream> Function { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDescription> Options => TOptions.Descriptions;

    /// <inheritdoc/>
    public override object DefaultOptions => TOptions.Default;

    /// <inheritdoc/>
    public override TableStream Run(TableStream input, object options, AnalysisContext context) => options is TOptions typed
        ? Function(input, typed, context)
        : throw new ArgumentException($"{Name} takes {typeof(TOptions).Name}, not {options.GetType().Name}.", nameof(options));
}
