using Quarry.Data.Kql;
using Quarry.Data.Tests.Files;
using Quarry.Tables;

namespace Quarry.Data.Tests.Kql;

/// <summary>Data that queries ask for beside the tables: reached by what the options name, and not otherwise.</summary>
public sealed class OutsideDataTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Externaldata_reads_from_the_folder_that_stands_for_the_addresses()
    {
        _scratch.Write("feed.csv", "203.0.113.5,\"bad, very\"\n198.51.100.7,worse\n");
        using var database = KqlDatabase.Create(new KqlDatabaseOptions { ExternalFolder = _scratch.Folder });
        (await Run(database, "externaldata(ip:string, why:string)[h@'https://example.org/lists/feed.csv?sig=key'] | sort by ip asc"))
            .ShouldBe(["198.51.100.7|worse", "203.0.113.5|bad, very"]);
    }

    [Fact]
    public async Task Externaldata_takes_headers_types_and_lines_as_it_is_told()
    {
        _scratch.Write("n.csv", "number,when\n1,2024-01-02\nx,2024-01-03\n");
        _scratch.Write("list.txt", "alpha\nbeta\n");
        _scratch.Write("rows.json", "{\"b\":2,\"a\":\"x\"}\n{\"a\":\"y\"}\n");
        using var database = KqlDatabase.Create(new KqlDatabaseOptions { ExternalFolder = _scratch.Folder });
        (await Run(database, "externaldata(n:long, t:datetime)['https://h/n.csv'] with (format='csv', ignoreFirstRecord=true) | project n, year = getyear(t)"))
            .ShouldBe(["1|2024", "|2024"]);
        (await Run(database, "externaldata(line:string)['https://h/list.txt'] with (format='txt') | where line has 'beta'")).ShouldBe(["beta"]);
        (await Run(database, "externaldata(a:string, b:long)['https://h/rows.json'] with (format='json')")).ShouldBe(["x|2", "y|"]);
    }

    [Theory]
    [InlineData("https://example.org/feed.csv?sig=secret", "on the network")]
    [InlineData("../secret.csv", "there is no")]
    [InlineData("/etc/passwd", "there is no")]
    [InlineData("file:///etc/passwd", "there is no")]
    public async Task Externaldata_reaches_neither_the_network_nor_other_folders(string place, string reason)
    {
        string inner = Directory.CreateDirectory(Path.Combine(_scratch.Folder, "inner")).FullName;
        _scratch.Write("secret.csv", "secret\n");
        using var database = KqlDatabase.Create(new KqlDatabaseOptions { ExternalFolder = inner });
        KqlException error = await Should.ThrowAsync<KqlException>(() => Run(database, $"externaldata(a:string)[@'{place}']"));
        error.Message.ShouldContain(reason);
        error.Message.ShouldNotContain("sig=secret");
    }

    [Fact]
    public async Task A_watchlist_has_its_columns_and_a_key()
    {
        _scratch.Write("HighValue.csv", "Account,Why\nalice,admin\n");
        using var database = KqlDatabase.Create(new KqlDatabaseOptions { WatchlistFolder = _scratch.Folder });
        (await Run(database, "let L = _GetWatchlist('highvalue') | project SearchKey; datatable(a:string)['alice','bob'] | where a in (L)")).ShouldBe(["alice"]);
        (await Run(database, "_GetWatchlist('HighValue') | project SearchKey, Why")).ShouldBe(["alice|admin"]);
        Should.Throw<KqlException>(() => database.Prepare("_GetWatchlist('Other')")).Message.ShouldContain("no watchlist 'Other'");
    }

    [Fact]
    public async Task Saved_functions_take_parameters_and_tables_and_their_errors_are_told_where_they_are_called()
    {
        _scratch.Write("Doubled.kql", "let Doubled = (x:long) { x * 2 };");
        _scratch.Write("Logons.kql", "datatable(a:string)['alice','eve']\n| where a != 'eve'");
        _scratch.Write("Filtered.kql", "let Filtered = (T:(a:string), want:string = 'alice') { T | where a == want };");
        _scratch.Write("Wrong.kql", "T | wher x");
        _scratch.Write("Misspelt.kql", "print a = 1 | project b");
        using var database = KqlDatabase.Create(new KqlDatabaseOptions { FunctionFolder = _scratch.Folder });
        (await Run(database, "Logons | extend d = Doubled(21)")).ShouldBe(["alice|42"]);
        (await Run(database, "Filtered(Logons)")).ShouldBe(["alice"]);
        (await Run(database, "Logons | invoke Filtered('bob')")).ShouldBeEmpty();
        KqlException wrong = Should.Throw<KqlException>(() => database.Prepare("print 1; \nWrong"));
        wrong.Diagnostics.ShouldHaveSingleItem().Span.Start.ShouldBe(10);
        Should.Throw<KqlException>(() => database.Prepare("Misspelt | take 1")).Message.ShouldContain("In the saved function 'Misspelt'");
    }

    [Fact]
    public void Without_a_database_of_places_the_function_is_refused_at_its_position()
    {
        using var database = KqlDatabase.Create();
        KqlException error = Should.Throw<KqlException>(() => database.Prepare("print geo_info_from_ip_address('203.0.113.5')"));
        error.Diagnostics.ShouldHaveSingleItem().Span.Start.ShouldBe(6);
        _scratch.Write("no.mmdb", "nothing of the kind");
        Should.Throw<QuarryException>(() => KqlDatabase.Create(new KqlDatabaseOptions { GeoDatabase = Path.Combine(_scratch.Folder, "no.mmdb") })).Message.ShouldContain("no.mmdb");
    }

    [Fact]
    public async Task An_analysis_is_a_plugin_whose_table_the_query_goes_on_with()
    {
        using var database = KqlDatabase.Create();
        (await Run(database, "datatable(c:string)['see http://a.example.net/x and 198.51.100.7'] | evaluate iocs(c, types=url) | project IoCType, Observable"))
            .ShouldBe(["url|http://a.example.net/x"]);
        Should.Throw<KqlException>(() => database.QueryAsync("print a = 'x' | evaluate iocs(b)").GetAwaiter().GetResult()).Message.ShouldContain("no column 'b'");
        Should.Throw<KqlException>(() => database.QueryAsync("print a = 'x' | evaluate iocs(a, depth=1)").GetAwaiter().GetResult()).Message.ShouldContain("no option depth");
        Should.Throw<KqlException>(() => database.Prepare("print a = 'x' | evaluate ioc(a)")).Message.ShouldContain("did you mean 'iocs'");
    }

    private static async Task<string[]> Run(KqlDatabase database, string query)
    {
        Table table = (await database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken)).Table;
        return [.. table.Rows().Select(row => string.Join('|', row))];
    }
}
