using Quarry.Tables;

namespace Quarry.Kql.Functions.Aggregates;

/// <summary>
/// percentilew(): the least value that, with all below it, has that part of the weight. Arguments: value, weight, percentile
/// (the same in each row of a group). Null values, and weights that are not above 0, do not count.
/// </summary>
internal sealed class WeightedPercentile(ColumnType type) : AggregateState
{
    private readonly Dictionary<long, Int128> _weights = [];
    private double _percentile = double.NaN;

    /// <inheritdoc/>
    public override void Add(in Arguments arguments)
    {
        _percentile = arguments.IsNull(2) ? double.NaN : arguments.Real(2);
        if (arguments.IsNull(0) || arguments.IsNull(1) || arguments.Long(1) <= 0)
        {
            return;
        }

        long value = type == ColumnType.Real ? BitConverter.DoubleToInt64Bits(arguments.Real(0)) : arguments.Long(0);
        Weigh(value, arguments.Long(1));
    }

    /// <inheritdoc/>
    public override void Merge(AggregateState other)
    {
        var from = (WeightedPercentile)other;
        _percentile = double.IsNaN(_percentile) ? from._percentile : _percentile;
        foreach ((long value, Int128 weight) in from._weights)
        {
            Weigh(value, weight);
        }
    }

    /// <inheritdoc/>
    public override void Finish(ref Result result)
    {
        IEnumerable<KeyValuePair<long, Int128>> sorted = type == ColumnType.Real
            ? _weights.OrderBy(one => BitConverter.Int64BitsToDouble(one.Key)) : _weights.OrderBy(one => one.Key);
        double wanted = _percentile / 100 * (double)_weights.Values.Aggregate(Int128.Zero, (sum, weight) => sum + weight);
        Int128 passed = 0;
        long? found = null;
        foreach ((long value, Int128 weight) in sorted)
        {
            passed += weight;
            found = value;
            if ((double)passed >= wanted)
            {
                break;
            }
        }

        if (type == ColumnType.Real)
        {
            result.Real(found is { } bits ? BitConverter.Int64BitsToDouble(bits) : null);
        }
        else
        {
            result.Long(found);
        }
    }

    private void Weigh(long value, Int128 weight)
    {
        _weights.TryGetValue(value, out Int128 before);
        _weights[value] = before + weight;
    }
}
