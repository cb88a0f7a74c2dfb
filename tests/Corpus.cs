namespace Quarry.Testing;

/// <summary>The public log data and recorded outputs that some tests read. It stands outside the repository.</summary>
internal static class Corpus
{
    /// <summary>
    /// The full path of a file of the corpus, for example <c>data/processes_on_host.csv</c>. The calling test is
    /// skipped, and reported so, where the environment variable QUARRY_CORPUS is not set.
    /// </summary>
    public static string PathOf(string relative)
    {
        string? root = Environment.GetEnvironmentVariable("QUARRY_CORPUS");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "QUARRY_CORPUS is not set: the corpus is not here.");
        return Path.GetFullPath(Path.Combine(root!, relative));
    }
}
