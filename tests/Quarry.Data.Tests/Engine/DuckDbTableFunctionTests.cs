using Quarry.Data.Engine;

namespace Quarry.Data.Tests.Engine;

public sealed class DuckDbTableFunctionTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory(new DuckDbOptions { Threads = 2 });
    private readonly DuckDbConnection _connection;

    public DuckDbTableFunctionTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Gives_a_million_rows()
    {
        _connection.Register(Numbers());

        Sql.Rows(_connection, "SELECT count(*), sum(n), max(t) FROM numbers(1000000)").Single().ShouldBe([1_000_000L, (Int128)499_999_500_000, "the number 999999"]);
    }

    [Fact]
    public void Gives_rows_to_several_threads_at_once()
    {
        _connection.Register(Numbers() with { Name = "many" });

        Sql.Scalar(_connection, "SELECT count(DISTINCT n) FROM many(1000000, threads := 4)").ShouldBe(1_000_000L);
    }

    [Theory]
    [InlineData("SELECT count(*) FROM numbers(5000)", 5000L)]
    [InlineData("SELECT t FROM numbers(5000) WHERE n = 4999", "the number 4999")]
    [InlineData("SELECT t || n FROM numbers(5000) ORDER BY n DESC LIMIT 1", "the number 49994999")]
    [InlineData("SELECT sum(n) FROM numbers(0)", null)]
    [InlineData("SELECT count(*) FROM numbers(3) a, numbers(4) b", 12L)]
    [InlineData("SELECT 1 FROM numbers(1)", 1)]
    public void Gives_the_columns_that_a_statement_needs(string sql, object? expected)
    {
        _connection.Register(Numbers());

        Sql.Scalar(_connection, sql).ShouldBe(expected);
    }

    [Fact]
    public void Takes_arguments_by_position_and_by_name()
    {
        DuckDbTableArguments? seen = null;
        _connection.Register(new DuckDbTableFunction
        {
            Name = "seeing",
            Parameters = [DuckDbType.Varchar, DuckDbType.Double, DuckDbType.Boolean],
            NamedParameters = [new("size", DuckDbType.BigInt), new("left_out", DuckDbType.Varchar)],
            Bind = arguments =>
            {
                seen = arguments;
                return new DuckDbTableScan { Columns = [new("a", DuckDbType.Integer)], Open = _ => _ => 0 };
            },
        });

        _connection.Query("SELECT * FROM seeing('tëxt', 2.5, NULL, SIZE := -3)").Dispose();

        seen![0].ShouldBe("tëxt");
        seen[1].ShouldBe(2.5);
        seen[2].ShouldBeNull();
        seen["size"].ShouldBe(-3L);
        seen["left_out"].ShouldBeNull();
        Should.Throw<EngineException>(() => _connection.Query("SELECT * FROM seeing('x')"));
        Should.Throw<EngineException>(() => _connection.Query("SELECT * FROM seeing('x', 1, true, other := 1)")).Message.ShouldContain("other");
    }

    [Theory]
    [InlineData("bind")]
    [InlineData("open")]
    [InlineData("fill")]
    [InlineData("too many")]
    public void An_exception_anywhere_becomes_the_statements_error(string where)
    {
        _connection.Register(new DuckDbTableFunction
        {
            Name = "failing",
            Bind = _ => where == "bind" ? throw new QuarryException("not at bind") : new DuckDbTableScan
            {
                Columns = [new("a", DuckDbType.Integer)],
                Open = _ => where == "open" ? throw new QuarryException("not at open")
                    : _ => where == "fill" ? throw new QuarryException("not at fill") : int.MaxValue,
            },
        });

        EngineException error = Should.Throw<EngineException>(() => _connection.Query("SELECT * FROM failing()"));

        error.Message.ShouldContain(where == "too many" ? "2048 rows" : $"failing: not at {where}");
        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void Is_cancelled_between_chunks()
    {
        _connection.Register(new DuckDbTableFunction
        {
            Name = "endless",
            Bind = _ => new DuckDbTableScan { Columns = [new("a", DuckDbType.Integer)], Open = _ => chunk => DuckDbOutputChunk.Capacity },
        });
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        Should.Throw<OperationCanceledException>(() => _connection.Query("SELECT count(a) FROM endless()", cancellation.Token));

        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void Refuses_a_name_that_is_taken()
    {
        _connection.Register(Numbers());

        Should.Throw<EngineException>(() => _connection.Register(Numbers() with { Name = "NUMBERS" })).Message.ShouldContain("NUMBERS");
    }

    private static DuckDbTableFunction Numbers() => new()
    {
        Name = "numbers",
        Parameters = [DuckDbType.BigInt],
        NamedParameters = [new("threads", DuckDbType.BigInt)],
        Bind = arguments =>
        {
            long count = (long)arguments[0]!;
            return new DuckDbTableScan
            {
                Columns = [new("n", DuckDbType.BigInt), new("t", DuckDbType.Varchar)],
                RowCount = count,
                MaxThreads = (int)(arguments["threads"] as long? ?? 1),
                Open = columns => Filler(count, columns),
            };
        },
    };

    private static DuckDbChunkFiller Filler(long count, IReadOnlyList<int> columns)
    {
        long next = 0;
        return chunk =>
        {
            long first = Interlocked.Add(ref next, DuckDbOutputChunk.Capacity) - DuckDbOutputChunk.Capacity;
            int rows = (int)Math.Clamp(count - first, 0, DuckDbOutputChunk.Capacity);
            for (int i = 0; i < columns.Count; i++)
            {
                DuckDbVectorWriter writer = chunk[i];
                for (int row = 0; row < rows; row++)
                {
                    if (columns[i] == 0)
                    {
                        writer.Values<long>()[row] = first + row;
                    }
                    else
                    {
                        writer.SetText(row, $"the number {first + row}");
                    }
                }
            }

            return rows;
        };
    }
}
