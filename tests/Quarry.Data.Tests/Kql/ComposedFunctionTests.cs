using Quarry.Data.Kql;

namespace Quarry.Data.Tests.Kql;

public class ComposedFunctionTests
{
    [Theory]
    [InlineData("strrep(123, 3, '.'), strrep(3s, 2, ' ')", "('123.123.123', '00:00:03 00:00:03')")]
    [InlineData("hash_md5(datetime(2020-01-01)), hash('World', 100)", "('786c530672d1f8db31fee25ea8a9390b', 51)")]
    [InlineData("around(5, 3, 2), around(5.1, 3, 2), around(datetime(2021-01-01), datetime(2021-01-02), 1d)", "(True, False, True)")]
    [InlineData("round(convert_length(1.2, 'Meter', 'Foot'), 10), round(convert_temperature(100, 'DegreeCelsius', 'DegreeFahrenheit'), 10), convert_mass(1, 'Kilogram', 'Nothing')", "(3.937007874, 212, null)")]
    [InlineData("unicode_codepoints_to_string(dynamic([75, 117]), 115)", "('Kus')")]
    [InlineData("make_timespan(1, 12, 30, 55.123)", "(1.12:30:55.1230000)")]
    [InlineData("extract_json('$.a', '{\"a\": 30}', typeof(int)), extract_json('$.b', '{\"a\": 30}')", "(30, '')")]
    [InlineData("column_names_of(datatable(a:int, ['b c']:string)[])[1]", "(\"b c\")")]
    public async Task Functions_give_what_is_documented(string call, string row) => (await Rows.Of($"print {call}")).ShouldBe([row]);

    [Fact]
    public async Task Arrays_are_sorted_side_by_side() =>
        (await Rows.Of("let one = dynamic([2,1,3]); let other = dynamic(['b','a','c']); print array_sort_asc(one, other), second = array_sort_desc(one, other)[1] | project strcat(one_sorted, other_sorted, second)"))
            .ShouldBe(["('[1,2,3][\"a\",\"b\",\"c\"][\"c\",\"b\",\"a\"]')"]);

    [Fact]
    public async Task Sketches_are_exact() =>
        (await Rows.Of("""
            range x from 1 to 1000 step 1 | summarize h = hll(x % 10), t = tdigest(x) by g = x % 2
            | summarize n = dcount_hll(hll_merge(h)), p = percentile_tdigest(tdigest_merge(t), 50, typeof(long)), r = rank_tdigest(tdigest_merge(t), 685)
            """)).ShouldBe(["(10, 500, 685)"]);

    [Fact]
    public async Task Percentiles_come_as_an_array() =>
        (await Rows.Of("datatable(n:long, v:long)[ 8,10, 6,20, 3,30, 1,40 ] | summarize a = percentilesw_array(v, n, 50, 75, 99.9), b = percentiles_array(v, dynamic([50, 100])) | project tostring(a), tostring(b)"))
            .ShouldBe(["('[20,20,40]', '[20,40]')"]);

    [Fact]
    public async Task Sessions_begin_after_a_time_or_where_they_are_made_to() =>
        (await Rows.Of("""
            datatable(k:string, t:long)[ "1",0, "1",3, "1",6, "1",12, "2",13, "2",14 ] | extend at = datetime(2024-01-01) + t * 1m
            | sort by k asc, at asc | extend s = row_window_session(at, 10m, 5m, k != prev(k)) | project t, from = (s - datetime(2024-01-01)) / 1m
            """)).ShouldBe(["(0, 0)", "(3, 0)", "(6, 0)", "(12, 12)", "(13, 13)", "(14, 13)"]);

    [Fact]
    public async Task Others_stand_beside_the_highest() =>
        (await Rows.Of("""
            datatable(a:string, b:string, v:long)[ "x","p",10, "x","q",20, "y","p",5, "z","q",1 ]
            | top-nested 1 of a with others="rest" by s=sum(v), top-nested 1 of b with others="other" by t=sum(v) | sort by a asc, b asc
            """)).ShouldBe(["('rest', 6, 'other', 6)", "('x', 30, 'other', 10)", "('x', 30, 'q', 20)"]);

    [Fact]
    public async Task An_assertion_that_does_not_hold_ends_the_query() =>
        (await Should.ThrowAsync<KqlException>(() => Rows.Of("range x from 1 to 3 step 1 | where assert(x < 3, 'too large')"))).Message.ShouldContain("too large");

    [Fact]
    public async Task Bins_are_what_the_query_sets() =>
        (await Rows.Of("set query_bin_auto_size=10; set query_bin_auto_at=5; range x from 1 to 20 step 1 | summarize count() by bin_auto(x) | sort by x asc")).ShouldBe(["(-5, 4)", "(5, 10)", "(15, 6)"]);

    [Fact]
    public async Task Views_tell_their_names_and_missing_tables_may_be_missing() =>
        (await Rows.Of("let V1 = view () { print x=1 }; let V2 = view () { print x=2 }; union isfuzzy=true withsource=n V1, V2, (V3 | where x > 0) | sort by x asc")).ShouldBe(["('V1', 1)", "('V2', 2)"]);
}
