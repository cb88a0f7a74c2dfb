namespace Quarry.Kql.Functions.Aggregates;

/// <summary>covariance() and covariancep(): rows where one is null do not count; 0 for fewer than two.</summary>
/// <param name="ofPopulation">Whether the divisor is the number of rows, else one less.</param>
internal sealed class CovarianceOf(bool ofPopulation) : AggregateState
{
    private double _count;
    private double _meanX;
    private double _meanY;
    private double _products;

    /// <inheritdoc/>
    public override void Add(in Arguments arguments)
    {
        if (arguments.AnyNull)
        {
            return;
        }

        double x = arguments.Real(0), y = arguments.Real(1), away = x - _meanX;
        _count++;
        _meanX += away / _count;
        _meanY += (y - _meanY) / _count;
        _products += away * (y - _meanY);
    }

    /// <inheritdoc/>
    public override void Merge(AggregateState other)
    {
        var from = (CovarianceOf)other;
        if (from._count == 0)
        {
            return;
        }

        double count = _count + from._count;
        double awayX = from._meanX - _meanX, awayY = from._meanY - _meanY;
        _products += from._products + (awayX * awayY * _count * from._count / count);
        _meanX += awayX * from._count / count;
        _meanY += awayY * from._count / count;
        _count = count;
    }

    /// <inheritdoc/>
    public override void Finish(ref Result result) => result.Real(_count < 2 ? 0 : _products / (ofPopulation ? _count : _count - 1));
}
