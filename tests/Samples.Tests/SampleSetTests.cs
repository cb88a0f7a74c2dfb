using System.Text;
using System.Text.RegularExpressions;

namespace Quarry.Samples.Tests;

public partial class SampleSetTests
{
    private static readonly IReadOnlyList<SampleFile> Generated = SampleSet.Generate();

    public static TheoryData<string> Names() => [.. Generated.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_the_committed_file_byte_for_byte(string name)
    {
        byte[] committed = CommittedSamples.Bytes(name);

        byte[] generated = Generated.Single(file => file.Name == name).Content;

        generated.AsSpan().SequenceEqual(committed).ShouldBeTrue(
            $"samples/{name} is not what the generator writes: run `dotnet run --project samples/Generate` and commit.");
    }

    [Fact]
    public void Writes_every_committed_file()
    {
        IEnumerable<string> generated = Generated.Select(file => file.Name);

        generated.ShouldBe(CommittedSamples.Names(), ignoreOrder: true);
    }

    [Fact]
    public void Writes_the_same_bytes_twice()
    {
        IReadOnlyList<SampleFile> again = SampleSet.Generate();

        foreach ((SampleFile first, SampleFile second) in Generated.Zip(again))
        {
            second.Content.ShouldBe(first.Content, first.Name);
        }
    }

    [Fact]
    public void Stays_small()
    {
        int total = Generated.Sum(file => file.Content.Length);

        total.ShouldBeLessThan(3 * 1024 * 1024);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_only_hosts_that_are_reserved_for_documentation(string name)
    {
        string text = Encoding.UTF8.GetString(CommittedSamples.Bytes(name));

        string[] strangers = [.. Host().Matches(text).Select(m => m.Groups[1].Value).Where(host => !Reserved().IsMatch(host)).Distinct()];

        strangers.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_only_addresses_that_are_private_or_reserved_for_documentation(string name)
    {
        string text = Encoding.UTF8.GetString(CommittedSamples.Bytes(name));

        string[] strangers = [.. Address().Matches(text).Select(m => m.Value).Where(address => !Harmless().IsMatch(address)).Distinct()];

        strangers.ShouldBeEmpty();
    }

    [GeneratedRegex(@"https?://([^/\s""':?`]+)")]
    private static partial Regex Host();

    [GeneratedRegex(@"(^|\.)example\.(com|net|org)$|^203\.0\.113\.58$")]
    private static partial Regex Reserved();

    // A slash in front is a browser's version (Chrome/144.0.0.0).
    [GeneratedRegex(@"(?<![\w./])\d{1,3}(\.\d{1,3}){3}(?![\w.-])")]
    private static partial Regex Address();

    [GeneratedRegex(@"^(192\.0\.2|198\.51\.100|203\.0\.113|10\.20\.\d+)\.\d+$")]
    private static partial Regex Harmless();
}
