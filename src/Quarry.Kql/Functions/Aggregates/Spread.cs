namespace Quarry.Kql.Functions.Aggregates;

/// <summary>variance(), stdev() and their kin: 0 for fewer than two values; what is not finite makes NaN and no error.</summary>
/// <param name="ofPopulation">Whether the divisor is the number of values, else one less.</param>
/// <param name="isRoot">Whether the deviation is wanted.</param>
/// <remarks>Source: Welford's update, and Chan's for merging.</remarks>
internal sealed class Spread(bool ofPopulation, bool isRoot) : AggregateState
{
    private double _count;
    private double _mean;
    private double _squares;

    /// <inheritdoc/>
    public override void Add(in Arguments arguments)
    {
        if (arguments.IsNull(0))
        {
            return;
        }

        double value = arguments.Real(0), away = value - _mean;
        _count++;
        _mean += away / _count;
        _squares += away * (value - _mean);
    }

    /// <inheritdoc/>
    public override void Merge(AggregateState other)
    {
        var from = (Spread)other;
        double count = _count + from._count;
        if (from._count == 0)
        {
            return;
        }

        double away = from._mean - _mean;
        _mean += away * from._count / count;
        _squares += from._squares + (away * away * _count * from._count / count);
        _count = count;
    }

    /// <inheritdoc/>
    public override void Finish(ref Result result)
    {
        double variance = _count < 2 ? 0 : _squares / (ofPopulation ? _count : _count - 1);

        // As recorded, Kusto rounds to ten digits behind the point, and takes the root of that. What is small is left as it is: rounded so, nothing would be left of it.
        variance = variance is >= 0.1 and < 1e15 ? Math.Round(variance, 10) : variance;
        result.Real(isRoot ? Math.Sqrt(variance) : variance);
    }
}
