using System.Buffers;
using Quarry.Kql.Functions.Dynamic;

namespace Quarry.Kql.Functions.Aggregates;

/// <summary>make_bag: one property bag of the bags of a group. Of several values of a name the first counts; what is no bag is passed over.</summary>
/// <param name="isOrdered">Whether a second argument says where the bag stands.</param>
internal sealed class MergedBag(bool isOrdered) : AggregateState
{
    private readonly Utf8Set _names = new();
    private readonly List<(long Ordinal, byte[] Value)> _values = [];
    private long _most;

    /// <inheritdoc/>
    public override void Add(in Arguments arguments)
    {
        int cap = isOrdered ? 2 : 1;
        _most = arguments.IsNull(cap) ? ArrayFunctions.MostElements : arguments.Long(cap);
        long ordinal = isOrdered ? arguments.Long(1) : 0;
        var properties = new JsonProperties(arguments.Text(0));
        while (properties.MoveNext())
        {
            Take(properties.Name, properties.Value, ordinal);
        }
    }

    /// <inheritdoc/>
    public override void Merge(AggregateState other)
    {
        var from = (MergedBag)other;
        _most = Math.Max(_most, from._most);
        for (int i = 0; i < from._values.Count; i++)
        {
            Take(from._names[i], from._values[i].Value, from._values[i].Ordinal);
        }
    }

    /// <inheritdoc/>
    public override void Finish(ref Result result)
    {
        IEnumerable<int> places = Enumerable.Range(0, _values.Count);
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("{"u8);
        foreach (int place in (isOrdered ? places.OrderBy(place => _values[place].Ordinal) : places).Take((int)Math.Clamp(_most, 0, int.MaxValue)))
        {
            JsonOutput.Comma(to, 0);
            to.Write("\""u8);
            to.Write(_names[place]);
            to.Write("\":"u8);
            to.Write(_values[place].Value);
        }

        to.Write("}"u8);
        result.Text(to);
    }

    private void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, long ordinal)
    {
        if (!isOrdered && _values.Count >= _most)
        {
            return;
        }

        int place = _names.Add(name, out bool isNew);
        if (isNew)
        {
            _values.Add((ordinal, value.ToArray()));
        }
        else if (ordinal < _values[place].Ordinal)
        {
            _values[place] = (ordinal, value.ToArray());
        }
    }
}
