using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Data.PushDown;

/// <summary>A column's values as far as a source was asked about them.</summary>
/// <param name="schema">The column.</param>
/// <param name="filled">In how many rows it is filled.</param>
internal sealed class PushedColumn(ColumnSchema schema, long filled) : IColumnValues
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<Value> _values = [];
    private readonly Dictionary<int, int> _distinct = [];
    private readonly Dictionary<int, List<int>> _tallies = [];
    private (long Rows, int Values, IReadOnlyList<(int Code, long Count)> Most)? _distribution;

    /// <inheritdoc/>
    public ColumnSchema Schema { get; } = schema;

    /// <inheritdoc/>
    public long Filled { get; } = filled;

    /// <summary>The texts of the values that are asked about, by code from 1.</summary>
    public IEnumerable<string> Asked => _values.Select(value => value.Text);

    /// <inheritdoc/>
    public string Show(int code) => ValueText.Show(_values[code - 1].Text, Schema.Type);

    /// <inheritdoc/>
    public long Total(int code) => _values[code - 1].BySignature.Values.Sum();

    /// <inheritdoc/>
    public bool IsOfOneSignature(int code) => _values[code - 1].BySignature.Count == 1;

    /// <inheritdoc/>
    public bool IsFilling(int code) => true;

    /// <inheritdoc/>
    public int Distinct(int signature) => _distinct[signature];

    /// <inheritdoc/>
    public IReadOnlyList<(int Code, long Count)>? Tally(int signature, int most) => !_tallies.TryGetValue(signature, out List<int>? codes) || codes.Count > most
        ? null
        : [.. codes.Select(code => (code, _values[code - 1].BySignature.TryGetValue(signature, out long rows) ? rows : throw PushedTable.Changed()))
            .OrderByDescending(one => one.Item2).ThenBy(one => _values[one.code - 1].Text, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public (long Rows, int Values, IReadOnlyList<(int Code, long Count)> Most) Distribution(int? signature, int top) => _distribution!.Value;

    /// <summary>Remembers how many values there are in a signature's rows.</summary>
    public void SetDistinct(int signature, int count) => _distinct[signature] = count;

    /// <summary>Remembers all values that a signature's rows hold.</summary>
    public void SetValues(int signature, IEnumerable<string> texts) => _tallies[signature] = [.. texts.Select(CodeOf)];

    /// <summary>Remembers in how many rows of a signature a value that was asked about stands.</summary>
    public void SetCount(string text, int signature, long rows) => _values[CodeOf(text) - 1].BySignature[signature] = rows;

    /// <summary>Remembers the distribution: the rows that are filled, the number of values, and the most frequent of them.</summary>
    public void SetDistribution(long rows, long values, IEnumerable<(string Text, long Count)> most) =>
        _distribution = (rows, checked((int)values), [.. most.OrderByDescending(one => one.Count).ThenBy(one => one.Text, StringComparer.Ordinal).Select(one => (CodeOf(one.Text), one.Count))]);

    private int CodeOf(string text)
    {
        if (!_codes.TryGetValue(text, out int code))
        {
            _values.Add(new Value(text, []));
            _codes.Add(text, code = _values.Count);
        }

        return code;
    }

    private sealed record Value(string Text, Dictionary<int, long> BySignature);
}
