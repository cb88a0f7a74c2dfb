namespace Quarry.Kql.Functions.Aggregates;

/// <summary>sum() of longs: nulls do not count, nothing sums to 0, and what does not fit wraps, as in Kusto.</summary>
internal sealed class WrappingSum : AggregateState
{
    private long _sum;

    /// <inheritdoc/>
    public override void Add(in Arguments arguments)
    {
        if (!arguments.IsNull(0))
        {
            _sum = unchecked(_sum + arguments.Long(0));
        }
    }

    /// <inheritdoc/>
    public override void Merge(AggregateState other) => _sum = unchecked(_sum + ((WrappingSum)other)._sum);

    /// <inheritdoc/>
    public override void Finish(ref Result result) => result.Long(_sum);
}
