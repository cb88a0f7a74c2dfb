using FsCheck.Fluent;

namespace Quarry.Kql.Tests.Functions.Numbers;

public class ArithmeticTests
{
    [Theory]
    [InlineData("$add", long.MaxValue, 1L, long.MinValue)]
    [InlineData("$subtract", long.MinValue, 1L, long.MaxValue)]
    [InlineData("$multiply", long.MaxValue, 2L, -2L)]
    [InlineData("$divide", 7L, -2L, -3L)]
    [InlineData("$divide", long.MinValue, -1L, long.MinValue)]
    [InlineData("$divide", 1L, 0L, null)]
    [InlineData("$modulo", -7L, 3L, 2L)]
    [InlineData("$modulo", -7L, -3L, 2L)]
    [InlineData("$modulo", long.MinValue, -1L, 0L)]
    [InlineData("$modulo", 5L, 0L, null)]
    [InlineData("$modulo", -5.5, 3.0, 0.5)]
    [InlineData("$modulo", 5.5, -3.0, 2.5)]
    public void Operators_have_the_rules_of_kql(string name, object left, object right, object? expected) => Call.Of(name, left, right).ShouldBe(expected);

    [Fact]
    public void Whole_numbers_have_a_remainder_that_is_never_negative()
    {
        Prop.ForAll<long, long>((value, divisor) => divisor == 0
            || (long)Call.Of("$modulo", value, divisor)! == (long)((((System.Int128)value % divisor) + System.Int128.Abs(divisor)) % System.Int128.Abs(divisor))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_time_outside_of_the_calendar_is_null()
    {
        Call.Of("$add", DateTime.MaxValue, TimeSpan.FromTicks(1)).ShouldBeNull();
        Call.Of("$subtract", DateTime.MinValue, TimeSpan.FromTicks(1)).ShouldBeNull();
        Call.Of("$subtract", DateTime.MaxValue, TimeSpan.MinValue).ShouldBeNull();
        Call.Of("$add", DateTime.MaxValue, TimeSpan.MaxValue).ShouldBeNull();
        Call.Of("$subtract", DateTime.MinValue, TimeSpan.FromTicks(-5)).ShouldBe(new DateTime(5));
        Call.Of("$add", TimeSpan.MaxValue, TimeSpan.FromTicks(1)).ShouldBeNull();
        Call.Of("$multiply", TimeSpan.MaxValue, 2.0).ShouldBeNull();
        Call.Of("$multiply", TimeSpan.FromDays(1), double.NaN).ShouldBeNull();
        Call.Of("$negate", TimeSpan.MinValue).ShouldBeNull();
    }

    [Fact]
    public void Timespans_are_numbers()
    {
        Call.Of("$divide", TimeSpan.FromDays(1), TimeSpan.FromHours(1)).ShouldBe(24.0);
        Call.Of("$divide", TimeSpan.FromDays(1), 2L).ShouldBe(TimeSpan.FromHours(12));
        Call.Of("$multiply", 2.5, TimeSpan.FromDays(1)).ShouldBe(TimeSpan.FromHours(60));
        Call.Of("$modulo", TimeSpan.FromDays(1), TimeSpan.FromHours(5)).ShouldBe(TimeSpan.FromHours(4));
        Call.Of("$subtract", new DateTime(2024, 1, 2), new DateTime(2024, 1, 1)).ShouldBe(TimeSpan.FromDays(1));
    }

    [Fact]
    public void Decimals_are_exact_and_null_where_they_are_too_large()
    {
        Call.Of("$add", 0.1m, 0.2m).ShouldBe(0.3m);
        Call.Of("$divide", 2m, 3m).ShouldBe(0.666666666666666667m);
        Call.Of("$divide", -2m, 3m).ShouldBe(-0.666666666666666667m);
        Call.Of("$divide", 1m, 0m).ShouldBeNull();
        Call.Of("$multiply", 1.5m, -2m).ShouldBe(-3m);
        Call.Of("$multiply", 10_000_000_000_000m, 10_000_000_000_000m).ShouldBeNull();
        Call.Of("$modulo", -7m, 3m).ShouldBe(2m);
    }

    [Fact]
    public void Bins_are_the_multiple_below()
    {
        Prop.ForAll<int, int, int>((value, size, origin) =>
        {
            // The obvious way: step down from the value until a multiple is met.
            long expected = value;
            int step = (size % 50) + 50;
            while (step > 0 && (expected - origin) % step != 0)
            {
                expected--;
            }

            object? wanted = step > 0 ? expected : null;
            return Equals(Call.Of("bin_at", (long)value, (long)step, (long)origin), wanted)
                && (origin != 0 || Equals(Call.Of("bin", (long)value, (long)step), wanted));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Bins_below_zero_and_of_no_size_are_those_of_kql()
    {
        Call.Of("bin", -5L, 2L).ShouldBe(-6L);
        Call.Of("bin", -5, 2).ShouldBe(-6);
        Call.Of("bin", -5.5, 2.0).ShouldBe(-6.0);
        Call.Of("floor", 5.5m, 2m).ShouldBe(4m);
        Call.Of("bin", -5.5m, 2m).ShouldBe(-6m);
        Call.Of("bin", 5L, 0L).ShouldBeNull();
        Call.Of("bin", 5L, -1L).ShouldBeNull();
        Call.Of("bin", long.MinValue, 7L).ShouldBeNull();
        Call.Of("bin", 5.0, double.NaN).ShouldBeNull();
        Call.Of("bin", new DateTime(2024, 1, 31), TimeSpan.FromDays(2)).ShouldBe(new DateTime(2024, 1, 31).AddDays(-(new DateTime(2024, 1, 31).Ticks / TimeSpan.TicksPerDay % 2)));
        Call.Of("bin_at", TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromHours(12)).ShouldBe(TimeSpan.FromHours(-12));
        Call.Of("bin_at", new DateTime(5), TimeSpan.FromDays(1), new DateTime(2024, 1, 1, 12, 0, 0)).ShouldBeNull();
    }
}
