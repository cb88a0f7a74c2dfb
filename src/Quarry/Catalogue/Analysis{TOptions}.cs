using Quarry.Charts;
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

    /// <summary>What draws the result; null where there is nothing to draw.</summary>
    public Func<Table, TOptions, IReadOnlyList<Chart>>? Charts { get; init; }

    /// <summary>What writes the result as text of a width; null where a table says it best.</summary>
    public Action<Table, TOptions, TextWriter, int>? Text { get; init; }

    /// <summary>With which options <see cref="Text"/> serves a person better than a table; null for all.</summary>
    public Func<TOptions, bool>? TextServes { get; init; }

    /// <inheritdoc/>
    public override bool HasText => Text is not null;

    /// <inheritdoc/>
    public override bool IsText(object options) => HasText && (TextServes is null || TextServes(Typed(options)));

    /// <inheritdoc/>
    public override TableStream Run(TableStream input, object options, AnalysisContext context) => Function(input, Typed(options), context);

    /// <inheritdoc/>
    public override IReadOnlyList<Chart> Draw(Table result, object options) => Charts?.Invoke(result, Typed(options)) ?? [];

    /// <inheritdoc/>
    public override void WriteText(Table result, object options, TextWriter writer, int width) =>
        (Text ?? throw new NotSupportedException($"{Name} has no form as text."))(result, Typed(options), writer, width);

    private TOptions Typed(object options) => options as TOptions
        ?? throw new ArgumentException($"{Name} takes {typeof(TOptions).Name}, not {options.GetType().Name}.", nameof(options));
}
