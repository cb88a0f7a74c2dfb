using Quarry.Catalogue;
using Quarry.Data.PushDown;
using Quarry.Data.Sources;
using Quarry.Decoding;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Data.Tests.PushDown;

/// <summary>What can be run where the rows are, and over what.</summary>
public sealed class PushedAnalysisTests
{
    private static Table Table => new TableBuilder(("a", ColumnType.String), ("b", ColumnType.Long)).AddRow("x", 1L).AddRow("", 2L).AddRow("y", 2L).Build();

    [Fact]
    public void Four_analyses_are_supported() =>
        Analyses.All.Where(PushedAnalysis.Supports).Select(one => one.Name).ShouldBe(["decode", "iocs", "anomalies", "signatures"]);

    [Fact]
    public async Task Others_are_refused_with_those_that_are()
    {
        using PushedTables tables = PushedTables.Of(Table);

        QuarryException error = await Should.ThrowAsync<QuarryException>(() => tables.There(Analyses.Named("tree"), Analyses.Named("tree").DefaultOptions));

        error.Message.ShouldContain("signatures");
        await Should.ThrowAsync<ArgumentException>(() => tables.There(SignatureAnalysis.Entry, DecodeOptions.Default));
    }

    [Theory]
    [InlineData("T")]
    [InlineData("['T']")]
    [InlineData("T | where b > 1 // a note")]
    [InlineData("union T, (T | where b == 1)")]
    [InlineData("(T | extend c = strcat(a, '; drop'))")]
    public async Task A_table_is_a_name_or_a_query(string table)
    {
        using PushedTables tables = PushedTables.Of(Table);

        using PushedResult result = await PushedAnalysis.RunAsync(
            tables.Source, table, SignatureAnalysis.Entry, new SignatureOptions { View = SignatureView.Unique, Threshold = 3, KeepInvariant = true }, AnalysisContext.Default);

        result.Rows.Gather().RowCount.ShouldBeGreaterThan(0);
        result.Queries.ShouldAllBe(query => query.Contains(table, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("T;")]
    [InlineData("T; T")]
    [InlineData("let x = T; x")]
    [InlineData("T | where (b > 1")]
    [InlineData("T | where a == 'x")]
    [InlineData(".show tables")]
    [InlineData("T) | union (T")]
    [InlineData("set notruncation; T")]
    public async Task Anything_else_is_refused_before_it_is_sent(string table)
    {
        using PushedTables tables = PushedTables.Of(Table);
        var source = new Refusing(tables.Source);

        await Should.ThrowAsync<QuarryException>(() => PushedAnalysis.RunAsync(source, table, SignatureAnalysis.Entry, SignatureOptions.Default, AnalysisContext.Default));

        source.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task The_range_and_time_limit_hold_for_all_that_is_sent_and_only_travelling_rows_are_split()
    {
        using PushedTables tables = PushedTables.Of(Table);
        var source = new Refusing(tables.Source);
        var table = new SourceQuery("T") { Range = new TimeRange(DateTime.UnixEpoch, DateTime.UnixEpoch.AddDays(2)), SplitBy = TimeSpan.FromDays(1), Timeout = TimeSpan.FromMinutes(1) };

        (await PushedAnalysis.RunAsync(source, table, DecodeAnalysis.Entry, DecodeOptions.Default, AnalysisContext.Default)).Dispose();

        source.Queries.ShouldAllBe(query => query.Range == table.Range && query.Timeout == table.Timeout && !query.AllowsPartial);
        source.Queries.Select(query => query.SplitBy).ShouldBe([null, TimeSpan.FromDays(1)]);
    }

    private sealed class Refusing(IQuerySource source) : IQuerySource
    {
        public List<SourceQuery> Queries { get; } = [];

        public int Asked => Queries.Count;

        public SourceDescription Description => source.Description;

        public Task ConnectAsync(CancellationToken cancellation = default) => source.ConnectAsync(cancellation);

        public Task<IReadOnlyList<SourceTable>> TablesAsync(CancellationToken cancellation = default) => source.TablesAsync(cancellation);

        public Task<SourceRun> BeginAsync(SourceQuery query, CancellationToken cancellation = default)
        {
            Queries.Add(query);
            return source.BeginAsync(query with { Range = null, SplitBy = null }, cancellation);
        }

        public ValueTask DisposeAsync() => source.DisposeAsync();
    }
}
