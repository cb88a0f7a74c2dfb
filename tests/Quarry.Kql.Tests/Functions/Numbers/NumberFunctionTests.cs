namespace Quarry.Kql.Tests.Functions.Numbers;

public class NumberFunctionTests
{
    [Theory]
    [InlineData(2.5, 0, 3.0)]
    [InlineData(-2.5, 0, -3.0)]
    [InlineData(-0.5, 0, -1.0)]
    [InlineData(3.25, 1, 3.3)]
    [InlineData(1250.0, -2, 1300.0)]
    [InlineData(1.7976931348623157E+308, 5, 1.7976931348623157E+308)]
    [InlineData(1.5, long.MaxValue, 1.5)]
    [InlineData(1.5, long.MinValue, 0.0)]
    [InlineData(double.NegativeInfinity, 2, double.NegativeInfinity)]
    public void Reals_are_rounded_half_away_from_zero(double value, long places, double expected) => Call.Of("round", value, places).ShouldBe(expected);

    [Fact]
    public void Numbers_keep_their_type_when_they_are_rounded()
    {
        Call.Of("round", 15L, -1L).ShouldBe(20L);
        Call.Of("round", -14, -1L).ShouldBe(-10);
        Call.Of("round", long.MaxValue, -1L).ShouldBeNull();
        Call.Of("round", 5L, long.MinValue).ShouldBe(0L);
        Call.Of("round", -1.25m, 1L).ShouldBe(-1.3m);
        Call.Of("round", 1.25m).ShouldBe(1m);
        Call.Of("ceiling", -1.1m).ShouldBe(-1m);
        Call.Of("ceiling", 1.1m).ShouldBe(2m);
        Call.Of("ceiling", 3m).ShouldBe(3m);
        Call.Of("abs", long.MinValue).ShouldBe(long.MinValue);
        Call.Of("abs", TimeSpan.FromDays(-1)).ShouldBe(TimeSpan.FromDays(1));
        Call.Of("sign", double.NaN).ShouldBe(0.0);
        Call.Of("sign", -2.5m).ShouldBe(-1.0);
    }

    [Theory]
    [InlineData("log", -1.0, null)]
    [InlineData("log", 0.0, double.NegativeInfinity)]
    [InlineData("sqrt", -1.0, double.NaN)]
    [InlineData("asin", 1.5, null)]
    [InlineData("log2", 5.0, 2.3219280948873622)]
    [InlineData("gamma", 5.0, 24.0)]
    [InlineData("gamma", 0.5, 1.772453850905516)]
    [InlineData("gamma", -1.0, double.NaN)]
    [InlineData("gamma", 200.0, double.PositiveInfinity)]
    [InlineData("loggamma", 5.0, 3.1780538303479458)]
    [InlineData("loggamma", 0.1, 2.252712651734206)]
    [InlineData("erf", 0.5, 0.5204998778130465)]
    [InlineData("erf", -3.0, -0.9999779095030014)]
    [InlineData("erfc", 3.0, 2.209049699858544e-5)]
    [InlineData("degrees", 3.141592653589793, 180.0)]
    public void Functions_of_reals_have_their_values(string name, double value, double? expected)
    {
        double? got = (double?)Call.Of(name, value);
        if (expected is { } wanted && double.IsFinite(wanted))
        {
            got!.Value.ShouldBe(wanted, Math.Abs(wanted) * 1e-14);
        }
        else
        {
            got.ShouldBe(expected);
        }
    }

    [Fact]
    public void The_beta_distribution_has_its_values()
    {
        ((double)Call.Of("beta_cdf", 0.9, 10.0, 20.0)!).ShouldBe(0.999999999999959, 1e-15);
        ((double)Call.Of("beta_inv", 0.1, 10.0, 20.0)!).ShouldBe(0.226415022388749, 1e-15);
        Call.Of("beta_cdf", 1.5, 10.0, 20.0).ShouldBe(double.NaN);
        Call.Of("beta_inv", 1.5, 10.0, 20.0).ShouldBeNull();
        Call.Of("beta_inv", 0.1, -1.0, 20.0).ShouldBe(double.NaN);
        Call.Of("beta_cdf", 0.5, double.MaxValue, 1e300).ShouldNotBeNull();
    }

    [Fact]
    public void Extremes_pass_over_what_is_null()
    {
        Call.Of("min_of", 10L, 1L, null, -3L).ShouldBe(-3L);
        Call.Of("max_of", null, 2L, null).ShouldBe(2L);
        Call.Of("max_of", "b", "a").ShouldBe("b");
        Call.Of("max_of", TimeSpan.FromDays(1), TimeSpan.FromDays(2)).ShouldBe(TimeSpan.FromDays(2));
        Call.Of("min_of", 1.5m, -2m).ShouldBe(-2m);
        Call.Of("max_of", new object?[] { null, null }).ShouldBeNull();
    }

    [Fact]
    public void Bits_are_shifted_by_less_than_their_number()
    {
        Call.Of("binary_and", 6L, 3L).ShouldBe(2L);
        Call.Of("binary_shift_left", 1L, 65L).ShouldBe(2L);
        Call.Of("binary_shift_right", -8L, 1L).ShouldBe(-4L);
        Call.Of("binary_shift_left", 1L, -1L).ShouldBeNull();
        Call.Of("binary_not", 0L).ShouldBe(-1L);
        Call.Of("bitset_count_ones", -1L).ShouldBe(64L);
    }

    [Theory]
    [InlineData(564.0, 0.0, "", "564 Bytes")]
    [InlineData(10332.0, 1.0, "", "10.1 KB")]
    [InlineData(20010332.0, 2.0, "", "19.08 MB")]
    [InlineData(20010332.0, 0.0, "KB", "19541 KB")]
    [InlineData(1.0, 0.0, "parsec", "")]
    [InlineData(double.NaN, 0.0, "", "")]
    public void Sizes_are_written_for_people(double bytes, double places, string unit, string expected) => Call.Of("format_bytes", bytes, places, unit).ShouldBe(expected);

    [Fact]
    public void Random_numbers_are_in_their_range()
    {
        ((double)Call.Of("rand")!).ShouldBeInRange(0, 1);
        ((double)Call.Of("rand", 3L)!).ShouldBeOneOf(0, 1, 2);
        Guid.TryParse((string)Call.Of("new_guid")!, out _).ShouldBeTrue();
    }
}
