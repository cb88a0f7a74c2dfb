using Quarry.Indicators;

namespace Quarry.Tests.Indicators;

public class DefangingRoundTripTests
{
    [Theory]
    [InlineData("")]
    [InlineData("gftp://")]
    [InlineData("example.comftp://1.2.3.4/x")]
    [InlineData("wordsftp://host.example.com/")]
    [InlineData("seehttps://host.example.com/a.b?c=d.e")]
    public void Comes_back_as_it_was(string live)
    {
        string defanged = Defanging.Defang(live);

        Defanging.Refang(defanged).ShouldBe(live);
    }
}
