namespace Quarry.Signatures;

/// <summary>A signature: the rows that have the same columns filled. What it says of columns is worked out when asked for.</summary>
public sealed class RowSignature
{
    private readonly DataSignatures _signatures;
    private readonly int _index;

    internal RowSignature(DataSignatures signatures, int index, long count, long? firstRow)
    {
        _signatures = signatures;
        _index = index;
        Count = count;
        FirstRow = firstRow;
    }

    /// <summary>Its place in <see cref="DataSignatures.Signatures"/>, from 1.</summary>
    public int Number => _index + 1;

    /// <summary>The number of its rows.</summary>
    public long Count { get; }

    /// <summary>Their share of all rows.</summary>
    public double Probability => (double)Count / _signatures.RowCount;

    /// <summary>The first of its rows in the table, from 0; null where the rows are at a service, which has no order of them.</summary>
    public long? FirstRow { get; }

    /// <summary>Whether it is a single row, too small to generalise: whatever that row holds is then constant and mostly unique.</summary>
    public bool IsSingleRow => Count == 1;

    /// <summary>A digit for each of <see cref="DataSignatures.Features"/>: 1 where it is filled, 0 where it is not.</summary>
    public string Pattern => string.Create(_signatures.Features.Count, this, static (digits, signature) =>
    {
        for (int i = 0; i < digits.Length; i++)
        {
            digits[i] = signature.IsPresent(i) ? '1' : '0';
        }
    });

    /// <summary>The features that are filled in its rows, in the table's order.</summary>
    public IReadOnlyList<string> PresentFeatures => Choose(true);

    /// <summary>The features that are not.</summary>
    public IReadOnlyList<string> MissingFeatures => Choose(false);

    /// <summary>Whether a feature is filled, by its position in <see cref="DataSignatures.Features"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public bool IsPresent(int feature) => _signatures.IsPresent(_index, feature);

    internal int Index => _index;

    internal string FeatureName(int feature) => _signatures.Features[feature];

    private List<string> Choose(bool present)
    {
        var chosen = new List<string>();
        for (int i = 0; i < _signatures.Features.Count; i++)
        {
            if (IsPresent(i) == present)
            {
                chosen.Add(_signatures.Features[i]);
            }
        }

        return chosen;
    }
}
