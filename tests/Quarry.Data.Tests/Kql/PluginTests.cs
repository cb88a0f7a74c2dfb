using Quarry.Data.Kql;

namespace Quarry.Data.Tests.Kql;

public class PluginTests
{
    private const string Networks = """
        let N = datatable(network:string, country:string, sort_of:long)[ "10.0.0.0/8","A",1, "10.1.0.0/16","B",1, "bad","C",1, "2001:db8::/32","D",1, "192.168.1.1","E",2 ];
        let T = datatable(ip:string, sort_of:long, n:long)[ "10.1.2.3",1,1, "10.9.9.9",1,2, "8.8.8.8",1,3, "",1,4, "192.168.1.1",2,5, "192.168.1.1",1,6 ];
        T | evaluate 
        """;

    [Fact]
    public async Task An_address_finds_all_networks_it_is_in() =>
        (await Rows.Of(Networks + "ipv4_lookup(N, ip, network) | project n, country, sort_of1 | sort by n asc, country asc")).ShouldBe(
            ["(1, 'A', 1)", "(1, 'B', 1)", "(2, 'A', 1)", "(5, 'E', 2)", "(6, 'E', 2)"]);

    [Fact]
    public async Task Further_keys_have_to_be_the_same_and_what_finds_nothing_may_stay() =>
        (await Rows.Of(Networks + "ipv4_lookup(N, ip, network, sort_of, return_unmatched = true) | project n, country, sort_of | sort by n asc, country asc")).ShouldBe(
            ["(1, 'A', 1)", "(1, 'B', 1)", "(2, 'A', 1)", "(3, '', 1)", "(4, '', 1)", "(5, 'E', 2)", "(6, '', 1)"]);

    [Fact]
    public async Task Addresses_of_version_6_are_looked_up() =>
        (await Rows.Of("""
            let N = datatable(network:string, c:string)[ "2001:db8::/32","D", "10.0.0.0/8","A" ];
            datatable(ip:string)[ "2001:db8:1::5", "2001:dead::1", "10.2.3.4" ] | evaluate ipv6_lookup(N, ip, network) | sort by c asc
            """)).ShouldBe(["('10.2.3.4', '10.0.0.0/8', 'A')", "('2001:db8:1::5', '2001:db8::/32', 'D')"]);

    [Theory]
    [InlineData("ipv4_lookup(N, ip)")]
    [InlineData("ipv4_lookup(N, none, network)")]
    [InlineData("ipv4_lookup(N, ip, none)")]
    [InlineData("ipv4_lookup(Nowhere, ip, network)")]
    [InlineData("autocluster()")]
    [InlineData("python(typeof(*), 'result = df')")]
    [InlineData("http_request('http://localhost')")]
    public async Task What_is_no_call_of_a_plugin_is_refused(string call) => await Should.ThrowAsync<KqlException>(() => Rows.Of(Networks + call));

    [Fact]
    public async Task Activity_is_counted_along_time_and_by_dimensions() =>
        (await Rows.Of("""
            datatable(u:string, t:long, d:string)[ "a",1,"x", "b",1,"y", "a",2,"x", "c",2,"x", "c",3,"y", "z",9,"x" ]
            | evaluate activity_counts_metrics(u, t, 1, 4, 1, d)
            """)).ShouldBe(["(1, 'x', 1, 1, 1, 1)", "(2, 'x', 2, 2, 1, 2)", "(1, 'y', 1, 1, 1, 1)", "(3, 'y', 1, 1, 1, 2)"]);

    [Fact]
    public async Task Schemas_are_merged() =>
        (await Rows.Of("""
            let a = datatable(u:string, s:int)[] | getschema; let b = datatable(u:string, r:string, s:int)[] | getschema;
            union a, b | evaluate schema_merge(PreserveOrder = false) | project ColumnName, ColumnOrdinal
            """)).ShouldBe(["('u', 0)", "('r', 1)", "('s', 2)"]);
}
