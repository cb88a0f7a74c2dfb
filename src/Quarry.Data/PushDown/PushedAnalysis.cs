using Quarry.Catalogue;
using Quarry.Data.Sources;
using Quarry.Decoding;
using Quarry.Indicators;
using Quarry.Signatures;
using Quarry.TimeSeries;

namespace Quarry.Data.PushDown;

/// <summary>
/// Analyses whose work is done where the rows are: the source is asked in KQL, and aggregates, or the few rows that matter, travel.
/// Signatures are counted there; series are added up there and decomposed here; what may hold something encoded or an indicator
/// is picked out there and looked into here. The results are those of the analysis over the same rows, but for what only their
/// order tells; see <see cref="RunAsync(IQuerySource, SourceQuery, Analysis, object, AnalysisContext)"/>.
/// </summary>
public static class PushedAnalysis
{
    /// <summary>Whether an analysis can be run where the rows are.</summary>
    public static bool Supports(Analysis analysis) =>
        analysis == SignatureAnalysis.Entry || analysis == AnomalyAnalysis.Entry || analysis == DecodeAnalysis.Entry || analysis == IndicatorAnalysis.Entry;

    /// <inheritdoc cref="RunAsync(IQuerySource, SourceQuery, Analysis, object, AnalysisContext)"/>
    public static Task<PushedResult> RunAsync(
        IQuerySource source, string table, Analysis analysis, object options, AnalysisContext context, TimeRange? range = null) =>
        RunAsync(source, new SourceQuery(table) { Range = range }, analysis, options, context);

    /// <summary>Runs an analysis over a table of a source.</summary>
    /// <remarks>
    /// What differs from the analysis over the same rows here, because a service's rows have no order: <c>signatures</c> have no
    /// first_row, and of equally frequent signatures and values that comes first whose text does; series of <c>anomalies</c> come in
    /// order of their first times, <c>last</c> takes any of rows of one time, and a sum of reals may differ in its last digits;
    /// <c>src_index</c> of <c>decode</c> and <c>SourceIndex</c> of <c>iocs</c> count the rows that travelled. A value of dynamic is
    /// its JSON as the service writes it, and an empty string is the same as null.
    /// </remarks>
    /// <param name="source">What holds the table.</param>
    /// <param name="table">
    /// The table: its name or a query that gives one, without statements before it. Its range and time limit hold for everything that is
    /// sent; it is split only where rows travel.
    /// </param>
    /// <param name="analysis">One that is <see cref="Supports">supported</see>.</param>
    /// <param name="options">Its options record.</param>
    /// <param name="context">The columns to look at, and how to run.</param>
    /// <exception cref="QuarryException">
    /// The table is no query, an option cannot be followed there, or what would travel is too much; the message says what to do.
    /// </exception>
    /// <exception cref="SourceException">The source does not answer, or not wholly.</exception>
    public static async Task<PushedResult> RunAsync(IQuerySource source, SourceQuery table, Analysis analysis, object options, AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(analysis);
        var pushed = new PushedTable(source, table, context.Cancellation);
        return (analysis, options) switch
        {
            (Analysis<SignatureOptions>, SignatureOptions chosen) => await new PushedSignatures(pushed, chosen, context).RunAsync().ConfigureAwait(false),
            (Analysis<AnomalyOptions>, AnomalyOptions chosen) => await new PushedSeries(pushed, chosen, context).RunAsync().ConfigureAwait(false),
            (Analysis<DecodeOptions>, DecodeOptions chosen) => await new PushedCandidates(pushed, analysis, context)
                .RunAsync(chosen, "(?i)" + EncodedFilter.Of(chosen), readsDynamic: false).ConfigureAwait(false),
            (Analysis<IndicatorOptions>, IndicatorOptions chosen) => await new PushedCandidates(pushed, analysis, context)
                .RunAsync(chosen, IndicatorFilter.Of(chosen), readsDynamic: true).ConfigureAwait(false),
            _ when Supports(analysis) => throw new ArgumentException($"{analysis.Name} takes other options than {options.GetType().Name}.", nameof(options)),
            _ => throw new QuarryException(
                $"{analysis.Name} cannot be run where the rows are. Fetch them (quarry query … -o rows.parquet) and run it over the file. "
                + $"These can: {string.Join(", ", Analyses.All.Where(Supports).Select(one => one.Name))}."),
        };
    }
}
