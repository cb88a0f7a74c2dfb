namespace Quarry.Data.Tests.Kql;

/// <summary>The page that says what of KQL runs.</summary>
public sealed class SupportMatrixTests
{
    [Fact]
    public void The_page_says_what_the_code_does()
    {
        string path = Page();
        string text = SupportMatrix.Text();
        if (Environment.GetEnvironmentVariable("QUARRY_WRITE_DOCS") is { Length: > 0 })
        {
            File.WriteAllText(path, text);
        }

        string[] written = File.ReadAllLines(path);
        string[] found = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        found.Except(written).ShouldBeEmpty("the page lacks these lines; write it with QUARRY_WRITE_DOCS=1");
        written.Where(line => line.Length > 0).Except(found).ShouldBeEmpty("the page has these lines, which are not so");
    }

    // The page lies above the folder that the tests run in.
    private static string Page()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Quarry.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run in the repository.");
        }

        return Path.Combine(folder, "docs", "kql-support.md");
    }
}
