namespace Quarry.Tables;

/// <summary>Which rows of a column hold a value: a bit a row, set where the row is not null. No bits at all: every row holds one.</summary>
public readonly struct ValidityMask
{
    private readonly ulong[]? _words;
    private readonly int _first;

    internal ValidityMask(ulong[]? words, int first = 0)
    {
        _words = words;
        _first = first;
    }

    /// <summary>Whether every row is known to hold a value without looking.</summary>
    public bool IsAllValid => _words is null;

    /// <summary>Whether a row holds a value.</summary>
    public bool IsValid(int row)
    {
        if (_words is null)
        {
            return true;
        }

        int bit = _first + row;
        return (_words[bit >> 6] >> (bit & 63) & 1) != 0;
    }

    internal ValidityMask Slice(int first) => new(_words, _first + first);
}
