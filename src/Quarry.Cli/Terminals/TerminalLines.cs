using System.Globalization;
using System.Text;
using Quarry.Charts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Quarry.Cli.Terminals;

/// <summary>
/// Lines in characters: one series as dots of a quarter of a character on a plane, several as strips above each other, which are told
/// apart without colours too.
/// </summary>
internal static class TerminalLines
{
    private const int Rows = 12;
    private const int LongestName = 28;
    private const int MostStrips = 30;
    private const string Levels = "▁▂▃▄▅▆▇█";

    // The dots of a braille character, by column and row.
    private static readonly int[,] Dots = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    /// <summary>The lines of a chart, as wide as the terminal.</summary>
    public static IRenderable Of(LineChart chart, Terminal terminal)
    {
        LinePoint[] all = [.. chart.Series.SelectMany(series => series.Points).Where(point => double.IsFinite(point.Y) && double.IsFinite(point.X))];
        if (all.Length == 0)
        {
            return new Text("(no values)\n");
        }

        (double from, double to) = (all.Min(point => point.X), all.Max(point => point.X));
        return chart.Series.Count == 1
            ? new Text(Plane(all, [], from, to, chart.IsTime, chart.Form == LineForm.Points, terminal.Width))
            : Strips(chart, from, to, terminal);
    }

    /// <summary>A series with its anomalies marked and listed.</summary>
    public static IRenderable Of(SeriesChart chart, Terminal terminal)
    {
        static double Place(DateTime time) => (time - DateTime.UnixEpoch).TotalMilliseconds;
        LinePoint[] points = [.. chart.Points.Where(point => double.IsFinite(point.Value)).Select(point => new LinePoint(Place(point.Time), point.Value))];
        HashSet<double> marked = [.. chart.Points.Where(point => point.Anomaly != 0).Select(point => Place(point.Time))];
        return points.Length == 0
            ? new Text("(no values)\n")
            : new Text(Plane(points, marked, points.Min(point => point.X), points.Max(point => point.X), isTime: true, isCloud: false, terminal.Width));
    }

    private static string Plane(LinePoint[] points, HashSet<double> marked, double from, double to, bool isTime, bool isCloud, int width)
    {
        (double low, double high) = (points.Min(point => point.Y), points.Max(point => point.Y));
        string top = Short(high), bottom = Short(low);
        int margin = Math.Max(top.Length, bottom.Length);
        int columns = Math.Max(10, width - margin - 4);
        int[,] cells = new int[columns, Rows];
        var marks = new HashSet<int>();
        (int X, int Y)? before = null;
        foreach (LinePoint point in points)
        {
            int x = Step(point.X, from, to, (columns * 2) - 1), y = Step(point.Y, high, low, (Rows * 4) - 1);
            Join(cells, isCloud ? (x, y) : before ?? (x, y), (x, y));
            before = (x, y);
            if (marked.Contains(point.X))
            {
                marks.Add((x / 2) + (columns * (y / 4)));
            }
        }

        var text = new StringBuilder();
        for (int row = 0; row < Rows; row++)
        {
            text.Append((row == 0 ? top : row == Rows - 1 ? bottom : "").PadLeft(margin)).Append(row is 0 or Rows - 1 ? " ┤" : " │");
            for (int column = 0; column < columns; column++)
            {
                text.Append(marks.Contains(column + (columns * row)) ? '●' : cells[column, row] == 0 ? ' ' : (char)(0x2800 + cells[column, row]));
            }

            text.Append('\n');
        }

        text.Append(' ', margin + 1).Append('└').Append('─', columns).Append('\n');
        text.Append(' ', margin + 2).Append(Axis(from, to, isTime, columns)).Append('\n');
        return text.Append(marks.Count == 0 ? "" : $"{new string(' ', margin + 2)}● {marked.Count} {(marked.Count == 1 ? "anomaly" : "anomalies")}\n").ToString();
    }

    private static Grid Strips(LineChart chart, double from, double to, Terminal terminal)
    {
        LineSeries[] shown = [.. chart.Series.Take(MostStrips)];
        string[] names = [.. shown.Select(series => Shorten(SafeText.Escape(series.Name)))];
        int columns = Math.Max(10, terminal.Width - names.Max(name => name.GetCellWidth()) - 14);
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().Padding(0, 0, 2, 0));
        grid.AddColumn(new GridColumn().NoWrap().Padding(0, 0, 2, 0));
        grid.AddColumn(new GridColumn().NoWrap().RightAligned().Padding(0, 0, 0, 0));

        // One scale for all, so that the strips can be compared.
        double[] values = [.. shown.SelectMany(series => series.Points).Select(point => point.Y).Where(double.IsFinite)];
        (double low, double high) = (Math.Min(0, values.DefaultIfEmpty(0).Min()), values.DefaultIfEmpty(0).Max());
        for (int i = 0; i < shown.Length; i++)
        {
            double most = shown[i].Points.Select(point => point.Y).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
            grid.AddRow(new Text(names[i]), new Text(Strip(shown[i], from, to, low, high, columns), new Style(Color.Blue)), new Text($"≤ {Short(most)}"));
        }

        string more = chart.Series.Count > MostStrips ? string.Create(CultureInfo.InvariantCulture, $"{chart.Series.Count - MostStrips} more") : "";
        grid.AddRow(new Text(more), new Text(Axis(from, to, chart.IsTime, columns)), new Text(""));
        return grid;
    }

    // The greatest value of each column: a spike must not be averaged away.
    private static string Strip(LineSeries series, double from, double to, double low, double high, int columns)
    {
        double[] greatest = new double[columns];
        Array.Fill(greatest, double.NaN);
        foreach (LinePoint point in series.Points.Where(point => double.IsFinite(point.Y)))
        {
            int at = Step(point.X, from, to, columns - 1);
            greatest[at] = double.IsNaN(greatest[at]) ? point.Y : Math.Max(greatest[at], point.Y);
        }

        return string.Concat(greatest.Select(value => double.IsNaN(value) ? ' ' : Levels[Step(value, low, high, Levels.Length - 1)]));
    }

    private static int Step(double value, double from, double to, int last) => from == to ? last / 2 : Math.Clamp((int)Math.Round((value - from) / (to - from) * last), 0, last);

    private static void Join(int[,] cells, (int X, int Y) from, (int X, int Y) to)
    {
        int steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (int i = 0; i <= steps; i++)
        {
            int x = from.X + ((to.X - from.X) * i / steps), y = from.Y + ((to.Y - from.Y) * i / steps);
            cells[x / 2, y / 4] |= Dots[x % 2, y % 4];
        }
    }

    private static string Axis(double from, double to, bool isTime, int columns)
    {
        string first = Label(from, isTime), last = Label(to, isTime);
        return from == to || first.Length + last.Length + 2 > columns ? first : first + last.PadLeft(columns - first.Length);
    }

    private static string Label(double value, bool isTime)
    {
        if (!isTime)
        {
            return Short(value);
        }

        DateTime time = DateTime.UnixEpoch.AddMilliseconds(value);
        return time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : time.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static string Short(double value) => Math.Abs(value) switch
    {
        >= 1e15 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        >= 1e12 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e12:0.##}T"),
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e9:0.##}G"),
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.##}M"),
        >= 1e4 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.##}k"),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    private static string Shorten(string name) => name.GetCellWidth() <= LongestName ? name : $"{name[..Math.Min(name.Length, LongestName - 1)]}…";
}
