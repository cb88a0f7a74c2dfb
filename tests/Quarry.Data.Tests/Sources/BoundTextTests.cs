using Quarry.Data.Kql;
using Quarry.Data.Sources;

namespace Quarry.Data.Tests.Sources;

public class BoundTextTests
{
    private const string Text = "// c\ndeclare query_parameters(host:string, n:long = 5,\n at:datetime);\nT | where Computer == host | take n";

    [Fact]
    public void A_declaration_gives_way_to_values()
    {
        string bound = BoundText.Of(Text, new Dictionary<string, object?> { ["host"] = "a'; T | take 1", ["at"] = "2026-03-01" });

        bound.ShouldBe("// c\nlet ['host'] = 'a\\'; T | take 1'; let ['n'] = 5; let ['at'] = datetime(2026-03-01T00:00:00.0000000Z);\nT | where Computer == host | take n");
    }

    [Fact]
    public void Values_are_literals_for_services_that_take_them() =>
        BoundText.Literals(Text, new Dictionary<string, object?> { ["host"] = "h", ["n"] = 7L, ["at"] = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc) })
            .ShouldBe(new Dictionary<string, string> { ["host"] = "'h'", ["n"] = "long(7)", ["at"] = "datetime(2026-03-01T00:00:00.0000000Z)" });

    [Theory]
    [InlineData("host", null, "no value")]
    [InlineData("at", "soon", "'soon' is none")]
    [InlineData("other", "x", "no parameter 'other'")]
    public void What_is_missing_or_wrong_is_refused(string name, string? value, string said)
    {
        var values = new Dictionary<string, object?> { ["host"] = "h", ["at"] = "2026-03-01" };
        if (value is null)
        {
            values.Remove(name);
        }
        else
        {
            values[name] = value;
        }

        Should.Throw<KqlException>(() => BoundText.Of(Text, values)).Message.ShouldContain(said);
    }

    [Fact]
    public void A_query_without_parameters_stays_as_it_is() => BoundText.Of("T | count", new Dictionary<string, object?>()).ShouldBe("T | count");
}
