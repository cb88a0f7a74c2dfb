using System.Text;
using Quarry.Indicators;

namespace Quarry.Tests.Indicators;

public class TopLevelDomainsTests
{
    [Theory]
    [InlineData("com", true)]
    [InlineData("COM", true)]
    [InlineData("onion", true)]
    [InlineData("рф", true)]
    [InlineData("РФ", true)]
    [InlineData("xn--p1ai", true)]
    [InlineData("中国", true)]
    [InlineData("exe", false)]
    [InlineData("comx", false)]
    [InlineData("c", false)]
    [InlineData("", false)]
    [InlineData("local", false)]
    public void Knows_the_labels_of_the_list(string label, bool expected) =>
        TopLevelDomains.Contains(Encoding.UTF8.GetBytes(label)).ShouldBe(expected);

    [Fact]
    public void Tells_the_day_and_the_origin_of_the_list()
    {
        TopLevelDomains.Date.ShouldBeGreaterThan(new DateOnly(2023, 1, 1));
        TopLevelDomains.Origin.ShouldNotBeEmpty();
        TopLevelDomains.Count.ShouldBeInRange(1_500, 3_000);
    }

    [Fact]
    public void The_quick_no_never_denies_a_label()
    {
        foreach (string label in TopLevelDomains.AllLabels())
        {
            foreach (string after in new[] { "", " ", ".", "/", ":", "\"", "é" })
            {
                byte[] row = Encoding.UTF8.GetBytes(label + after);
                (TopLevelDomains.MayBegin(row, 0) || after == "é").ShouldBeTrue(label);
                TopLevelDomains.MayBegin(Encoding.UTF8.GetBytes(label.ToUpperInvariant()), 0).ShouldBeTrue(label);
            }
        }
    }

    [Fact]
    public void No_label_begins_as_programs_do()
    {
        TopLevelDomains.AllLabels().ShouldAllBe(label =>
            !label.StartsWith("exe", StringComparison.Ordinal) && !label.StartsWith("dll", StringComparison.Ordinal) && !char.IsDigit(label[0]));
    }
}
