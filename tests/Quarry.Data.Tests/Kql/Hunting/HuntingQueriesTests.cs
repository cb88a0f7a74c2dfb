using Quarry.Data.Kql;

namespace Quarry.Data.Tests.Kql.Hunting;

/// <summary>Queries of the kind that hunters and detection engineers write, on the tables of Sentinel and Defender.</summary>
public sealed class HuntingQueriesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Kql", "Hunting");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Folder, "*.kql").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    // What the engine does not run, and says so.
    private static readonly HashSet<string> Refused = ["geo-enrichment", "reduce-messages"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_runs_on_tables_without_rows(string name)
    {
        string query = Text(name);
        using var hunting = new HuntingDatabase(query);
        if (Refused.Contains(name))
        {
            (await Should.ThrowAsync<KqlException>(() => hunting.Database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken))).Diagnostics.ShouldNotBeEmpty();
            return;
        }

        KqlResult result = await hunting.Database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken);
        result.Table.Schema.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void There_are_many_of_them() => Names.Count.ShouldBeGreaterThanOrEqualTo(80);

    internal static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".kql"));
}
