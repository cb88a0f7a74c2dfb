using Quarry.Data.Kql;
using Quarry.Data.Queries;
using Quarry.Data.Sources;
using Quarry.Tables;

namespace Quarry.Data.Tests.Queries;

public sealed class QueryLibraryTests : IDisposable
{
    private const string Mine = "metadata:\n  data_families: [Azure]\nsources:\n  list_azure_role_assignments:\n    description: Mine\n    args:\n      query: 'T | take {n}'\n    parameters:\n      n:\n        type: int\n        default: 5\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("quarry-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Later_definitions_replace_others_and_broken_files_are_left_out()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "below"));
        File.WriteAllText(Path.Combine(_folder, "below", "mine.yml"), Mine);
        File.WriteAllText(Path.Combine(_folder, "broken.yaml"), "sources:\n  q: 1\n");
        File.WriteAllText(Path.Combine(_folder, "notes.txt"), "no definitions");

        QueryLibrary library = QueryLibrary.Load(_folder);

        library["Azure.list_azure_role_assignments"].Description.ShouldBe("Mine");
        library.Definitions.Count.ShouldBe(QueryLibrary.Shipped.Definitions.Count);
        library.Remarks.ShouldHaveSingleItem().ShouldContain("replaces that of azure_activity.yaml");
        library.Problems.ShouldHaveSingleItem().Line.ShouldBe(2);
    }

    [Fact]
    public void A_file_of_ten_megabytes_is_an_error()
    {
        string path = Path.Combine(_folder, "big.yaml");
        File.WriteAllText(path, new string('[', 10 << 20));

        QueryLibrary.Load(path).Problems.ShouldHaveSingleItem().Message.ShouldContain("2 MB");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error() =>
        Should.Throw<QuarryException>(() => QueryLibrary.Load(Path.Combine(_folder, "none"))).Message.ShouldContain("none");

    [Theory]
    [InlineData("MultiDataSource.get_timeseries_data")]
    [InlineData("multidatasource.GET_TIMESERIES_DATA")]
    [InlineData("get_timeseries_data")]
    public void Finds_a_query_by_its_name(string name) => QueryLibrary.Shipped[name].FullName.ShouldBe("MultiDataSource.get_timeseries_data");

    [Theory]
    [InlineData("MultiDataSource.get_timeseries_date", "MultiDataSource.get_timeseries_data")]
    [InlineData("list_host_processes", "MDE.list_host_processes, WindowsSecurity.list_host_processes")]
    public void Names_the_nearest_of_a_name_that_is_not_there(string name, string near) =>
        Should.Throw<QuarryException>(() => QueryLibrary.Shipped[name]).Message.ShouldContain(near);

    [Theory]
    [InlineData("MultiDataSource", "get_timeseries_data", "timestampcolumn=TimeGenerated aggregatecolumn=Total aggregatefunction=count() groupbycolumn=Type timeframe=1h where_clause= add_query_items=")]
    [InlineData("MultiDataSource", "get_timeseries_decompose", "timestampcolumn=TimeGenerated aggregatecolumn=Total aggregatefunction=count() groupbycolumn=Type timeframe=1h where_clause= add_query_items=")]
    [InlineData("MultiDataSource", "get_timeseries_anomalies", "timestampcolumn=TimeGenerated aggregatecolumn=Total aggregatefunction=count() groupbycolumn=Type timeframe=1h scorethreshold=3 where_clause= add_query_items=")]
    [InlineData("MultiDataSource", "plot_timeseries_datawithbaseline", "timestampcolumn=TimeGenerated aggregatecolumn=Total aggregatefunction=count() groupbycolumn=Type timeframe=1h where_clause= add_query_items=")]
    [InlineData("MultiDataSource", "plot_timeseries_scoreanomolies", "timestampcolumn=TimeGenerated aggregatecolumn=Total aggregatefunction=count() groupbycolumn=Type timeframe=1h scorethreshold=3 where_clause= add_query_items=")]
    public void The_time_series_queries_take_what_MSTICPys_take(string family, string name, string defaults)
    {
        QueryDefinition definition = QueryLibrary.Shipped[$"{family}.{name}"];

        definition.Parameters.Where(one => one.IsRequired).Select(one => one.Name).ShouldBe(["table"]);
        definition.Parameters.Where(one => !one.IsRequired && one.Name is not ("start" or "end")).Select(one => $"{one.Name}={one.Default}").ShouldBe(defaults.Split(' '), ignoreOrder: true);
        definition.Parameters.Select(one => one.Name).ShouldContain("start");
        definition.Parameters.Select(one => one.Name).ShouldContain("end");
    }

    [Fact]
    public void Finds_queries_by_words_the_best_first()
    {
        QueryLibrary library = QueryLibrary.Shipped;

        library.Search("timeseries anomalies")[0].Name.ShouldBe("get_timeseries_anomalies");
        library.Search("sudo")[0].Name.ShouldBe("sudo_activity");
        library.Search("beacon")[0].Name.ShouldBe("list_beacons");
        library.Search("dns tunnel").ShouldHaveSingleItem().Name.ShouldBe("list_dns_tunnels");
        library.Search("DeviceLogonEvents").Count.ShouldBe(3);
        library.Search("").Count.ShouldBe(library.Definitions.Count);
        library.Search("no such thing at all").ShouldBeEmpty();
    }

    [Fact]
    public void Values_that_are_missing_or_not_known_are_errors()
    {
        QueryDefinition definition = QueryLibrary.Shipped["Azure.list_aad_signins_for_ip"];

        Should.Throw<QuarryException>(() => definition.Build()).Message.ShouldBe("Azure.list_aad_signins_for_ip needs a value for ip_address_list.");
        Message("ip_addres_list", "x").ShouldContain("Did you mean ip_address_list?");
        Message("ip_address_list", Array.Empty<string>()).ShouldContain("at least one");
        Message("ip_address_list", Enumerable.Range(0, 10_001)).ShouldContain("watchlist");
        Message("ip_address_list", new object?[] { null }).ShouldContain("texts or numbers");
        Should.Throw<QuarryException>(() => definition.Build(new Dictionary<string, object?> { ["ip_address"] = "a", ["ip_address_list"] = "b" })).Message.ShouldContain("twice");
        Should.Throw<QuarryException>(() => definition.Build(new Dictionary<string, object?> { ["ip_address"] = "a", ["start"] = "soon" })).Message.ShouldContain("'soon'");

        string Message(string name, object? value) => Should.Throw<QuarryException>(() => definition.Build(new Dictionary<string, object?> { [name] = value })).Message;
    }

    [Fact]
    public void A_range_binds_start_and_end_that_are_not_given()
    {
        QueryDefinition definition = QueryLibrary.Shipped["LinuxSyslog.all_syslog"];
        var range = new TimeRange(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc));

        SourceQuery bound = definition.Build(null, range: range);
        bound.Text.ShouldContain("TimeGenerated >= datetime(2026-03-01T00:00:00Z) and TimeGenerated < datetime(2026-03-02T00:00:00Z)");
        bound.Range.ShouldBeNull();
        definition.Build(new Dictionary<string, object?> { ["end"] = "2026-03-01T12:00Z" }, range: range).Text.ShouldContain("< datetime(2026-03-01T12:00:00Z)");
    }

    [Fact]
    public void A_range_goes_to_the_source_where_the_query_takes_no_times()
    {
        File.WriteAllText(Path.Combine(_folder, "mine.yaml"), Mine);
        var range = new TimeRange(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc));

        QueryLibrary.Load(_folder)["Azure.list_azure_role_assignments"].Build(range: range).Range.ShouldBe(range);
    }

    [Fact]
    public void A_notebook_calls_queries_as_methods()
    {
        dynamic q = QueryLibrary.Shipped;

        SourceQuery query = q.MultiDataSource.get_timeseries_data(table: "SigninLogs", groupbycolumn: "AppDisplayName");
        query.Text.ShouldStartWith("SigninLogs\n| where TimeGenerated");
        query.Text.ShouldEndWith("by AppDisplayName");
        ((SourceQuery)q.MultiDataSource.get_timeseries_data("SigninLogs")).Text.ShouldStartWith("SigninLogs\n");
        ((QueryDefinition)q.LinuxSyslog.sudo_activity).Name.ShouldBe("sudo_activity");
        Should.Throw<QuarryException>(() => q.LinuxSyslog.sudo_activty()).Message.ShouldContain("sudo_activity");
        Should.Throw<QuarryException>(() => q.LinuxSysog).Message.ShouldContain("LinuxSyslog");
        Should.Throw<QuarryException>(() => q.LinuxSyslog.sudo_activity(hostt: "x")).Message.ShouldContain("host_name");
        ((IEnumerable<string>)QueryLibrary.Shipped.GetDynamicMemberNames()).ShouldContain("WindowsSecurity");
    }

    [Fact]
    public async Task A_notebook_runs_queries_at_a_source()
    {
        using var tables = new SampleTables();
        dynamic q = QueryLibrary.Shipped.For(new DatabaseSource(tables.Database), new TimeRange(new DateTime(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 6, 0, 0, 0, DateTimeKind.Utc)));

        KqlResult result = await q.LinuxSyslog.list_logons_for_account(account_name: "root");

        result.Table.RowCount.ShouldBe(2);
    }

    private sealed class DatabaseSource(KqlDatabase database) : IQuerySource
    {
        public SourceDescription Description { get; } = new(SourceKind.Local, "tables", "memory", "Nothing leaves the machine.");

        public Task ConnectAsync(CancellationToken cancellation = default) => Task.CompletedTask;

        public Task<IReadOnlyList<SourceTable>> TablesAsync(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<SourceTable>>([]);

        public async Task<SourceRun> BeginAsync(SourceQuery query, CancellationToken cancellation = default) =>
            new Run((await database.QueryAsync(query.Text, query.Parameters, cancellation)).Table);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private sealed class Run(Table table) : SourceRun
        {
            private bool _isRead;

            public override IReadOnlyList<string> Remarks => [];

            public override TableStream? Next()
            {
                TableStream? next = _isRead ? null : TableStream.Of(table);
                _isRead = true;
                return next;
            }

            protected override void Dispose(bool disposing)
            {
            }
        }
    }
}
