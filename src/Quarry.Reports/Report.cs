namespace Quarry.Reports;

/// <summary>Results to be read by a person, one below another. <see cref="HtmlReport"/> writes it.</summary>
/// <param name="Title">What it is about, in a few words.</param>
/// <param name="Sections">The results, in the order of the page.</param>
public sealed record Report(string Title, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>What a reader has to know before the first section; null for nothing. Plain text; blank lines part paragraphs.</summary>
    public string? Introduction { get; init; }

    /// <summary>When it was made; null leaves the time out, and the bytes depend on the content alone.</summary>
    public DateTimeOffset? Created { get; init; }
}
