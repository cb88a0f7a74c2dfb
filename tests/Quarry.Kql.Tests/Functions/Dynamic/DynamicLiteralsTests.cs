using Quarry.Kql.Functions.Dynamic;
using Quarry.Kql.Syntax;

namespace Quarry.Kql.Tests.Functions.Dynamic;

public class DynamicLiteralsTests
{
    [Theory]
    [InlineData("null", null)]
    [InlineData("[1, 'two', 3.5, true, null]", "[1,\"two\",3.5,true,null]")]
    [InlineData("{'a': {\"b\": [1,2]}}", "{\"a\":{\"b\":[1,2]}}")]
    [InlineData("-5", "-5")]
    [InlineData("0x1F", "31")]
    [InlineData("2.0", "2.0")]
    [InlineData("1e3", "1e3")]
    [InlineData("'x'", "\"x\"")]
    [InlineData("[datetime(2022-01-01), 1d, 1.5h, timespan(00:00:02)]", "[\"2022-01-01T00:00:00.0000000Z\",\"1.00:00:00\",\"01:30:00\",\"00:00:02\"]")]
    [InlineData("[dynamic({\"a\":1}), dynamic({\"a\":2})]", "[{\"a\":1},{\"a\":2}]")]
    [InlineData("[\"a\\tb\"]", "[\"a\\tb\"]")]
    public void A_literal_is_compact_json(string literal, string? expected)
    {
        SyntaxTree tree = SyntaxTree.Parse($"print dynamic({literal})");
        DynamicLiteral found = Find(tree.Root)!;
        DynamicLiterals.ToJson(found).ShouldBe(expected);
    }

    private static DynamicLiteral? Find(SyntaxElement element) =>
        element as DynamicLiteral ?? (element as SyntaxNode)?.Children.Select(Find).FirstOrDefault(found => found is not null);
}
