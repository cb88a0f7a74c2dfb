namespace Quarry.Cli.Tests;

public class PlaceTests
{
    [Fact]
    public void Placeholder() => 1.ShouldBe(1);
}
