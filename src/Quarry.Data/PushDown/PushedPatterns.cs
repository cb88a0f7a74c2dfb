using Quarry.Signatures;

namespace Quarry.Data.PushDown;

/// <summary>The patterns of filled columns that a source counted.</summary>
internal sealed class PushedPatterns
{
    private readonly (string Digits, long Count)[] _patterns;
    private readonly int _columns;

    /// <summary>Patterns, each a digit a column, with their rows.</summary>
    /// <exception cref="QuarryException">They are no patterns of so many columns.</exception>
    public PushedPatterns(int columns, IEnumerable<(string Digits, long Count)> patterns)
    {
        _columns = columns;
        _patterns = [.. patterns.Where(one => one.Count > 0)];
        if (_patterns.Any(one => one.Digits.Length != columns || one.Digits.AsSpan().IndexOfAnyExcept('0', '1') >= 0))
        {
            throw new QuarryException($"The source answered what is no pattern of {columns:N0} columns.");
        }

        RowCount = _patterns.Sum(one => one.Count);
    }

    /// <summary>The number of rows.</summary>
    public long RowCount { get; }

    /// <summary>In how many rows a column is filled.</summary>
    public long Filled(int column) => _patterns.Sum(one => one.Digits[column] == '1' ? one.Count : 0);

    /// <summary>In which patterns a column is filled, as a text: two columns that are filled in the same rows have the same.</summary>
    public string Presence(int column) => string.Create(_patterns.Length, column, (digits, at) =>
    {
        for (int i = 0; i < digits.Length; i++)
        {
            digits[i] = _patterns[i].Digits[at];
        }
    });

    /// <summary>The patterns of some columns, bits at their own positions, and their rows: the most frequent first, then by their digits.</summary>
    public (PatternTable Patterns, long[] Counts) Merge(int[] features)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string digits, long count) in _patterns)
        {
            string chosen = string.Concat(features.Select(i => digits[i]));
            counts[chosen] = counts.GetValueOrDefault(chosen) + count;
        }

        KeyValuePair<string, long>[] ordered = [.. counts.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal)];
        var table = new PatternTable(Math.Max(1, (_columns + 63) / 64));
        ulong[] bits = new ulong[table.Words];
        foreach ((string digits, _) in ordered)
        {
            Array.Clear(bits);
            for (int i = 0; i < features.Length; i++)
            {
                bits[features[i] >> 6] |= digits[i] == '1' ? 1ul << (features[i] & 63) : 0;
            }

            table.IdOf(bits);
        }

        return (table, [.. ordered.Select(one => one.Value)]);
    }
}
