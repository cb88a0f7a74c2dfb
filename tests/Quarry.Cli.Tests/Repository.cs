namespace Quarry.Cli.Tests;

/// <summary>Where the repository is that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Quarry.slnx")))
        {
            at = at.Parent!;
        }

        return at.FullName;
    }
}
