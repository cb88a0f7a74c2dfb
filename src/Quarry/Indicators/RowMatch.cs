namespace Quarry.Indicators;

/// <summary>
/// Something found in the row that is being scanned. The observable is the text as it stands, unless it had to be written
/// anew (refanged, decoded); then it lies in the scanner's side buffer.
/// </summary>
internal struct RowMatch
{
    public int Offset;
    public int Length;

    /// <summary>Where the rewritten observable begins in the side buffer, or -1.</summary>
    public int RewrittenAt;
    public int RewrittenLength;

    public IndicatorKind Kind;

    /// <summary>Whether it stood defanged.</summary>
    public bool IsDefanged;

    /// <summary>Whether the observable is reported rewritten whatever the options: it was percent-decoded.</summary>
    public bool IsDecoded;
}
