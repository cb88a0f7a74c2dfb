namespace Quarry.Data.Files;

/// <summary>A row that could not be read.</summary>
/// <param name="Source">The file.</param>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Raw">Its text, at most <see cref="LongestRaw"/> bytes of it.</param>
public sealed record MalformedRow(string Source, long Line, string Reason, string Raw)
{
    /// <summary>The most bytes of a malformed row that are kept.</summary>
    public const int LongestRaw = 64 << 10;
}
