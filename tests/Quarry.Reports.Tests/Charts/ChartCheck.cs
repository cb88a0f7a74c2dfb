using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Quarry.Charts;

namespace Quarry.Reports.Tests.Charts;

/// <summary>Runs Vega-Lite's schema, its compiler and Vega over charts, in Node.</summary>
internal static class ChartCheck
{
    public static string ClientFolder { get; } = typeof(ChartCheck).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ReportClient").Value!;

    public static IReadOnlyList<ChartAnswer> Run(IReadOnlyList<Chart> charts)
    {
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Node", "check-charts.mjs"), ClientFolder },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };

        // Another time zone than the one the tests are written in: what is drawn must not depend on it.
        start.Environment["TZ"] = "America/St_Johns";
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        foreach (Chart chart in charts)
        {
            node.StandardInput.WriteLine(chart.ToVegaLite());
        }

        node.StandardInput.Close();
        string[] lines = output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        node.WaitForExit();
        lines.Length.ShouldBe(charts.Count);
        return [.. lines.Select(line => JsonSerializer.Deserialize<ChartAnswer>(line, JsonSerializerOptions.Web)!)];
    }
}

internal sealed record ChartAnswer(
    string[] Errors, string[] Warnings, string[] Texts, JsonElement[] Tooltips, Dictionary<string, int> Marks, int Svg, JsonElement? Mark);
