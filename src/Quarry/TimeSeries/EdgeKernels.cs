namespace Quarry.TimeSeries;

/// <summary>
/// The weights of the positions near the beginning of a series, where the window stands still: a kernel a position, each also
/// backwards, for the end of the series.
/// </summary>
internal sealed class EdgeKernels
{
    private readonly int _first;

    public EdgeKernels(int length, int span, int degree, bool extends)
    {
        int points = Math.Min(span, length);
        _first = extends ? -1 : 0;
        Length = length;
        Points = points;
        LeftCount = length >= span ? (span - 1) / 2 : (length + 1) / 2;
        RightCount = length >= span ? (span - 1) / 2 : length / 2;
        Rows = new Row[LeftCount - _first];
        for (int i = 0; i < Rows.Length; i++)
        {
            Rows[i] = new Row(i + _first, points, length, span, degree);
        }
    }

    public int Length { get; }

    /// <summary>How many points a window has.</summary>
    public int Points { get; }

    /// <summary>How many positions, from 0, have the first window.</summary>
    public int LeftCount { get; }

    /// <summary>How many positions, counted from the last one, have the last window.</summary>
    public int RightCount { get; }

    public Row[] Rows { get; }

    /// <summary>The kernels of a position; -1 is one before the first point.</summary>
    public Row this[int position] => Rows[position - _first];

    /// <summary>The kernels of one position. W is the weight, K the distance from the position.</summary>
    internal sealed class Row
    {
        public Row(int position, int points, int length, int span, int degree)
        {
            W = new double[points];
            TricubeKernel.Fill(position, TricubeKernel.Bandwidth(position, points, span), W);
            WK = [.. W.Select((w, i) => w * (i - position))];
            WKK = [.. WK.Select((w, i) => w * (i - position))];
            (double alpha, double beta) = TricubeKernel.Factors(W.Sum(), WK.Sum(), WKK.Sum(), degree, length);
            Plain = [.. W.Select((w, i) => (alpha * w) + (beta * WK[i]))];
            (BackwardW, BackwardWK, BackwardWKK, BackwardPlain) = (Reverse(W), Reverse(WK), Reverse(WKK), Reverse(Plain));
        }

        public double[] W { get; }

        public double[] WK { get; }

        public double[] WKK { get; }

        /// <summary>The kernel for values that all weigh the same.</summary>
        public double[] Plain { get; }

        public double[] BackwardW { get; }

        public double[] BackwardWK { get; }

        public double[] BackwardWKK { get; }

        public double[] BackwardPlain { get; }

        private static double[] Reverse(double[] kernel) => [.. kernel.AsEnumerable().Reverse()];
    }
}
