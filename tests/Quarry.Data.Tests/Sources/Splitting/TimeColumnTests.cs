using Quarry.Data.Sources.Splitting;

namespace Quarry.Data.Tests.Sources.Splitting;

public sealed class TimeColumnTests
{
    [Theory]
    [InlineData("SecurityEvent | where EventID == 4688", "Sentinel", "TimeGenerated")]
    [InlineData("Mine_CL", "Sentinel", "TimeGenerated")]
    [InlineData("DeviceEvents | take 3", "Defender", "Timestamp")]
    [InlineData("Mine_CL", "Defender", null)]
    [InlineData("Mine", "Sentinel", null)]
    [InlineData("union SecurityEvent, SigninLogs", "Sentinel", null)]
    [InlineData("SecurityEvent | join kind=inner (SigninLogs) on $left.Account == $right.Identity", "Sentinel", null)]
    [InlineData("print 1", "Sentinel", null)]
    public void It_is_known_of_one_known_table(string query, string product, string? column) => TimeColumn.Of(query, product).ShouldBe(column);
}
