using System.Globalization;
using Quarry.Charts;
using Quarry.Tables;

namespace Quarry.TimeSeries;

/// <summary>Draws decomposed series: those with the most anomalies first, and no more than a person looks at.</summary>
internal static class AnomalyCharts
{
    private const int MostCharts = 6;
    private const int MostPoints = 20_000;

    /// <summary>The charts of a result; none where it does not hold whole series.</summary>
    public static IReadOnlyList<Chart> Draw(Table result, AnomalyOptions options)
    {
        if (options.View != AnomalyView.Points || result.RowCount == 0)
        {
            return [];
        }

        int anomalies = result.Schema.Require("anomalies");
        int[] keys = [.. Enumerable.Range(anomalies + 1, result.Schema.Count - anomalies - 2)];
        List<(int First, int Count, int Anomalies)> series = Split(result, keys, anomalies);
        return
        [
            .. series.Where(s => !result[anomalies].IsNull(s.First))
                .OrderByDescending(s => s.Anomalies)
                .Take(MostCharts)
                .Select((s, rank) => Draw(result, keys, s.First, s.Count, rank, series.Count)),
        ];
    }

    private static List<(int First, int Count, int Anomalies)> Split(Table result, int[] keys, int anomalies)
    {
        var flags = (ValueColumn<long>)result[anomalies];
        var series = new List<(int First, int Count, int Anomalies)>();
        int first = 0, found = 0;
        for (int row = 0; row < result.RowCount; row++)
        {
            if (row > first && keys.Any(k => !SameCell(result[k], row - 1, row)))
            {
                series.Add((first, row - first, found));
                (first, found) = (row, 0);
            }

            found += flags[row] is 1 or -1 ? 1 : 0;
        }

        series.Add((first, result.RowCount - first, found));
        return series;
    }

    private static bool SameCell(Column column, int a, int b) => column.IsNull(a) == column.IsNull(b)
        && (column is TextColumn text ? text[a].SequenceEqual(text[b]) : Equals(column.GetValue(a), column.GetValue(b)));

    private static SeriesChart Draw(Table result, int[] keys, int first, int count, int rank, int total)
    {
        string value = result.Schema[1].Name;
        string key = string.Join(", ", keys.Select(k => $"{result.Schema[k].Name} {CellReading.ReadText(result[k], first) ?? "(none)"}"));
        int every = ((count - 1) / MostPoints) + 1;
        string title = key.Length == 0 ? value : $"{value} of {key}";
        string which = total > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({rank + 1} of {total:N0} series, most anomalies first)") : "";
        string thinned = every > 1 ? string.Create(CultureInfo.InvariantCulture, $", anomalies and every {every}th point") : "";
        var times = (ValueColumn<DateTime>)result[0];
        var points = new List<SeriesPoint>();
        for (int row = first; row < first + count; row++)
        {
            int anomaly = (int)(Number(result["anomalies"], row) is var flag && double.IsNaN(flag) ? 0 : flag);
            if (anomaly != 0 || (row - first) % every == 0)
            {
                points.Add(new SeriesPoint(times.Values[row], Number(result[1], row), Number(result["baseline"], row), Number(result["score"], row), anomaly));
            }
        }

        return new SeriesChart(title + which + thinned, result.Schema[0].Name, value, points);
    }

    private static double Number(Column column, int row) =>
        CellReading.ReadNumber(column, row, out double value) == CellState.Read ? value : double.NaN;
}
