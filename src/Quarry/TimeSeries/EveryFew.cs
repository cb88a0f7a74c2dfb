namespace Quarry.TimeSeries;

/// <summary>Smoothing at every few points only: straight lines between those.</summary>
internal static class EveryFew
{
    /// <summary>Replaces all points but the first, every so many, and the last of each of the interleaved series by what lies on the line between.</summary>
    /// <param name="values">The smoothed values.</param>
    /// <param name="start">Where the first point of the first series is.</param>
    /// <param name="length">How many points the series have together.</param>
    /// <param name="stride">How many series are interleaved.</param>
    /// <param name="jump">Every how many points; 1 changes nothing.</param>
    public static void Interpolate(Span<double> values, int start, int length, int stride, int jump)
    {
        for (int series = 0; jump > 1 && series < stride && series < length; series++)
        {
            int last = (length - 1 - series) / stride;
            for (int from = 0; last - from > 1; from += Math.Min(jump, last))
            {
                int to = (int)Math.Min((long)from + jump, last);
                double left = values[start + (from * stride) + series];
                double slope = (values[start + (to * stride) + series] - left) / (to - from);
                for (int i = from + 1; i < to; i++)
                {
                    values[start + (i * stride) + series] = left + (slope * (i - from));
                }
            }
        }
    }
}
