namespace Quarry.Indicators;

/// <summary>Takes what a scanner found in a row, before the next row is scanned.</summary>
internal interface IRowConsumer
{
    /// <summary>Takes the matches of a row, in no particular order.</summary>
    void Take(int row, ReadOnlySpan<byte> text, Span<RowMatch> matches, ReadOnlySpan<byte> rewritten);
}
