using System.Buffers;
using Quarry.Kql.Functions.Dynamic;

namespace Quarry.Kql.Functions.Aggregates;

/// <summary>
/// make-series: the bins of a group as one array. Arguments: the place of a bin, from 0; its value as JSON; how many bins
/// there are; what a bin without a row gets, as JSON. The last two are the same in each row of a group.
/// </summary>
internal sealed class SeriesBins : AggregateState
{
    private readonly Dictionary<long, byte[]> _values = [];
    private long _count;
    private byte[] _default = [];

    /// <inheritdoc/>
    public override void Add(in Arguments arguments)
    {
        if (_count == 0)
        {
            _count = arguments.IsNull(2) ? 0 : Math.Clamp(arguments.Long(2), 0, ArrayFunctions.MostElements);
            _default = arguments.Text(3).ToArray();
        }

        if (!arguments.IsNull(0))
        {
            _values.TryAdd(arguments.Long(0), arguments.Text(1).ToArray());
        }
    }

    /// <inheritdoc/>
    public override void Merge(AggregateState other)
    {
        var from = (SeriesBins)other;
        if (_count == 0)
        {
            (_count, _default) = (from._count, from._default);
        }

        foreach ((long place, byte[] value) in from._values)
        {
            _values.TryAdd(place, value);
        }
    }

    /// <inheritdoc/>
    public override void Finish(ref Result result)
    {
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        for (long i = 0; i < _count; i++)
        {
            JsonOutput.Comma(to, 0);
            JsonOutput.Json(to, _values.TryGetValue(i, out byte[]? value) ? value : _default);
        }

        to.Write("]"u8);
        result.Text(to);
    }
}
