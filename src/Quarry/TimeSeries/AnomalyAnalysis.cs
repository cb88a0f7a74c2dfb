using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.TimeSeries;

/// <summary>The search for anomalies as the catalogue describes it to every face.</summary>
public static class AnomalyAnalysis
{
    /// <summary>The entry of the catalogue.</summary>
    public static Analysis<AnomalyOptions> Entry { get; } = new()
    {
        Name = "anomalies",
        Summary = "Decomposes a series into trend, season and rest, and flags what stands out: spikes and dips, one series or thousands.",
        Shape = AnalysisShape.WholeTable,
        TakesColumns = false,
        Keywords =
        [
            "time series", "timeseries", "ts_anomalies_stl", "mp_timeseries", "stl", "mstl", "decompose", "decomposition", "seasonal", "trend", "season",
            "outlier", "spike", "dip", "baseline", "beacon", "zscore", "z-score", "mad", "tukey", "series_decompose_anomalies", "make-series",
            "anomaly_periods", "kql_periods", "apply_threshold", "robust", "loess", "histogram", "volume",
        ],
        Examples =
        [
            new("quarry anomalies traffic.csv --time TimeGenerated --value TotalBytesSent", "every hour with what was expected and how far it stands out"),
            new("quarry anomalies events.jsonl.gz --aggregate count --step 1h --by Account --view anomalies", "the odd hours of each account, by its number of events"),
            new("quarry anomalies traffic.csv --view periods", "the periods to look into, each with its KQL clause"),
            new("quarry anomalies traffic.csv --period 24,168 --robust --score mad", "a day within a week, and outliers without influence"),
        ],
        HeadlineOf = static schema => [.. schema.Select(c => c.Name).Where(name => name is not ("residual" or "trend" or "seasonal" or "weights" or "rows"))],
        Output =
        [
            new("time", ColumnType.DateTime, "When the step begins, under the name of the input's column."),
            new("value", ColumnType.Real, "What its rows come to, under the name of the input's column; count where rows are counted."),
            new("residual", ColumnType.Real, "value - trend - seasonal."),
            new("trend", ColumnType.Real, "The slow change."),
            new("seasonal", ColumnType.Real, "What repeats each period."),
            new("weights", ColumnType.Real, "What the point counted, 0 to 1; 1 unless --robust."),
            new("baseline", ColumnType.Real, "What was expected: trend + seasonal."),
            new("score", ColumnType.Real, "How far the residual stands out, positive above and negative below."),
            new("anomalies", ColumnType.Long, "1 for a spike, -1 for a dip, 0 for neither; null where the series could not be decomposed."),
            new("rows", ColumnType.Long, "How many rows of the input the point is made of, after the columns of --by; 0 where a gap was filled."),
        ],
        Function = static (input, options, context) => input.DetectAnomalies(options, context),
        Charts = AnomalyCharts.Draw,
    };
}
