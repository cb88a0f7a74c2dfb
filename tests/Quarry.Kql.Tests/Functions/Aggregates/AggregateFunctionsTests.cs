using Quarry.Tables;

namespace Quarry.Kql.Tests.Functions.Aggregates;

public class AggregateFunctionsTests
{
    private static object?[][] Rows(params object?[] elements) => [.. elements.Select(element => new[] { element, null })];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_list_keeps_the_order_and_drops_nulls(int parts) =>
        Aggregate.Of("make_list", Rows("1", null, "2", "1"), parts).ShouldBe("[1,2,1]");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_set_keeps_each_element_where_it_was_seen_first(int parts) =>
        Aggregate.Of("make_set", Rows("\"b\"", "\"a\"", null, "\"b\"", "\"\""), parts).ShouldBe("[\"b\",\"a\",\"\"]");

    [Fact]
    public void Nothing_gives_an_empty_list() => Aggregate.Of("make_list", []).ShouldBe("[]");

    // Recorded: make_list over a dynamic column keeps nulls and takes the elements of arrays.
    [Fact]
    public void A_list_of_dynamic_values_takes_the_elements_of_arrays_and_keeps_nulls() =>
        Aggregate.Of("$make_list_dynamic", Rows("{\"a\":1}", null, "[1,2,3]", "[]")).ShouldBe("[{\"a\":1},null,1,2,3]");

    [Fact]
    public void A_list_with_nulls_keeps_them() => Aggregate.Of("make_list_with_nulls", Rows(null, "2")).ShouldBe("[null,2]");

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_cap_limits_lists_and_sets(int parts)
    {
        object?[][] rows = [.. Enumerable.Range(1, 6).Select(i => new object?[] { $"{i}", 3L })];
        Aggregate.Of("make_list", rows, parts).ShouldBe("[1,2,3]");
        Aggregate.Of("make_set", [.. rows, .. rows], parts).ShouldBe("[1,2,3]");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Ordinals_say_where_elements_stand(int parts)
    {
        object?[][] rows = [["\"c\"", 3L, null], ["\"a\"", 1L, null], ["\"b\"", 2L, null], ["\"c\"", 0L, null]];
        Aggregate.Of("$make_list_ordered", rows, parts).ShouldBe("[\"c\",\"a\",\"b\",\"c\"]");
        Aggregate.Of("$make_set_ordered", rows, parts).ShouldBe("[\"c\",\"a\",\"b\"]");
        Aggregate.Of("$make_list_ordered", [.. rows.Select(row => new[] { row[0], row[1], 2L })], parts).ShouldBe("[\"c\",\"a\"]");
    }

    [Fact]
    public void Numbers_that_are_equal_are_one_element_of_a_set() => Aggregate.Of("make_set", Rows("1", "1.0", "1.50", "1.5")).ShouldBe("[1,1.50]");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void In_a_bag_the_first_value_of_a_name_counts(int parts) =>
        Aggregate.Of("make_bag", Rows("{\"a\":1}", null, "{\"a\":2,\"b\":3}", "{\"c\":4}", "5"), parts).ShouldBe("{\"a\":1,\"b\":3,\"c\":4}");

    [Fact]
    public void A_bag_of_nothing_is_empty() => Aggregate.Of("make_bag", Rows(null, null)).ShouldBe("{}");

    [Fact]
    public void An_ordered_bag_takes_the_value_that_stands_first() =>
        Aggregate.Of("$make_bag_ordered", [["{\"a\":2}", 2L, null], ["{\"b\":1,\"a\":1}", 1L, null]], 2).ShouldBe("{\"a\":1,\"b\":1}");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_series_has_the_default_where_no_row_is(int parts) =>
        Aggregate.Of("$make_series", [[2L, "30", 4L, "0"], [0L, "10", 4L, "0"], [9L, "1", 4L, "0"], [1L, null, 4L, "0"]], parts).ShouldBe("[10,null,30,0]");

    [Fact]
    public void A_sum_of_longs_wraps_and_is_0_of_nothing()
    {
        Aggregate.Of("$sum_wrapping", [[long.MaxValue], [1L], [null]], 2).ShouldBe(long.MinValue);
        Aggregate.Of("$sum_wrapping", [[null]]).ShouldBe(0L);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Spread_is_as_recorded(int parts)
    {
        object?[][] rows = [[1.0], [2.0], [3.0], [null], [4.0]];
        ((double)Aggregate.Of("stdev", rows, parts)!).ShouldBe(1.2909944487487155, 1e-12);
        ((double)Aggregate.Of("stdevp", rows, parts)!).ShouldBe(1.118033988749895, 1e-12);
        ((double)Aggregate.Of("variance", rows, parts)!).ShouldBe(1.6666666667, 1e-9);
        ((double)Aggregate.Of("variancep", rows, parts)!).ShouldBe(1.25, 1e-12);
        Aggregate.Of("stdev", [[5.0]]).ShouldBe(0.0);
        Aggregate.Of("variance", []).ShouldBe(0.0);
    }

    // Microsoft's example of covarianceif.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Covariance_is_as_documented(int parts)
    {
        object?[][] rows = [.. Enumerable.Range(1, 100).Where(x => x % 3 == 0).Select(x => new object?[] { (double)x, (double)(x % 2 == 0 ? x * 2 : x * 3) })];
        ((double)Aggregate.Of("covariance", rows, parts)!).ShouldBe(2142, 1e-9);
    }

    [Theory]
    [InlineData(50, 20)]
    [InlineData(75, 20)]
    [InlineData(99.9, 40)]
    [InlineData(0, 10)]
    [InlineData(100, 40)]
    public void A_weighted_percentile_is_as_documented(double percentile, long expected) =>
        Aggregate.Of("percentilew", [[10L, 8L, percentile], [20L, 6L, percentile], [30L, 3L, percentile], [40L, 1L, percentile], [null, 9L, percentile]], 2, ColumnType.Long)
            .ShouldBe(expected);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_schema_is_as_documented(int parts) =>
        Aggregate.Of("buildschema", [["{\"x\":1,\"y\":3.5}"], ["{\"x\":\"somevalue\",\"z\":[1,2,3]}"], ["{\"y\":{\"w\":\"zzz\"},\"t\":[\"aa\",\"bb\"],\"z\":[\"foo\"]}"]], parts)
            .ShouldBe("{\"x\":[\"long\",\"string\"],\"y\":[\"double\",{\"w\":\"string\"}],\"z\":{\"indexer\":[\"long\",\"string\"]},\"t\":{\"indexer\":\"string\"}}");

    [Fact]
    public void Deep_nesting_does_no_harm()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        Aggregate.Of("make_list", Rows(deep)).ShouldBe($"[{deep}]");
        Aggregate.Of("buildschema", [[deep]]).ShouldBeOfType<string>();
    }
}
