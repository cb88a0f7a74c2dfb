using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

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

    private static string Page([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "kql-support.md");
}
