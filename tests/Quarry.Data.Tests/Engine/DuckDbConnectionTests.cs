using System.Diagnostics;
using Quarry.Data.Engine;

namespace Quarry.Data.Tests.Engine;

public sealed class DuckDbConnectionTests : IDisposable
{
    // Minutes of work that no optimizer takes away.
    private const string Slow = "SELECT max(sin(a.range * b.range)) FROM range(10000000) a, range(100000) b";

    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory(new DuckDbOptions { Threads = 2 });
    private readonly DuckDbConnection _connection;

    public DuckDbConnectionTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Runs_several_statements_and_tells_the_rows_the_last_changed()
    {
        long changed = _connection.Execute("CREATE TABLE t (a INT); INSERT INTO t SELECT range FROM range(7); DELETE FROM t WHERE a < 3");

        changed.ShouldBe(3);
    }

    [Fact]
    public void Tells_DuckDBs_message_of_a_failing_statement()
    {
        EngineException error = Should.Throw<EngineException>(() => _connection.Query("SELECT nonsense FROM range(1)"));

        error.Message.ShouldContain("nonsense");
        error.Message.ShouldContain("Binder Error");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- nothing")]
    [InlineData("SELEC")]
    [InlineData("SELECT 1; SELECT 2")]
    public void Streams_one_statement_only(string sql) => Should.Throw<EngineException>(() => _connection.Stream(sql));

    [Fact]
    public void Refuses_a_statement_with_a_nul_rather_than_running_its_beginning()
    {
        Should.Throw<EngineException>(() => _connection.Execute("CREATE TABLE t (a INT)\0; SELECT 1")).Message.ShouldContain("NUL");

        Sql.Scalar(_connection, "SELECT count(*) FROM duckdb_tables()").ShouldBe(0L);
    }

    [Fact]
    public void Takes_lone_surrogates_as_replacement_characters()
        => Sql.Scalar(_connection, "SELECT 'a\ud800b'").ShouldBe("a\ufffdb");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cancels_within_a_second_and_can_be_used_on(bool streaming)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();

        OperationCanceledException error = Should.Throw<OperationCanceledException>(
            () => streaming ? _connection.Stream(Slow, cancellation.Token) : _connection.Query(Slow, cancellation.Token));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1.2));
        error.CancellationToken.ShouldBe(cancellation.Token);
        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void Cancels_a_stream_between_its_chunks()
    {
        using var cancellation = new CancellationTokenSource();
        using DuckDbResult stream = _connection.Stream("SELECT range FROM range(1000000000)", cancellation.Token);
        stream.Fetch()!.Dispose();

        cancellation.Cancel();

        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (DuckDbChunk _ in stream.Chunks())
            {
            }
        });
        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void Runs_nothing_for_a_token_that_is_cancelled_already()
    {
        Should.Throw<OperationCanceledException>(() => _connection.Execute("CREATE TABLE t (a INT)", new CancellationToken(true)));

        Sql.Scalar(_connection, "SELECT count(*) FROM duckdb_tables()").ShouldBe(0L);
    }

    [Fact]
    public void Is_interrupted_from_another_thread()
    {
        using var timer = new Timer(_ => _connection.Interrupt(), null, 100, 50);

        Should.Throw<OperationCanceledException>(() => _connection.Query(Slow));

        timer.Change(Timeout.Infinite, Timeout.Infinite);
        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void Tells_progress_while_a_statement_runs()
    {
        using DuckDbConnection connection = _database.Connect();
        _connection.Execute("CREATE TABLE big AS SELECT range AS a FROM range(2000000)");
        using var cancellation = new CancellationTokenSource();
        Task run = Task.Run(() => connection.Query("SELECT max(list_sum(list_transform(range(50), lambda x: sin(x + a)))) FROM big", cancellation.Token));

        bool told = SpinWait.SpinUntil(() => connection.Progress is { Fraction: > 0, TotalRows: > 0 }, TimeSpan.FromSeconds(10));

        cancellation.Cancel();
        Should.Throw<OperationCanceledException>(() => run.GetAwaiter().GetResult());
        told.ShouldBeTrue();
    }

    [Fact]
    public void Refuses_another_statement_while_a_stream_is_open()
    {
        using DuckDbStatement prepared = _connection.Prepare("SELECT 1");
        using DuckDbResult stream = _connection.Stream("SELECT range FROM range(100000)");

        Action[] others =
        [
            () => _connection.Query("SELECT 1"),
            () => _connection.Execute("SELECT 1"),
            () => _connection.Stream("SELECT 1"),
            () => _connection.Prepare("SELECT 1"),
            () => _connection.CreateAppender("t"),
            () => prepared.Query(),
        ];

        foreach (Action other in others)
        {
            Should.Throw<InvalidOperationException>(other).Message.ShouldContain("stream of this connection is open");
        }

        stream.Chunks().Sum(c => c.RowCount).ShouldBe(100_000);
        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void Is_free_again_when_a_stream_is_disposed_of_half_read()
    {
        using (DuckDbResult stream = _connection.Stream("SELECT range FROM range(100000)"))
        {
            stream.Fetch()!.Dispose();
        }

        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void Is_free_again_when_a_stream_fails_half_way()
    {
        using DuckDbResult stream = _connection.Stream(
            "SELECT CASE WHEN range = 500000 THEN error('no further') ELSE range::VARCHAR END FROM range(1000000)");

        EngineException error = Should.Throw<EngineException>(() => stream.Chunks().Sum(c => c.RowCount));

        // Now and then DuckDB tells only that a thread's failure interrupted the others.
        error.Message.ShouldMatch("no further|does not tell why");
        stream.Fetch().ShouldBeNull();
        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_the_use_by_two_threads_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        Task run = Task.Run(() => _connection.Query(Slow, cancellation.Token));
        await Task.Delay(100);

        Should.Throw<InvalidOperationException>(() => _connection.Query("SELECT 1")).Message.ShouldContain("Another thread");

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
    }

    [Fact]
    public void Throws_after_it_was_disposed_of()
    {
        DuckDbConnection connection = _database.Connect();
        DuckDbStatement statement = connection.Prepare("SELECT 7");

        connection.Dispose();
        connection.Dispose();

        Should.Throw<ObjectDisposedException>(() => connection.Query("SELECT 1"));
        Should.Throw<ObjectDisposedException>(() => connection.Prepare("SELECT 1"));
        Should.Throw<ObjectDisposedException>(() => connection.Progress);
        Should.Throw<ObjectDisposedException>(() => connection.Interrupt());
        Should.Throw<ObjectDisposedException>(() => statement.Query());
        statement.Dispose();
        statement.Dispose();
        Should.Throw<ObjectDisposedException>(() => statement.Bind(1, 1));
    }
}
