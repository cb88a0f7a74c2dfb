using Quarry.Data.Files;
using Quarry.Data.Files.Readers;

namespace Quarry.Data.Tests.Files;

public sealed class InputPatternTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("*.csv", "a.csv b.csv")]
    [InlineData("?.csv", "a.csv b.csv")]
    [InlineData("[b-z].csv", "b.csv")]
    [InlineData("[!a].*", "b.csv")]
    [InlineData("**/*.csv", "a.csv b.csv sub/c.csv sub/deep/d.csv")]
    [InlineData("**", "a.csv b.csv sub/c.csv sub/deep/d.csv")]
    [InlineData("*/*.csv", "sub/c.csv")]
    [InlineData("sub/**/d*", "sub/deep/d.csv")]
    [InlineData("s*b/d??p/*", "sub/deep/d.csv")]
    [InlineData(".*", ".hidden.csv")]
    public void Expands_a_glob_in_ordinal_order(string pattern, string expected)
    {
        foreach (string name in (string[])["b.csv", "a.csv", "sub/c.csv", "sub/deep/d.csv", ".hidden.csv", ".git/x.csv"])
        {
            _scratch.Write(name, "x");
        }

        IReadOnlyList<InputFile> files = InputPattern.Resolve([Path.Combine(_scratch.Folder, pattern)]);

        files.Select(f => Path.GetRelativePath(_scratch.Folder, f.Path).Replace('\\', '/')).ShouldBe(expected.Split(' '));
    }

    [Theory]
    [InlineData("abc", "a*c", true)]
    [InlineData("abc", "*", true)]
    [InlineData("abc", "a**c", true)]
    [InlineData("abc", "a?c", true)]
    [InlineData("ab", "a?c", false)]
    [InlineData("a-c", "a[b-]c", true)]
    [InlineData("a]c", "a[]]c", true)]
    [InlineData("a[c", "a[c", true)]
    [InlineData("", "*", true)]
    [InlineData("ac", "a[!b]", true)]
    [InlineData("ab", "a[!b]", false)]
    public void Matches_names_as_a_shell_does(string name, string pattern, bool expected) => Glob.Matches(name, pattern).ShouldBe(expected);

    [Fact]
    public void A_pattern_of_many_stars_takes_no_time()
    {
        string pattern = string.Concat(Enumerable.Repeat("*a", 100)) + "b";

        Glob.Matches(new string('a', 5000), pattern).ShouldBeFalse();
    }

    [Fact]
    public void A_name_that_is_there_wins_over_its_meaning_as_a_glob()
    {
        string literal = _scratch.Write("[a].csv", "x");
        _scratch.Write("a.csv", "x");

        InputPattern.Resolve([literal]).ShouldHaveSingleItem().Path.ShouldBe(literal);
    }

    [Fact]
    public void Keeps_the_order_of_the_patterns_and_reads_a_file_once()
    {
        string a = _scratch.Write("a.csv", "x"), b = _scratch.Write("b.csv", "x");

        IReadOnlyList<InputFile> files = InputPattern.Resolve([b, "-", Path.Combine(_scratch.Folder, "*.csv"), "-", Path.Combine(_scratch.Folder, ".", "a.csv")]);

        files.Select(f => f.Path).ShouldBe([b, "-", a]);
    }

    [Fact]
    public void A_glob_that_meets_nothing_is_named()
    {
        string pattern = Path.Combine(_scratch.Folder, "*.csv");

        Should.Throw<QuarryException>(() => InputPattern.Resolve([pattern])).Message.ShouldContain($"No file meets the pattern '{pattern}'");
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_with_the_nearest_name()
    {
        string there = _scratch.Write("processes.csv", "x");

        Should.Throw<QuarryException>(() => InputPattern.Resolve([Path.Combine(_scratch.Folder, "proceses.csv")]))
            .Message.ShouldContain($"Did you mean '{there}'?");
    }

    [Fact]
    public void A_directory_is_an_error_that_says_what_to_try() =>
        Should.Throw<QuarryException>(() => InputPattern.Resolve([_scratch.Folder]))
            .Message.ShouldContain($"is a directory. Name the files in it, for example '{Path.Combine(_scratch.Folder, "*.jsonl")}'");

    [Fact]
    public void A_directory_that_is_not_there_is_named() =>
        Should.Throw<QuarryException>(() => InputPattern.Resolve([Path.Combine(_scratch.Folder, "no", "a.csv")]))
            .Message.ShouldContain("is not there either");
}
