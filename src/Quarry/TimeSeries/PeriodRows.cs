using Quarry.Tables;

namespace Quarry.TimeSeries;

/// <summary>The periods in which series stand out, as rows.</summary>
internal static class PeriodRows
{
    public static TableSchema Schema(TableSchema input, SeriesColumns columns)
    {
        var taken = new HashSet<string>(["start", "end", "spikes", "dips", "score", "kql"], StringComparer.Ordinal);
        return new TableSchema(
        [
            new ColumnSchema("start", ColumnType.DateTime),
            new ColumnSchema("end", ColumnType.DateTime),
            new ColumnSchema("spikes", ColumnType.Long),
            new ColumnSchema("dips", ColumnType.Long),
            new ColumnSchema("score", ColumnType.Real),
            .. columns.Keys.Select(ordinal => input[ordinal] with { Name = AnomalyTables.FreeName(input[ordinal].Name, taken) }),
            new ColumnSchema("kql", ColumnType.String),
        ]);
    }

    public static void Append(TableBuilder builder, SeriesOutcome outcome, AnomalyOptions options, TableSchema input, SeriesColumns columns)
    {
        if (outcome.Found is not { } found)
        {
            return;
        }

        EvenSeries series = outcome.Series;
        string column = options.KqlColumn ?? input[columns.Time].Name;
        int at = 0;
        foreach (AnomalyPeriod period in AnomalyPeriods.Find(series.Times, found.Anomalies, series.Step, options.SpikesOnly))
        {
            long spikes = 0, dips = 0;
            double score = 0;
            for (; at < series.Times.Length && series.Times[at] <= period.End; at++)
            {
                spikes += found.Anomalies[at] > 0 ? 1 : 0;
                dips += found.Anomalies[at] < 0 && !options.SpikesOnly ? 1 : 0;
                bool counts = found.Anomalies[at] > 0 || (found.Anomalies[at] < 0 && !options.SpikesOnly);
                score = counts && Math.Abs(found.Scores[at]) > Math.Abs(score) ? found.Scores[at] : score;
            }

            builder.Values<DateTime>(0).Append(period.Start);
            builder.Values<DateTime>(1).Append(period.End);
            builder.Values<long>(2).Append(spikes);
            builder.Values<long>(3).Append(dips);
            builder.Values<double>(4).Append(score);
            for (int k = 0; k < outcome.Key.Length; k++)
            {
                builder[5 + k].AppendObject(outcome.Key[k]);
            }

            builder.Text(5 + outcome.Key.Length).Append(Kql(period, column, outcome.Key, input, columns));
        }
    }

    private static string Kql(AnomalyPeriod period, string column, object?[] key, TableSchema input, SeriesColumns columns)
    {
        IEnumerable<string> keys = key.Select((value, k) => AnomalyPeriods.KeyClause(input[columns.Keys[k]], value));
        return string.Join(" and ", [AnomalyPeriods.ToKql([period], column), .. keys]);
    }
}
