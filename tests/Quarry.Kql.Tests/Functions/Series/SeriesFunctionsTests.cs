using System.Text.Json;

namespace Quarry.Kql.Tests.Functions.Series;

/// <summary>Series: Microsoft's examples, and results that Kusto gave.</summary>
public class SeriesFunctionsTests
{
    [Theory]
    [InlineData("series_add", "[1,2,4]", "[4,2,1]", "[5,4,5]")]
    [InlineData("series_subtract", "[1,2,4]", "[4,2,1]", "[-3,0,3]")]
    [InlineData("series_multiply", "[1,2,4]", "[4,2,1]", "[4,4,4]")]
    [InlineData("series_divide", "[1,2,4]", "[4,2,1]", "[0.25,1.0,4.0]")]
    [InlineData("series_pow", "[1,2,3,4]", "[1,2,3,0.5]", "[1.0,4.0,27.0,2.0]")]
    [InlineData("series_equals", "[1,2,4]", "[4,2,1]", "[false,true,false]")]
    [InlineData("series_not_equals", "[1,2,4]", "[4,2,1]", "[true,false,true]")]
    [InlineData("series_greater", "[1,2,4]", "[4,2,1]", "[false,false,true]")]
    [InlineData("series_greater_equals", "[1,2,4]", "[4,2,1]", "[false,true,true]")]
    [InlineData("series_less_equals", "[1,2,4]", "[4,2,1]", "[true,true,false]")]
    [InlineData("series_add", "[1,null,\"x\",4]", "[4,2,1]", "[5,null,null,null]")]
    public void Two_series(string name, string left, string right, string expected) => Call.Of(name, left, right).ShouldBe(expected);

    [Fact]
    public void A_series_and_a_number()
    {
        Call.Of("series_greater", "[60,0,0]", 15L).ShouldBe("[true,false,false]");
        Call.Of("series_multiply", "[1,2.5]", 2L).ShouldBe("[2,5.0]");
        Call.Of("series_subtract", 1.5, "[1,2]").ShouldBe("[0.5,-0.5]");
        Call.Of("series_add", "x", 1L).ShouldBeNull();
    }

    [Theory]
    [InlineData("series_sign", "[-6,0,8]", "[-1,0,1]")]
    [InlineData("series_abs", "[-6.5,0,8]", "[6.5,0.0,8.0]")]
    [InlineData("series_abs", "[-6,null]", "[6,null]")]
    [InlineData("series_log", "[1,2,3]", "[0.0,0.6931471805599453,1.0986122886681098]")]
    [InlineData("series_acos", "[-1,0,1]", "[3.141592653589793,1.5707963267948966,0.0]")]
    public void One_series(string name, string series, string expected) => Call.Of(name, series).ShouldBe(expected);

    [Fact]
    public void Filling()
    {
        Call.Of("series_fill_backward", "[111,null,36,41,null,null,16,61,33,null,null]").ShouldBe("[111,36,36,41,16,16,16,61,33,null,null]");
        Call.Of("series_fill_forward", "[null,null,36,41,null,null,16]").ShouldBe("[null,null,36,41,41,41,16]");
        Call.Of("series_fill_forward", "[10,30,0,70]").ShouldBe("[10,30,0,70]");
        Call.Of("series_fill_forward", "[10,30,0,70]", 0.0).ShouldBe("[10,30,30,70]");
        Call.Of("series_fill_const", "[111,null,36]", 0.0).ShouldBe("[111,0.0,36]");
        Call.Of("series_fill_const", "[111,null,36]", -1L).ShouldBe("[111,-1,36]");
        Call.Of("series_fill_linear", "[null,111,null,36,41,null,null,16,61,33,null,null]").ShouldBe("[111,111,73,36,41,32,24,16,61,33,33,33]");
        Call.Of("series_fill_linear", "[null,111,null,36]", null, false).ShouldBe("[null,111,73,36]");
        Call.Of("series_fill_linear", "[null,null]").ShouldBe("[0.0,0.0]");
        Call.Of("series_fill_linear", "[null,111.0,null,36.0]", null, true, 3.14).ShouldBe("[111.0,111.0,73.5,36.0]");
    }

    [Fact]
    public void Filters()
    {
        Call.Of("series_fir", "[5,15,10,20]", "[1,-1]", false, false).ShouldBe("[5,10,-5,10]");
        Call.Of("series_iir", "[10,30,0]", "[1]", "[1,-1]").ShouldBe("[10.0,40.0,40.0]");
        Call.Of("series_iir", "[10]", "[1]", "[0]").ShouldBeNull();
        Call.Of("series_fir", "[1,2]", "[]").ShouldBeNull();
    }

    [Fact]
    public void Numbers()
    {
        Call.Of("series_sum", "[1,2,3,4]").ShouldBe(10.0);
        Call.Of("series_product", "[1,2,3,4]").ShouldBe(24.0);
        ((double)Call.Of("series_pearson_correlation", "[1,2,3,4,5]", "[2,4,6,8,10]")!).ShouldBe(1, 1e-12);
        Call.Of("series_pearson_correlation", "[1,2]", "[1]").ShouldBeNull();
        Call.Of("series_magnitude", "[3,4]").ShouldBe(5.0);
        Call.Of("series_dot_product", "[1,2]", "[3,4]").ShouldBe(11.0);
        ((double)Call.Of("series_cosine_similarity", "[1,0]", "[1,1]")!).ShouldBe(Math.Sqrt(0.5), 1e-12);
    }

    [Fact]
    public void Statistics()
    {
        const string Series = "[23,46,23,87,4,8,3,75,2,56,13,75,32,16,29]";
        double[] stats = JsonSerializer.Deserialize<double[]>((string)Call.Of("$series_stats", Series)!)!;
        stats[..5].ShouldBe([2, 8, 87, 3, 32.8], 1e-9);
        stats[6].ShouldBe(812.45714285714291, 1e-9);
        ((string)Call.Of("series_stats_dynamic", Series)!).ShouldStartWith("{\"min\":2.0,\"min_idx\":8,\"max\":87.0,\"max_idx\":3,\"avg\":32.8,");
        ((string)Call.Of("series_stats_dynamic", Series)!).ShouldEndWith(",\"sum\":492.0,\"len\":15}");
        Call.Of("$series_stats", "[]").ShouldBe("[null,null,null,null,null,null,null]");
    }

    [Fact]
    public void Lines()
    {
        string fit = (string)Call.Of("$series_fit_line", "[1.0,2.0,4.0,8.0]")!;
        JsonDocument.Parse(fit).RootElement[0].GetDouble().ShouldBe(0.92, 0.005);
        JsonDocument.Parse(fit).RootElement.GetArrayLength().ShouldBe(6);
        Call.Of("$series_fit_line", "[1,null]").ShouldBeNull();
        JsonDocument.Parse((string)Call.Of("$series_fit_2lines", "[1,2,3,4,3,2,1]")!).RootElement.GetArrayLength().ShouldBe(15);
        JsonDocument.Parse((string)Call.Of("series_fit_2lines_dynamic", "[1,2,3,4,3,2,1]")!).RootElement.GetProperty("right").GetProperty("slope").GetDouble().ShouldBeLessThan(0);
        Call.Of("$series_fit_2lines", "[1]").ShouldBeNull();
    }

    [Fact]
    public void Periods_are_as_documented()
    {
        const string Series = "[80,139,87,110,68,54,50,51,53,133,86,141,97,156,94,149,95,140,77,61,50,54,47,133,72,152,94,148,105,162,101,160,87,63,53,55,54,151,103,189,108,183,113,175,113,178,90,71,62,62,65,165,109,181,115,182,121,178,114,170]";
        JsonElement found = JsonDocument.Parse((string)Call.Of("$series_periods_detect", Series, 0.0, 50.0, 2L)!).RootElement;
        found[0][0].GetDouble().ShouldBe(14);
        found[1][0].GetDouble().ShouldBe(0.84, 0.01);
        JsonDocument.Parse((string)Call.Of("$series_periods_validate", Series, 14.0, 9.0)!).RootElement[0].GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public void Decomposition_gives_its_parts()
    {
        string series = $"[{string.Join(',', Enumerable.Range(0, 56).Select(i => i % 7 == 3 ? 20 : i == 30 ? 90 : 5))}]";
        JsonDocument.Parse((string)Call.Of("$series_decompose", series)!).RootElement.GetArrayLength().ShouldBe(4);
        JsonElement anomalies = JsonDocument.Parse((string)Call.Of("$series_decompose_anomalies", series, 1.5, 7L)!).RootElement;
        anomalies.GetArrayLength().ShouldBe(3);
        anomalies[0].GetArrayLength().ShouldBe(56);
        JsonDocument.Parse((string)Call.Of("$series_decompose_forecast", series, 7L)!).RootElement[0].GetArrayLength().ShouldBe(56);
        Call.Of("$series_decompose", series, -1L, "nonsense").ShouldBeNull();
        Call.Of("$series_decompose_forecast", series, 1000L).ShouldBeNull();
        Call.Of("$series_decompose", "[]").ShouldBe("[[],[],[],[]]");
        JsonDocument.Parse((string)Call.Of("series_outliers", "[1,2,3,4,100]")!).RootElement[4].GetDouble().ShouldBeGreaterThan(0);
    }
}
