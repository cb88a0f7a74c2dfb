using System.Buffers;
using Quarry.Kql.Functions.Dynamic;

namespace Quarry.Kql.Functions.Aggregates;

/// <summary>make_list and make_set: the elements of a group as JSON, up to a number of them.</summary>
internal sealed class GatheredValues(Gathering gathering) : AggregateState
{
    private readonly List<(long Ordinal, int Start, int Length)> _elements = [];
    private readonly Utf8Set? _seen = gathering.IsDistinct ? new Utf8Set() : null;
    private byte[] _bytes = [];
    private int _used;
    private long _most;

    /// <inheritdoc/>
    public override void Add(in Arguments arguments)
    {
        int cap = gathering.IsOrdered ? 2 : 1;
        _most = arguments.IsNull(cap) ? ArrayFunctions.MostElements : arguments.Long(cap);
        long ordinal = gathering.IsOrdered ? arguments.Long(1) : _elements.Count;
        ReadOnlySpan<byte> value = arguments.Text(0);
        if (!gathering.Flattens || JsonText.KindOf(value) != JsonKind.Array)
        {
            Take(value, ordinal);
            return;
        }

        var elements = new JsonElements(value);
        while (elements.MoveNext())
        {
            Take(elements.Current, ordinal);
        }
    }

    /// <inheritdoc/>
    public override void Merge(AggregateState other)
    {
        var from = (GatheredValues)other;
        _most = Math.Max(_most, from._most);
        foreach ((long ordinal, int start, int length) in from._elements)
        {
            Take(from._bytes.AsSpan(start, length), gathering.IsOrdered ? ordinal : _elements.Count);
        }
    }

    /// <inheritdoc/>
    public override void Finish(ref Result result)
    {
        List<(long Ordinal, int Start, int Length)> elements = gathering.IsOrdered ? [.. _elements.OrderBy(element => element.Ordinal)] : _elements;
        ArrayBufferWriter<byte> to = Result.Scratch();
        to.Write("["u8);
        int count = (int)Math.Clamp(_most, 0, elements.Count);
        for (int i = 0; i < count; i++)
        {
            JsonOutput.Comma(to, 0);
            to.Write(_bytes.AsSpan(elements[i].Start, elements[i].Length));
        }

        to.Write("]"u8);
        result.Text(to);
    }

    private void Take(ReadOnlySpan<byte> value, long ordinal)
    {
        bool isNull = JsonText.IsNull(value);
        if ((isNull && !gathering.KeepsNulls) || (!gathering.IsOrdered && _elements.Count >= _most))
        {
            return;
        }

        value = isNull ? "null"u8 : value;
        if (_seen is not null)
        {
            int place = _seen.Add(JsonEquality.Key(value, JsonText.Spare()), out bool isNew);
            if (!isNew)
            {
                if (ordinal < _elements[place].Ordinal)
                {
                    _elements[place] = _elements[place] with { Ordinal = ordinal };
                }

                return;
            }
        }

        if (_bytes.Length - _used < value.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(Math.Max(32, _bytes.Length * 2L), _used + (long)value.Length)));
        }

        value.CopyTo(_bytes.AsSpan(_used));
        _elements.Add((ordinal, _used, value.Length));
        _used += value.Length;
    }
}
