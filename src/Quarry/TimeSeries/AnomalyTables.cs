using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.TimeSeries;

/// <summary>Anomalies in tables.</summary>
public static class AnomalyTables
{
    private const int BatchRows = 65_536;

    /// <summary>The names of the columns between the values and the keys.</summary>
    internal static readonly string[] Components = ["residual", "trend", "seasonal", "weights", "baseline", "score", "anomalies"];

    /// <summary>
    /// Makes series of a table's rows, decomposes them and marks what stands out.
    /// </summary>
    /// <param name="input">The rows, in any order.</param>
    /// <param name="options">The columns, the decomposition, the score, and what is shown.</param>
    /// <param name="context">How to run, and where to say what a user has to know.</param>
    /// <returns>
    /// For the views points and anomalies: <em>time</em> (datetime), <em>value</em> (real), residual, trend, seasonal, weights, baseline, score (real),
    /// anomalies (long: 1, -1, 0), the key columns, rows (long). For the view periods: start, end (datetime), spikes, dips (long), score (real),
    /// the key columns, kql (string). Series come in order of their first rows, points in order of time, whatever the number of threads. A
    /// time, value or key column that is named as one of the others gets <c>_input</c> behind its name.
    /// </returns>
    /// <exception cref="QuarryException">The input or an option is not what is needed; thrown here or while the result is read.</exception>
    public static TableStream DetectAnomalies(this TableStream input, AnomalyOptions options, AnalysisContext? context = null)
    {
        context ??= AnalysisContext.Default;
        SeriesColumns columns = SeriesColumns.Choose(input.Schema, options);
        var run = new SeriesRun(input.Schema, columns, options, context);
        return Rows(input.Schema, columns, options, () => run.Decompose(input), input);
    }

    /// <summary>The rows that <see cref="DetectAnomalies"/> gives of decomposed series.</summary>
    /// <exception cref="QuarryException">The spans of the smoothing make no sense.</exception>
    internal static TableStream Rows(
        TableSchema input, SeriesColumns columns, AnomalyOptions options, Func<IEnumerable<SeriesOutcome>> outcomes, IDisposable? source = null)
    {
        new StlParameters { Seasonal = options.Seasonal, Trend = options.Trend, LowPass = options.LowPass }.Check();
        TableSchema schema = options.View == AnomalyView.Periods ? PeriodRows.Schema(input, columns) : PointSchema(input, columns);
        return new TableStream(schema, Batches(), source);

        IEnumerable<TableBatch> Batches()
        {
            var builder = new TableBuilder(schema);
            long first = 0;
            foreach (SeriesOutcome outcome in outcomes())
            {
                if (options.View == AnomalyView.Periods)
                {
                    PeriodRows.Append(builder, outcome, options, input, columns);
                }
                else
                {
                    AppendPoints(builder, outcome, options.View == AnomalyView.Anomalies);
                }

                if (builder.RowCount >= BatchRows)
                {
                    Table table = builder.Build();
                    yield return new TableBatch(table, first);
                    first += table.RowCount;
                }
            }

            if (builder.RowCount > 0)
            {
                yield return new TableBatch(builder.Build(), first);
            }
        }
    }

    /// <summary>
    /// The rows of a result with anomalies by other thresholds, from its column score; the column anomalies keeps its place.
    /// </summary>
    /// <param name="result">A result of <see cref="DetectAnomalies"/>, view points.</param>
    /// <param name="threshold">A score that reaches it is a spike.</param>
    /// <param name="thresholdLow">A score that reaches its negative is a dip, 0 included; the same as for spikes if null.</param>
    public static Table ApplyThreshold(Table result, double threshold, double? thresholdLow = null)
    {
        Column scores = result["score"];
        double[] values = new double[result.RowCount];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = CellReading.ReadNumber(scores, row, out double score) == CellState.Read ? score : double.NaN;
        }

        var flags = (ValueColumnBuilder<long>)ColumnBuilder.Create(ColumnType.Long);
        foreach (int flag in Scores.ApplyThreshold(values, threshold, thresholdLow))
        {
            flags.Append(flag);
        }

        int ordinal = result.Schema.Require("anomalies");
        Column anomalies = flags.Build();
        return new Table(
            new TableSchema(result.Schema.Select((column, i) => i == ordinal ? column with { Type = ColumnType.Long } : column)),
            result.Columns.Select((column, i) => i == ordinal ? anomalies : column));
    }

    /// <summary>A name that is none of those taken, which then holds it.</summary>
    internal static string FreeName(string name, HashSet<string> taken)
    {
        while (!taken.Add(name))
        {
            name += "_input";
        }

        return name;
    }

    private static TableSchema PointSchema(TableSchema input, SeriesColumns columns)
    {
        var taken = new HashSet<string>([.. Components, "rows"], StringComparer.Ordinal);
        ColumnSchema time = new(FreeName(input[columns.Time].Name, taken), ColumnType.DateTime);
        ColumnSchema value = new(FreeName(columns.ValueName, taken), ColumnType.Real);
        return new TableSchema(
        [
            time,
            value,
            .. Components.Select(name => new ColumnSchema(name, name == "anomalies" ? ColumnType.Long : ColumnType.Real)),
            .. columns.Keys.Select(ordinal => input[ordinal] with { Name = FreeName(input[ordinal].Name, taken) }),
            new ColumnSchema("rows", ColumnType.Long),
        ]);
    }

    private static void AppendPoints(TableBuilder builder, SeriesOutcome outcome, bool onlyAnomalies)
    {
        EvenSeries series = outcome.Series;
        SeriesAnomalies? found = outcome.Found;
        double[][] components = found is null
            ? []
            : [found.Components.Residual, found.Components.Trend, found.Components.Seasonal, found.Components.Weights, found.Baseline, found.Scores];
        for (int i = 0; i < series.Values.Length; i++)
        {
            if (onlyAnomalies && (found is null || found.Anomalies[i] == 0))
            {
                continue;
            }

            builder.Values<DateTime>(0).Append(series.Times[i]);
            builder.Values<double>(1).Append(series.Values[i]);
            for (int c = 0; c < Components.Length - 1; c++)
            {
                builder.Values<double>(2 + c).Append(found is null ? null : components[c][i]);
            }

            builder.Values<long>(1 + Components.Length).Append(found is null ? null : (long?)found.Anomalies[i]);
            for (int k = 0; k < outcome.Key.Length; k++)
            {
                builder[2 + Components.Length + k].AppendObject(outcome.Key[k]);
            }

            builder.Values<long>(2 + Components.Length + outcome.Key.Length).Append(series.Rows[i]);
        }
    }
}
