namespace Quarry.Kql.Functions.Dynamic;

/// <summary>An array whose elements can be taken in any order.</summary>
internal readonly ref struct JsonArray
{
    private const int MostKept = 1 << 16;

    private readonly ReadOnlySpan<byte> _text;
    private readonly List<(int Start, int Length)> _bounds;

    /// <summary>The elements of an array; none of what is no array.</summary>
    /// <param name="text">The array.</param>
    /// <param name="slot">0, 1 or 2: arrays of different slots can be used at the same time by one thread.</param>
    public JsonArray(ReadOnlySpan<byte> text, int slot = 0)
    {
        _text = text;
        IsArray = JsonText.KindOf(text) == JsonKind.Array;
        _spareBounds ??= [[], [], []];
        if (_spareBounds[slot].Capacity > MostKept)
        {
            _spareBounds[slot] = [];
        }

        _bounds = _spareBounds[slot];
        _bounds.Clear();
        var elements = new JsonElements(text);
        while (elements.MoveNext())
        {
            _bounds.Add((elements.Start, elements.Current.Length));
        }
    }

    [ThreadStatic]
    private static List<(int Start, int Length)>[]? _spareBounds;

    /// <summary>Whether it is an array at all.</summary>
    public bool IsArray { get; }

    /// <summary>How many elements there are.</summary>
    public int Count => _bounds.Count;

    /// <summary>An element's text.</summary>
    public ReadOnlySpan<byte> this[int index] => _text.Slice(_bounds[index].Start, _bounds[index].Length);
}
