using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Data.Tests.Queries;

/// <summary>The sample tables in a database, and Flows: two weeks of bytes by the hour, with one hour that stands out.</summary>
public sealed class SampleTables : IDisposable
{
    public SampleTables()
    {
        Database.AddFolder(Folder).Failures.ShouldBeEmpty();
        Database.AddTable("Flows", Flows());
    }

    /// <summary>Where the files are.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Queries", "Samples");

    /// <summary>The tables that the services' schemas type.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. Directory.EnumerateFiles(Folder).Select(path => Path.GetFileNameWithoutExtension(path)!).Where(name => name != "AzureNetworkAnalytics_CL")];

    /// <summary>The tables.</summary>
    public KqlDatabase Database { get; } = KqlDatabase.Create(new KqlDatabaseOptions { Now = new DateTime(2026, 3, 5, 12, 0, 0, DateTimeKind.Utc) });

    public void Dispose() => Database.Dispose();

    private static Table Flows()
    {
        var builder = new TableBuilder(("TimeGenerated", ColumnType.DateTime), ("Device", ColumnType.String), ("SentBytes", ColumnType.Long));
        for (var time = new DateTime(2026, 2, 19, 0, 0, 0, DateTimeKind.Utc); time < new DateTime(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc); time = time.AddHours(1))
        {
            bool isOdd = time is { Month: 3, Day: 1, Hour: 3 };
            builder.AddRow(time, "fw-1", isOdd ? 500L : time.Hour is >= 8 and < 16 ? 400L : 100L);
            builder.AddRow(time, "fw-2", 1L);
        }

        return builder.Build();
    }
}
