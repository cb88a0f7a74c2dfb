using System.Buffers;
using Quarry.Kql.Functions.Dynamic;
using Quarry.Tables;
using Quarry.TimeSeries.Kusto;

namespace Quarry.Kql.Functions.Series;

/// <summary>
/// series_decompose, series_fit_*, series_stats and the like. Those with a <c>$</c> have several results and give one array of
/// them, in the order of KQL's columns. An argument that is out of its range gives null.
/// </summary>
internal static class AnalysisFunctions
{
    private const double UsualThreshold = 0.6;

    private delegate void Computation(in Arguments arguments, double[] series, ArrayBufferWriter<byte> to);

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        // baseline, seasonal, trend, residual
        Of("$series_decompose", [ColumnType.Long, ColumnType.String, ColumnType.Long, ColumnType.Real], 1, Decompose),

        // ad_flag, ad_score, baseline
        Of("$series_decompose_anomalies", [ColumnType.Real, ColumnType.Long, ColumnType.String, ColumnType.Long, ColumnType.String, ColumnType.Real], 1, Anomalies),
        // forecast, seasonal, trend, residual
        Of("$series_decompose_forecast", [ColumnType.Long, ColumnType.Long, ColumnType.String, ColumnType.Real], 2, Forecast),
        Of("series_seasonal", [ColumnType.Long], 1, (in a, series, to) => Numbers.Write(to, SeriesDecompose.Decompose(series, Whole(a, 1, -1)).Seasonal)),

        // kind, ignored value, percentiles
        Of("series_outliers", [ColumnType.String, ColumnType.Real, ColumnType.Real, ColumnType.Real], 1, Outliers),

        // periods, scores
        Of("$series_periods_detect", [ColumnType.Real, ColumnType.Real, ColumnType.Long], 4, DetectPeriods),
        Of("$series_periods_validate", [ColumnType.Real], 2, ValidatePeriods) with { Further = ColumnType.Real },
        Of("series_fir", [ColumnType.Dynamic, ColumnType.Bool, ColumnType.Bool], 2, Fir),
        Of("series_iir", [ColumnType.Dynamic, ColumnType.Dynamic], 3, (in a, series, to) =>
            Numbers.Write(to, SeriesFilter.Iir(series, Numbers.ValuesOf(a.Text(1)), Numbers.ValuesOf(a.Text(2))))),
        .. FitFunctions(),
        .. StatisticsFunctions(),
    ];

    private static IEnumerable<ScalarFunction> FitFunctions() =>
    [
        // rsquare, slope, variance, rvariance, interception, line_fit
        Of("$series_fit_line", [], 1, (in _, series, to) => FitWriting.Line(to, SeriesFit.Line(Present(series)), false)),
        Of("series_fit_line_dynamic", [], 1, (in _, series, to) => FitWriting.Line(to, SeriesFit.Line(Present(series)), true)),

        // rsquare, split_idx, variance, rvariance, line_fit, then rsquare, slope, interception, variance, rvariance of the right line and of the left
        Of("$series_fit_2lines", [], 1, (in _, series, to) => FitWriting.TwoLines(to, SeriesFit.TwoLines(Present(series)), false)),
        Of("series_fit_2lines_dynamic", [], 1, (in _, series, to) => FitWriting.TwoLines(to, SeriesFit.TwoLines(Present(series)), true)),
    ];

    private static IEnumerable<ScalarFunction> StatisticsFunctions() =>
    [
        // min, min_idx, max, max_idx, avg, stdev, variance
        Of("$series_stats", [ColumnType.Bool], 1, (in a, series, to) => FitWriting.Statistics(to, Statistics(a, series), false)),
        Of("series_stats_dynamic", [ColumnType.Bool], 1, (in a, series, to) => FitWriting.Statistics(to, Statistics(a, series), true)),
    ];

    private static ScalarFunction Of(string name, ColumnType[] others, int required, Computation compute) =>
        new(name, [ColumnType.Dynamic, .. others], ColumnType.Dynamic, (in a, ref r) =>
        {
            if (Numbers.Of(a.Text(0)) is not { } series)
            {
                r.Null();
                return;
            }

            var to = new ArrayBufferWriter<byte>();
            try
            {
                compute(a, series.Values, to);
            }
            catch (QuarryException)
            {
                to.ResetWrittenCount();
            }

            AccessFunctions.Give(to.WrittenSpan, ref r);
        })
        {
            Required = required,
        };

    private static SeriesStatistics? Statistics(in Arguments arguments, double[] series) =>
        SeriesStatistics.Of(series, !arguments.IsNull(1) && arguments.Bool(1));

    // A line through what has a gap is not defined.
    private static double[] Present(double[] series) =>
        series.All(double.IsFinite) ? series : throw new QuarryException("A series with nulls has no line; fill them first.");

    private static int Whole(in Arguments arguments, int index, int usual) =>
        arguments.IsNull(index) ? usual : (int)Math.Clamp(arguments.Long(index), int.MinValue, int.MaxValue);

    private static double Real(in Arguments arguments, int index, double usual) => arguments.IsNull(index) ? usual : arguments.Real(index);

    private static TrendKind Trend(in Arguments arguments, int index) => arguments.String(index) switch
    {
        "" or "avg" => TrendKind.Avg,
        "linefit" => TrendKind.Linefit,
        "none" => TrendKind.None,
        var other => throw new QuarryException($"'{other}' is no trend; expected 'avg', 'linefit' or 'none'."),
    };

    private static void Decompose(in Arguments arguments, double[] series, ArrayBufferWriter<byte> to)
    {
        KustoDecomposition parts = SeriesDecompose.Decompose(
            series, Whole(arguments, 1, -1), Trend(arguments, 2), Whole(arguments, 3, 0), Real(arguments, 4, UsualThreshold));
        WriteAll(to, parts.Baseline, parts.Seasonal, parts.Trend, parts.Residual);
    }

    private static void Anomalies(in Arguments arguments, double[] series, ArrayBufferWriter<byte> to)
    {
        string method = arguments.String(5);
        if (method is not ("" or "ctukey" or "tukey"))
        {
            throw new QuarryException($"'{method}' is no method to find anomalies; expected 'ctukey' or 'tukey'.");
        }

        KustoAnomalies found = SeriesDecompose.Anomalies(
            series, Real(arguments, 1, 1.5), Whole(arguments, 2, -1), Trend(arguments, 3), Whole(arguments, 4, 0), method != "tukey", Real(arguments, 6, UsualThreshold));
        to.Write("["u8);
        Numbers.Write(to, [.. found.Flag.Select(flag => (double)flag)], true);
        to.Write(","u8);
        Numbers.Write(to, found.Score);
        to.Write(","u8);
        Numbers.Write(to, found.Baseline);
        to.Write("]"u8);
    }

    private static void Forecast(in Arguments arguments, double[] series, ArrayBufferWriter<byte> to)
    {
        KustoDecomposition parts = SeriesDecompose.Decompose(
            series, Whole(arguments, 2, -1), Trend(arguments, 3), Whole(arguments, 1, 0), Real(arguments, 4, UsualThreshold));
        WriteAll(to, parts.Baseline, parts.Seasonal, parts.Trend, parts.Residual);
    }

    private static void Outliers(in Arguments arguments, double[] series, ArrayBufferWriter<byte> to)
    {
        string kind = arguments.String(1);
        bool isTukey = kind == "tukey";
        if (kind is not ("" or "ctukey" or "tukey"))
        {
            throw new QuarryException($"'{kind}' is no kind of outliers; expected 'ctukey' or 'tukey'.");
        }

        Numbers.Write(to, SeriesOutliers.Score(
            series, Real(arguments, 3, isTukey ? 25 : 10), Real(arguments, 4, isTukey ? 75 : 90), Real(arguments, 2, double.NaN)));
    }

    private static void DetectPeriods(in Arguments arguments, double[] series, ArrayBufferWriter<byte> to)
    {
        (double[] periods, double[] scores) = SeriesPeriods.Detect(
            series, Real(arguments, 1, 0), Real(arguments, 2, series.Length), Math.Clamp(Whole(arguments, 3, 1), 0, series.Length));
        WriteAll(to, periods, scores);
    }

    private static void ValidatePeriods(in Arguments arguments, double[] series, ArrayBufferWriter<byte> to)
    {
        double[] periods = new double[arguments.Count - 1];
        for (int i = 0; i < periods.Length; i++)
        {
            periods[i] = Real(arguments, i + 1, 0);
        }

        WriteAll(to, periods, SeriesPeriods.Validate(series, periods));
    }

    private static void Fir(in Arguments arguments, double[] series, ArrayBufferWriter<byte> to)
    {
        Numbers filter = Numbers.Of(arguments.Text(1)) ?? throw new QuarryException("series_fir: the filter has to be an array.");
        bool? normalize = arguments.IsNull(2) ? null : arguments.Bool(2);
        double[] filtered = SeriesFilter.Fir(series, filter.Values, normalize, !arguments.IsNull(3) && arguments.Bool(3));
        bool isDivided = normalize ?? filter.Values.All(weight => weight >= 0);
        bool areLongs = !isDivided && filter.AreLongs && Numbers.Of(arguments.Text(0)) is { AreLongs: true };
        Numbers.Write(to, filtered, areLongs && filtered.All(value => Math.Abs(value) < 1L << 53));
    }

    private static void WriteAll(ArrayBufferWriter<byte> to, params ReadOnlySpan<double[]> arrays)
    {
        int began = to.WrittenCount;
        to.Write("["u8);
        foreach (double[] array in arrays)
        {
            JsonOutput.Comma(to, began);
            Numbers.Write(to, array);
        }

        to.Write("]"u8);
    }
}
