namespace Quarry.Tests;

public class NearestNameTests
{
    private static readonly string[] Names = ["CommandLine", "Computer", "TimeGenerated", "NewProcessName", "Account"];

    [Theory]
    [InlineData("commandline", "CommandLine")]
    [InlineData("ComandLine", "CommandLine")]
    [InlineData("CommadnLine", "CommandLine")]
    [InlineData("Time", "TimeGenerated")]
    [InlineData("Com", null)]
    [InlineData("zzz", null)]
    [InlineData("", null)]
    public void Finds_what_was_probably_meant(string name, string? meant) => NearestName.Of(name, Names).ShouldBe(meant);

    [Fact]
    public void A_header_of_a_megabyte_is_no_trap() =>
        (NearestName.Of(new string('a', 1 << 20), [new string('b', 1 << 20)]) is null).ShouldBeTrue();
}
