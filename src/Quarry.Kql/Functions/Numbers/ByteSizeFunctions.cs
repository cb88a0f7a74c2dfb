using System.Globalization;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Numbers;

/// <summary><c>format_bytes</c>: a number of bytes for a person.</summary>
internal static class ByteSizeFunctions
{
    private static readonly string[] Units = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("format_bytes", [ColumnType.Real, ColumnType.Real, ColumnType.String], ColumnType.String, static (in Arguments a, ref Result r) =>
            r.Text(a.IsNull(0) ? "" : Format(a.Real(0), a.IsNull(1) ? 0 : a.Real(1), a.String(2))))
        {
            Required = 1,
        },
    ];

    /// <summary>The size in a unit, or in the largest of which there is at least one; an empty text where there is no unit of the name.</summary>
    private static string Format(double bytes, double places, string unit)
    {
        int index = Array.FindIndex(Units, known => known.Equals(unit, StringComparison.OrdinalIgnoreCase));
        if (!double.IsFinite(bytes) || !(places is >= 0 and <= 15) || (unit.Length > 0 && index < 0))
        {
            return "";
        }

        if (index < 0)
        {
            index = 0;
            for (double rest = Math.Abs(bytes); rest >= 1024 && index < Units.Length - 1; rest /= 1024)
            {
                index++;
            }
        }

        double size = RoundingFunctions.Round(bytes / Math.Pow(1024, index), (long)places);
        return $"{size.ToString("0.###############", CultureInfo.InvariantCulture)} {Units[index]}";
    }
}
