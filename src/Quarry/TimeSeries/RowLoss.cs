namespace Quarry.TimeSeries;

/// <summary>Counts rows that cannot be used for one reason, and remembers the first.</summary>
internal sealed class RowLoss(string one, string many)
{
    private long _first;
    private string? _text;

    public long Count { get; private set; }

    /// <summary>How many rows, which is the first, and what it holds.</summary>
    public string Sentence =>
        $"{Count:N0} {(Count == 1 ? "row " + one : "rows " + many)} (the first is row {_first:N0}{(_text is null ? "" : $", '{_text}'")}).";

    public void Add(long row, string? text)
    {
        if (Count++ == 0)
        {
            (_first, _text) = (row, text);
        }
    }
}
