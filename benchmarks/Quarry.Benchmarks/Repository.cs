namespace Quarry.Benchmarks;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution, at or above the program's.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Quarry.slnx")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("Run the benchmarks from within the repository.");
    }
}
