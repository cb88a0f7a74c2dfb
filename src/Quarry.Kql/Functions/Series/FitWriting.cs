using System.Buffers;
using System.Text;
using Quarry.Kql.Functions.Dynamic;
using Quarry.TimeSeries.Kusto;

namespace Quarry.Kql.Functions.Series;

/// <summary>Writes lines and statistics, as an array of results or as a bag with their names.</summary>
internal static class FitWriting
{
    /// <summary>rsquare, slope, variance, rvariance, interception, line_fit.</summary>
    public static void Line(ArrayBufferWriter<byte> to, LineFit fit, bool asBag) => Write(to, asBag,
        ("rsquare", fit.RSquare), ("slope", fit.Slope), ("variance", fit.Variance), ("rvariance", fit.RVariance),
        ("interception", fit.Interception), ("line_fit", fit.Line));

    /// <summary>rsquare, split_idx, variance, rvariance, line_fit, and the two lines, the right one first.</summary>
    public static void TwoLines(ArrayBufferWriter<byte> to, TwoLineFit fit, bool asBag)
    {
        (string, object)[] whole =
        [
            ("rsquare", fit.RSquare), ("split_idx", (long)fit.SplitIndex), ("variance", fit.Variance), ("rvariance", fit.RVariance), ("line_fit", fit.Line),
        ];
        if (asBag)
        {
            Write(to, true, [.. whole, ("right", Side(fit.Right)), ("left", Side(fit.Left))]);
        }
        else
        {
            Write(to, false, [.. whole, .. Side(fit.Right), .. Side(fit.Left)]);
        }
    }

    /// <summary>min, min_idx, max, max_idx, avg, stdev, variance; in a bag also sum and len. Nulls where there are none.</summary>
    public static void Statistics(ArrayBufferWriter<byte> to, SeriesStatistics? of, bool asBag)
    {
        (string, object?)[] all =
        [
            ("min", of?.Min), ("min_idx", (long?)of?.MinIndex), ("max", of?.Max), ("max_idx", (long?)of?.MaxIndex), ("avg", of?.Avg),
            ("stdev", of?.Stdev), ("variance", of?.Variance), ("sum", of?.Sum), ("len", (long?)of?.Length),
        ];
        Write(to, asBag, asBag ? all : all[..7]);
    }

    private static (string, object)[] Side(LineFit fit) =>
    [
        ("rsquare", fit.RSquare), ("slope", fit.Slope), ("interception", fit.Interception), ("variance", fit.Variance), ("rvariance", fit.RVariance),
    ];

    private static void Write(ArrayBufferWriter<byte> to, bool asBag, params ReadOnlySpan<(string Name, object? Value)> parts)
    {
        int began = to.WrittenCount;
        to.Write(asBag ? "{"u8 : "["u8);
        foreach ((string name, object? value) in parts)
        {
            JsonOutput.Comma(to, began);
            if (asBag)
            {
                to.Write(Encoding.UTF8.GetBytes($"\"{name}\":"));
            }

            switch (value)
            {
                case double real:
                    JsonOutput.RealOrNull(to, real);
                    break;
                case long whole:
                    JsonOutput.Long(to, whole);
                    break;
                case double[] array:
                    Numbers.Write(to, array);
                    break;
                case (string, object)[] inner:
                    Write(to, true, [.. inner]);
                    break;
                default:
                    to.Write("null"u8);
                    break;
            }
        }

        to.Write(asBag ? "}"u8 : "]"u8);
    }
}
