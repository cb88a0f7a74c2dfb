using Quarry.Data.Engine;

namespace Quarry.Data.Tests.Engine;

public sealed class DuckDbResultTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory();
    private readonly DuckDbConnection _connection;

    public DuckDbResultTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gives_a_million_rows_without_copying(bool streaming)
    {
        const string Statement = "SELECT range AS n, 'row ' || range AS t, nullif(range % 3, 0) AS m FROM range(1000000)";
        using DuckDbResult result = streaming ? _connection.Stream(Statement) : _connection.Query(Statement);

        long rows = 0, sum = 0, bytes = 0, nulls = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (result.Fetch() is { } chunk)
        {
            using (chunk)
            {
                DuckDbVector numbers = chunk[0];
                DuckDbVector texts = chunk[1];
                DuckDbVector thirds = chunk[2];
                foreach (long n in numbers.Values<long>())
                {
                    sum += n;
                }

                for (int row = 0; row < chunk.RowCount; row++)
                {
                    bytes += texts.Bytes(row).Length;
                    nulls += thirds.IsNull(row) ? 1 : 0;
                }

                rows += chunk.RowCount;
            }
        }

        result.IsStream.ShouldBe(streaming);
        rows.ShouldBe(1_000_000);
        sum.ShouldBe(999_999L * 1_000_000 / 2);
        bytes.ShouldBe(4_000_000 + 5_888_890);
        nulls.ShouldBe(333_334);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void Tells_names_and_types_even_of_no_rows()
    {
        using DuckDbResult result = _connection.Query("SELECT 1 AS a, 'x' AS a, [1.5, 2] AS \"l ä\" WHERE false");

        result.Columns.Select(c => $"{c.Name}:{c.Type}").ShouldBe(["a:INTEGER", "a:VARCHAR", "l ä:DECIMAL(11,1)[]"]);
        result.Fetch().ShouldBeNull();
        result.Fetch().ShouldBeNull();
    }

    [Fact]
    public void Outlives_statement_connection_and_database_in_any_order()
    {
        var database = DuckDbDatabase.OpenInMemory();
        DuckDbConnection connection = database.Connect();
        DuckDbStatement statement = connection.Prepare("SELECT range, 'a text that is not inlined ' || range FROM range(50000)");
        DuckDbResult stream = statement.Stream();
        DuckDbChunk first = stream.Fetch()!;

        database.Dispose();
        statement.Dispose();
        connection.Dispose();
        stream.Chunks().Sum(c => c.RowCount).ShouldBe(50_000 - first.RowCount);
        stream.Dispose();

        first[1].GetString(17).ShouldBe("a text that is not inlined 17");
        first.Dispose();
    }

    [Fact]
    public void Throws_where_what_was_disposed_of_is_used()
    {
        DuckDbResult result = _connection.Query("SELECT 1 AS a, 'x' AS t, [1] AS l");
        DuckDbChunk chunk = result.Fetch()!;
        result.Dispose();
        chunk.Dispose();

        Should.Throw<ObjectDisposedException>(() => result.Fetch());
        Should.Throw<ObjectDisposedException>(() => chunk[0].Length);
    }

    [Fact]
    public void A_vector_throws_after_its_chunk_was_disposed_of()
    {
        using DuckDbResult result = _connection.Query("SELECT 1 AS a, 'x' AS t, [1] AS l");
        DuckDbChunk chunk = result.Fetch()!;
        DuckDbVector number = chunk[0], text = chunk[1], list = chunk[2];
        chunk.Dispose();
        int caught = 0;

        try
        {
            number.Values<int>();
        }
        catch (ObjectDisposedException)
        {
            caught++;
        }

        try
        {
            text.Bytes(0);
        }
        catch (ObjectDisposedException)
        {
            caught++;
        }

        try
        {
            list.Child();
        }
        catch (ObjectDisposedException)
        {
            caught++;
        }

        caught.ShouldBe(3);
    }

    [Fact]
    public void What_nobody_disposed_of_is_finalized_without_harm()
    {
        for (int i = 0; i < 20; i++)
        {
            Abandon();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    private static void Abandon()
    {
        DuckDbConnection connection = DuckDbDatabase.OpenInMemory().Connect();
        connection.Execute("CREATE TABLE t (a INT)");
        connection.CreateAppender("t").Append(1).EndRow();
        DuckDbStatement statement = connection.Prepare("SELECT range FROM range(100000)");
        DuckDbResult result = statement.Stream();
        result.Fetch()!.RowCount.ShouldBe(2048);
    }
}
