using Quarry.Catalogue;
using Quarry.Data.Kql;
using Quarry.Data.PushDown;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Local;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Data.Tests.PushDown;

/// <summary>A table in a source, and analyses over it: where it is and here.</summary>
internal sealed class PushedTables : IDisposable
{
    private readonly KqlDatabase _database = KqlDatabase.Create();
    private Table? _rows;

    private PushedTables() => Source = new LocalSource(_database);

    public IQuerySource Source { get; }

    /// <summary>What the last analysis there sent.</summary>
    public IReadOnlyList<string> Queries { get; private set; } = [];

    /// <summary>What the last analysis said beside its rows.</summary>
    public List<string> Remarks { get; } = [];

    public static PushedTables Of(Table table)
    {
        var tables = new PushedTables();
        tables._database.AddTable("T", table);
        return tables;
    }

    public static async Task<PushedTables> OfCorpus(string name)
    {
        var tables = new PushedTables();
        tables._database.AddFile("T", Corpus.PathOf($"data/{name}"));
        await tables._database.LoadAsync("T");
        return tables;
    }

    /// <summary>The rows that the analysis gives where the table is.</summary>
    public async Task<Table> There(Analysis analysis, object options, params string[] columns)
    {
        Remarks.Clear();
        var context = new AnalysisContext { Columns = columns, Threads = 1, Remark = Remarks.Add };
        using PushedResult result = await PushedAnalysis.RunAsync(Source, "T", analysis, options, context);
        Table rows = result.Rows.Gather();
        Queries = result.Queries;
        return rows;
    }

    /// <summary>The rows that it gives of the whole table, which is fetched.</summary>
    public async Task<Table> Here(Analysis analysis, object options, params string[] columns)
    {
        _rows ??= (await Source.QueryAsync("T")).Table;
        using TableStream result = analysis.Run(TableStream.Of(_rows), options, new AnalysisContext { Columns = columns, Threads = 1 });
        return result.Gather();
    }

    public void Dispose() => _database.Dispose();
}
