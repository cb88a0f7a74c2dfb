using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;

namespace Quarry.Kql.Tests.Symbols;

public class LiteralValuesTests
{
    [Theory]
    [InlineData("5", 5L)]
    [InlineData("0x1F", 31L)]
    [InlineData("0xFFFFFFFFFFFFFFFF", -1L)]
    [InlineData("1.5e3", 1500.0)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("1.5h", 54_000_000_000L)]
    [InlineData("1tick", 1L)]
    [InlineData("2days", 1_728_000_000_000L)]
    [InlineData("time(1.02:03:04)", 937_840_000_000L)]
    [InlineData("timespan(2 days)", 1_728_000_000_000L)]
    [InlineData("time(2)", 1_728_000_000_000L)]
    [InlineData("time('-1d')", -864_000_000_000L)]
    [InlineData("datetime(null)", null)]
    [InlineData("int(null)", null)]
    [InlineData("int( -5 )", -5)]
    [InlineData("long(0x10)", 16L)]
    [InlineData("real(nan)", double.NaN)]
    [InlineData("real(-inf)", double.NegativeInfinity)]
    [InlineData("double(2)", 2.0)]
    [InlineData("bool(1)", true)]
    [InlineData("FALSE", false)]
    [InlineData("guid(0123456789ABCDEF0123456789abcdef)", "01234567-89ab-cdef-0123-456789abcdef")]
    public void A_literal_has_its_value(string text, object? expected)
    {
        LiteralValues.TryGet(Literal(text), false, out object? value, out string message).ShouldBeTrue(message);
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("datetime(2020-01-31)", 0)]
    [InlineData("datetime(2020 - 01 - 31)", 0)]
    [InlineData("datetime(2020, 1, 31)", 0)]
    [InlineData("date(1/31/2020)", 0)]
    [InlineData("datetime(\"2020-01-31T01:00:00+01:00\")", 0)]
    [InlineData("datetime(2020-01-31 02:00)", 2)]
    public void A_datetime_is_read_in_many_forms(string text, int hours)
    {
        LiteralValues.TryGet(Literal(text), false, out object? value, out string message).ShouldBeTrue(message);
        value.ShouldBe(new DateTime(2020, 1, 31, hours, 0, 0).Ticks);
    }

    [Fact]
    public void The_least_long_is_a_negated_literal()
    {
        LiteralValues.TryGet(Literal("9223372036854775808"), true, out object? value, out _).ShouldBeTrue();
        value.ShouldBe(long.MinValue);
    }

    [Theory]
    [InlineData("datetime(2020-13-45)")]
    [InlineData("datetime(abc)")]
    [InlineData("datetime()")]
    [InlineData("time(abc)")]
    [InlineData("time(25:00:00)")]
    [InlineData("200000000d")]
    [InlineData("int(99999999999)")]
    [InlineData("int(1.5)")]
    [InlineData("9223372036854775808")]
    [InlineData("long(1.5)")]
    [InlineData("real(abc)")]
    [InlineData("bool(2)")]
    [InlineData("guid(abc)")]
    [InlineData("decimal(1/3)")]
    public void A_literal_without_a_value_is_reported_and_not_guessed(string text)
    {
        LiteralValues.TryGet(Literal(text), false, out object? value, out string message).ShouldBeFalse();
        value.ShouldBeNull();
        message.ShouldStartWith($"'{text}' has no value; expected ");
    }

    private static LiteralExpression Literal(string text) =>
        SyntaxTree.Parse("print " + text).Root.DescendantsAndSelf().OfType<LiteralExpression>().Single();
}
