using System.Diagnostics;
using Quarry.Data.Kql;

namespace Quarry.Data.Tests.Kql;

public class ScanTests
{
    private const string Events = """
        let Events = datatable(Ts:timespan, Event:string)[ 0m,"A", 1m,"Start", 2m,"B", 3m,"D", 4m,"Stop", 6m,"C", 8m,"Start", 11m,"E", 12m,"Stop" ];
        Events | sort by Ts asc

        """;

    [Fact]
    public async Task A_sequence_goes_from_step_to_step_and_has_its_number() =>
        (await Rows.Of(Events + """
            | scan with_match_id=id with (
                step s1: Event == "Start";
                step s2: Event != "Start" and Event != "Stop" and Ts - s1.Ts <= 5m;
                step s3: Event == "Stop" and Ts - s1.Ts <= 5m;)
            | project m = Ts / 1m, Event, id
            """)).ShouldBe(
        [
            "(1, 'Start', 0)", "(2, 'B', 0)", "(3, 'D', 0)", "(4, 'Stop', 0)", "(8, 'Start', 1)", "(11, 'E', 1)", "(12, 'Stop', 1)",
        ]);

    [Fact]
    public async Task A_step_may_give_all_its_matches_the_last_of_a_series_or_none() =>
        (await Rows.Of(Events + """
            | scan declare (began:timespan) with (
                step s1 output=none: Event == "Start" => began = Ts;
                step s2 output=last: Event != "Start" and Event != "Stop" => began = s1.began;
                step s3: Event == "Stop" => began = s2.began;)
            | project Event, from = began / 1m, to = Ts / 1m
            """)).ShouldBe(["('D', 1, 3)", "('Stop', 1, 4)", "('E', 8, 11)", "('Stop', 8, 12)"]);

    [Fact]
    public async Task Assignments_see_what_was_before_and_declared_columns_their_first_values() =>
        (await Rows.Of("""
            range x from 1 to 5 step 1 | extend y = 2 * x
            | scan declare (a:long=0, b:long=-1, t:string="-") with (
                step s: true => a = iff(s.a >= 10, x, x + s.a), b = s.a + b, t = strcat(s.t, x);)
            """)).ShouldBe(["(1, 2, 1, -1, '-1')", "(2, 4, 3, 0, '-12')", "(3, 6, 6, 2, '-123')", "(4, 8, 10, 5, '-1234')", "(5, 10, 5, 9, '-12345')"]);

    [Fact]
    public async Task A_text_is_carried_forward() =>
        (await Rows.Of("""
            datatable(t:long, e:string)[ 1,"A", 2,"", 3,"B", 4,"", 5,"" ] | sort by t asc
            | scan declare (filled:string="") with (step s1: true => filled = iff(isempty(e), s1.filled, e);) | project t, filled
            """)).ShouldBe(["(1, 'A')", "(2, 'A')", "(3, 'B')", "(4, 'B')", "(5, 'B')"]);

    [Fact]
    public async Task Sessions_end_after_a_time_and_each_part_is_scanned_by_itself() =>
        (await Rows.Of("""
            datatable(u:string, t:long)[ "a",1, "b",1, "a",5, "b",50, "a",40, "a",41, "b",99 ]
            | partition hint.strategy=native by u ( sort by t asc
                | scan with_match_id=id declare (start:long) with (
                    step inside: true => start = iff(isnull(inside.start), t, inside.start);
                    step outside output=none: t - inside.start > 30;) )
            | sort by u asc, t asc
            """)).ShouldBe(["('a', 1, 1, 0)", "('a', 5, 1, 0)", "('a', 40, 40, 1)", "('a', 41, 40, 1)", "('b', 1, 1, 0)", "('b', 50, 50, 1)", "('b', 99, 99, 2)"]);

    [Fact]
    public async Task A_row_may_match_several_steps() =>
        (await Rows.Of("""
            range x from 1 to 3 step 1 | scan with_match_id=id with (step a: true; step b: x > 1;)
            """)).ShouldBe(["(1, 0)", "(2, 0)", "(2, 1)", "(3, 1)", "(3, 2)"]);

    [Fact]
    public async Task Conditions_may_ask_other_tables() =>
        (await Rows.Of("""
            let wanted = datatable(v:long)[ 2, 4 ];
            range x from 1 to 5 step 1 | scan declare (n:long=0, most:long) with (step s: x in (wanted) => n = s.n + 1, most = toscalar(wanted | summarize max(v));)
            """)).ShouldBe(["(2, 1, 4)", "(4, 2, 4)"]);

    [Fact]
    public async Task Nothing_scanned_gives_nothing() =>
        (await Rows.Of("datatable(x:long)[] | scan declare (n:long=0) with (step s: true => n = s.n + 1;)")).ShouldBeEmpty();

    [Theory]
    [InlineData("range x from 1 to 3 step 1 | scan with (step s: true => y = 1;)")]
    [InlineData("range x from 1 to 3 step 1 | scan declare (y:long) with (step s: true => x = 1;)")]
    [InlineData("range x from 1 to 3 step 1 | scan declare (y:long) with (step s: true => y = 'text';)")]
    [InlineData("range x from 1 to 3 step 1 | scan declare (y:long) with (step s: true => y = t.y;)")]
    public async Task What_is_no_scan_is_refused(string query) => await Should.ThrowAsync<KqlException>(() => Rows.Of(query));

    [Fact]
    public async Task Ten_thousand_rows_take_seconds()
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        (await Rows.Of("""
            range x from 1 to 10000 step 1
            | scan declare (n:long=0) with (step a: x % 3 == 0 => n = a.n + x; step b: x % 3 == 1 => n = a.n + b.n; step c: x % 3 == 2;)
            | summarize count(), sum(n)
            """)).Length.ShouldBe(1);
        TimeSpan taken = Process.GetCurrentProcess().TotalProcessorTime - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{taken}");
        taken.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }
}
