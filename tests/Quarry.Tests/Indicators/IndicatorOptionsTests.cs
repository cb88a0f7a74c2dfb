using Quarry.Indicators;

namespace Quarry.Tests.Indicators;

public class IndicatorOptionsTests
{
    [Fact]
    public void An_unknown_type_is_refused_with_the_nearest_and_all()
    {
        QuarryException error = Should.Throw<QuarryException>(() => new IndicatorExtractor(new IndicatorOptions { Types = ["md5_hsh"] }));

        error.Message.ShouldContain("Did you mean 'md5_hash'?");
        error.Message.ShouldContain("mitre_attack");
    }

    [Fact]
    public void Paths_are_on_request()
    {
        string text = @"C:\a\b.txt /etc/passwd";

        new IndicatorExtractor().Extract(text).ShouldBeEmpty();
        new IndicatorExtractor(new IndicatorOptions { IncludePaths = true }).Extract(text).Keys.ShouldBe(["windows_path", "linux_path"]);
    }

    [Fact]
    public void User_defined_types_are_found_beside_the_others_by_group_and_priority()
    {
        var options = new IndicatorOptions
        {
            Types = ["ipv4"],
            Patterns = [@"ticket:5:id=(?<id>INC\d{4})-x", "weak_ip:9=1\\.1\\.1\\.1", "strong_ip=2\\.2\\.2\\.2"],
        };

        IReadOnlyList<CollectingSink.Match> found = new IndicatorExtractor(options).Find("é inc1234-x 1.1.1.1 2.2.2.2");

        found.Select(match => (match.Type, match.Observable, match.Offset)).ShouldBe(
            [("ticket", "inc1234", 3), ("ipv4", "1.1.1.1", 13), ("ipv4", "2.2.2.2", 21)]);
    }

    [Fact]
    public void A_stronger_user_defined_type_takes_an_equal_text()
    {
        var options = new IndicatorOptions { Types = ["dns"], Custom = [new CustomIndicator("ours", @"\w+\.corp\.example\.com")] };

        new IndicatorExtractor(options).Extract("dc.corp.example.com").Keys.ShouldBe(["ours"]);
    }

    [Fact]
    public void A_pattern_that_backtracks_without_end_is_given_up()
    {
        var options = new IndicatorOptions { Patterns = [@"evil=^(?=(a+)+$)(a+)+b\1$"] };

        Should.CompleteIn(
            () => new IndicatorExtractor(options).Extract(new string('a', 5_000) + "! 1.1.1.1"), TimeSpan.FromSeconds(10))
            .Keys.ShouldBe(["ipv4"]);
        new IndicatorExtractor(options).Scan(System.Text.Encoding.UTF8.GetBytes(new string('a', 5_000) + "!"), [0, 5_001], new CollectingSink())
            .ShouldBe(1);
    }

    [Theory]
    [InlineData("noequals", "NAME=PATTERN")]
    [InlineData("x:y=z", "NAME:PRIORITY")]
    [InlineData("ipv4=1", "built-in")]
    [InlineData("a b=1", "cannot name")]
    [InlineData("a=(", "not a regular expression")]
    [InlineData("a:1:g=x", "no group 'g'")]
    public void A_definition_that_does_not_work_is_refused_with_the_reason(string pattern, string reason) =>
        Should.Throw<QuarryException>(() => new IndicatorExtractor(new IndicatorOptions { Patterns = [pattern] }))
            .Message.ShouldContain(reason);

    [Fact]
    public void Two_definitions_of_one_name_are_refused() =>
        Should.Throw<QuarryException>(() => new IndicatorExtractor(new IndicatorOptions { Patterns = ["a=1", "A=2"] }))
            .Message.ShouldContain("twice");
}
