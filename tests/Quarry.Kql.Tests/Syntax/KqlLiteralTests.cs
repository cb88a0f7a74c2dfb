using FsCheck.Fluent;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Tests.Syntax;

public class KqlLiteralTests
{
    [Fact]
    public void A_text_is_one_token_that_says_it_whatever_it_holds() => Prop.ForAll<NonNull<string>>(text =>
    {
        string literal = KqlLiteral.String(text.Get);
        SyntaxToken[] tokens = Tokens(literal);

        return tokens.Length == 2 && LiteralText.Of(tokens[1]) == text.Get;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\\'")]
    [InlineData("' or 1==1 //")]
    [InlineData("'); drop table T; //")]
    [InlineData("```")]
    [InlineData("\r\n| take 1")]
    [InlineData("\u2028\u0000\u0085\uD800")]
    public void Quoting_of_every_kind_stays_inside(string text)
    {
        SyntaxToken[] tokens = Tokens(KqlLiteral.String(text));

        tokens.Length.ShouldBe(2);
        LiteralText.Of(tokens[1]).ShouldBe(text);
    }

    [Theory]
    [InlineData(true, ColumnType.Bool, "true")]
    [InlineData(-5, ColumnType.Int, "int(-5)")]
    [InlineData(long.MinValue, ColumnType.Long, "long(-9223372036854775808)")]
    [InlineData(0.1, ColumnType.Real, "real(0.1)")]
    [InlineData(double.NaN, ColumnType.Real, "real(nan)")]
    [InlineData(double.NegativeInfinity, ColumnType.Real, "real(-inf)")]
    [InlineData("{\"a\": \"x'y\"}", ColumnType.Dynamic, "dynamic({\"a\":\"x'y\"})")]
    [InlineData("no json') | take 1", ColumnType.Dynamic, "dynamic('no json\\') | take 1')")]
    [InlineData(null, ColumnType.DateTime, "datetime(null)")]
    [InlineData(null, ColumnType.String, "''")]
    public void Values_of_each_type_have_a_literal(object? value, ColumnType type, string expected)
    {
        KqlLiteral.Of(value, type).ShouldBe(expected);
        SyntaxTree.Parse($"print {expected}").Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void Times_keep_their_ticks()
    {
        KqlLiteral.Of(new DateTime(2026, 3, 1, 1, 2, 3, DateTimeKind.Utc).AddTicks(1), ColumnType.DateTime).ShouldBe("datetime(2026-03-01T01:02:03.0000001Z)");
        KqlLiteral.Of(TimeSpan.FromTicks(-1), ColumnType.TimeSpan).ShouldBe("time(-00:00:00.0000001)");
        KqlLiteral.Of(Guid.Empty, ColumnType.Guid).ShouldBe("guid(00000000-0000-0000-0000-000000000000)");
    }

    [Fact]
    public void A_value_of_another_type_is_refused() => Should.Throw<ArgumentException>(() => KqlLiteral.Of("1", ColumnType.Long));

    [Theory]
    [InlineData("a b")]
    [InlineData("x']; drop table T //")]
    [InlineData("naïve")]
    public void A_name_is_a_name_whatever_it_holds(string name)
    {
        var tree = SyntaxTree.Parse($"T | project {KqlLiteral.Name(name)}");

        tree.Diagnostics.ShouldBeEmpty();
        tree.Root.DescendantsAndSelf().OfType<NameSyntax>().Last().Text.ShouldBe(name);
    }

    private static SyntaxToken[] Tokens(string literal) => [.. SyntaxTree.Parse($"print {literal}").Root.Tokens().Where(token => token.Kind != TokenKind.EndOfText)];
}
