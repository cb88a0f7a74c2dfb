using Quarry.Tables;

namespace Quarry.Kql.Functions.Series;

/// <summary>Functions that make one number of a series or of two. Nulls do not count; without a number the result is null.</summary>
internal static class NumberFunctions
{
    private delegate double? Computation(ReadOnlySpan<double> left, ReadOnlySpan<double> right);

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        Fold("series_sum", 0, (sum, value) => sum + value),
        Fold("series_product", 1, (product, value) => product * value),
        new("series_magnitude", [ColumnType.Dynamic], ColumnType.Real, Magnitude),
        Pair("series_dot_product", Dot),
        Pair("series_pearson_correlation", Pearson),
        new("series_cosine_similarity", [ColumnType.Dynamic, ColumnType.Dynamic, ColumnType.Real, ColumnType.Real], ColumnType.Real, Cosine) { Required = 2 },
    ];

    private static ScalarFunction Fold(string name, double first, Func<double, double, double> step) =>
        new(name, [ColumnType.Dynamic], ColumnType.Real, (in a, ref r) =>
        {
            double folded = first;
            bool hasAny = false;
            foreach (double value in Numbers.ValuesOf(a.Text(0)))
            {
                (folded, hasAny) = double.IsNaN(value) ? (folded, hasAny) : (step(folded, value), true);
            }

            r.Real(hasAny ? folded : null);
        });

    // Two series of one length, without nulls: else the result is null.
    private static ScalarFunction Pair(string name, Computation compute) =>
        new(name, [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Real, (in a, ref r) =>
        {
            double[] left = Numbers.ValuesOf(a.Text(0)), right = Numbers.ValuesOf(a.Text(1));
            r.Real(left.Length == 0 || left.Length != right.Length || left.Any(double.IsNaN) || right.Any(double.IsNaN) ? null : compute(left, right));
        });

    private static void Magnitude(in Arguments arguments, ref Result result)
    {
        double[] series = Numbers.ValuesOf(arguments.Text(0));
        result.Real(series.Length == 0 || series.Any(double.IsNaN) ? null : Math.Sqrt(Dot(series, series)!.Value));
    }

    private static double? Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static double? Pearson(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double meanLeft = 0, meanRight = 0, lefts = 0, rights = 0, products = 0;
        for (int i = 0; i < left.Length; i++)
        {
            double awayLeft = left[i] - meanLeft, awayRight = right[i] - meanRight;
            meanLeft += awayLeft / (i + 1);
            meanRight += awayRight / (i + 1);
            lefts += awayLeft * (left[i] - meanLeft);
            rights += awayRight * (right[i] - meanRight);
            products += awayLeft * (right[i] - meanRight);
        }

        return products / Math.Sqrt(lefts * rights);
    }

    private static void Cosine(in Arguments arguments, ref Result result)
    {
        double[] left = Numbers.ValuesOf(arguments.Text(0)), right = Numbers.ValuesOf(arguments.Text(1));
        if (left.Length == 0 || left.Length != right.Length || left.Any(double.IsNaN) || right.Any(double.IsNaN))
        {
            result.Null();
            return;
        }

        double first = arguments.IsNull(2) ? Math.Sqrt(Dot(left, left)!.Value) : arguments.Real(2);
        double second = arguments.IsNull(3) ? Math.Sqrt(Dot(right, right)!.Value) : arguments.Real(3);
        result.Real(Dot(left, right)!.Value / (first * second));
    }
}
