namespace Quarry.Data.Files.Writers;

/// <summary>How a table is written.</summary>
public sealed record WriterOptions
{
    /// <summary>The defaults.</summary>
    public static WriterOptions Default { get; } = new();

    /// <summary>
    /// Whether text in csv and tsv that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return)
    /// is written behind an apostrophe. Default: true.
    /// </summary>
    /// <remarks>Source: OWASP, "CSV Injection".</remarks>
    public bool GuardFormulas { get; init; } = true;
}
