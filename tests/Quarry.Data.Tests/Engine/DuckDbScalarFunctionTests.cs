using System.Text;
using Quarry.Data.Engine;

namespace Quarry.Data.Tests.Engine;

public sealed class DuckDbScalarFunctionTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory(new DuckDbOptions { Threads = 2 });
    private readonly DuckDbConnection _connection;

    public DuckDbScalarFunctionTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Computes_texts_from_texts_on_several_threads()
    {
        var threads = new HashSet<int>();
        _connection.Register(new DuckDbScalarFunction
        {
            Name = "turned",
            Parameters = [DuckDbType.Varchar],
            Returns = DuckDbType.Varchar,
            Body = (arguments, result) =>
            {
                lock (threads)
                {
                    threads.Add(Environment.CurrentManagedThreadId);
                }

                DuckDbVector texts = arguments[0];
                for (int row = 0; row < arguments.RowCount; row++)
                {
                    byte[] bytes = texts.Bytes(row).ToArray();
                    Array.Reverse(bytes);
                    result.SetText(row, bytes);
                }
            },
        });

        _connection.Execute("CREATE TABLE t AS SELECT repeat('ab', range::INT % 20) || range AS s FROM range(500000)");

        Sql.Scalar(_connection, "SELECT count(*) FROM t WHERE turned(s) <> reverse(s)").ShouldBe(0L);
        Sql.Scalar(_connection, "SELECT turned('abc')").ShouldBe("cba");
        threads.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Computes_numbers_and_truth_with_several_signatures_of_one_name()
    {
        _connection.Register(Function("twice", DuckDbType.BigInt, (a, r) => Twice(a[0].Values<long>(), r.Values<long>())));
        _connection.Register(Function("twice", DuckDbType.Double, (a, r) => Twice(a[0].Values<double>(), r.Values<double>())));
        _connection.Register(new DuckDbScalarFunction
        {
            Name = "is_even",
            Parameters = [DuckDbType.BigInt],
            Returns = DuckDbType.Boolean,
            Body = (arguments, result) =>
            {
                ReadOnlySpan<long> numbers = arguments[0].Values<long>();
                Span<bool> even = result.Values<bool>();
                for (int row = 0; row < numbers.Length; row++)
                {
                    even[row] = (numbers[row] & 1) == 0;
                }
            },
        });

        Sql.Rows(_connection, "SELECT twice(21), twice(1.25::DOUBLE), is_even(3), is_even(4)").Single().ShouldBe([42L, 2.5, false, true]);
        Sql.Scalar(_connection, "SELECT count(*) FROM range(10001) WHERE is_even(range)").ShouldBe(5001L);
    }

    [Fact]
    public void Gives_null_for_null_whatever_the_body_writes()
    {
        _connection.Register(new DuckDbScalarFunction
        {
            Name = "length_of_both",
            Parameters = [DuckDbType.Varchar, DuckDbType.Varchar],
            Returns = DuckDbType.BigInt,
            Body = (arguments, result) =>
            {
                for (int row = 0; row < arguments.RowCount; row++)
                {
                    result.Values<long>()[row] = arguments[0].Bytes(row).Length + arguments[1].Bytes(row).Length;
                }
            },
        });

        Sql.Rows(_connection, "SELECT length_of_both(a, b) FROM (VALUES ('a long enough text', 'b'), (NULL, 'x'), ('x', NULL), (NULL, NULL)) t(a, b)")
            .Select(r => r[0]).ShouldBe([19L, null, null, null]);
        Sql.Scalar(_connection, "SELECT length_of_both(NULL, 'x')").ShouldBeNull();
    }

    [Fact]
    public void Sees_and_gives_nulls_where_it_handles_them()
    {
        _connection.Register(new DuckDbScalarFunction
        {
            Name = "flipped",
            Parameters = [DuckDbType.Varchar],
            Returns = DuckDbType.Varchar,
            HandlesNulls = true,
            Body = (arguments, result) =>
            {
                for (int row = 0; row < arguments.RowCount; row++)
                {
                    result.SetText(row, arguments[0].IsNull(row) ? "was null" : null);
                }
            },
        });

        Sql.Rows(_connection, "SELECT flipped(a) FROM (VALUES ('x'), (NULL)) t(a)").Select(r => r[0]).ShouldBe([null, "was null"]);
        Sql.Scalar(_connection, "SELECT flipped(NULL)").ShouldBe("was null");
    }

    [Fact]
    public void Takes_any_number_of_arguments()
    {
        _connection.Register(new DuckDbScalarFunction
        {
            Name = "joined",
            FurtherParameters = DuckDbType.Varchar,
            Returns = DuckDbType.Varchar,
            Body = (arguments, result) =>
            {
                for (int row = 0; row < arguments.RowCount; row++)
                {
                    var text = new StringBuilder();
                    for (int column = 0; column < arguments.ColumnCount; column++)
                    {
                        text.Append(arguments[column].GetString(row));
                    }

                    result.SetText(row, text.ToString());
                }
            },
        });

        Sql.Scalar(_connection, "SELECT joined('a', 'b', 'and something longer')").ShouldBe("aband something longer");
    }

    [Fact]
    public void An_exception_becomes_the_statements_error_and_the_process_lives()
    {
        _connection.Register(Function("failing", DuckDbType.BigInt, (_, _) => throw new FormatException("row 7 is \0 odd")));
        _connection.Execute("CREATE TABLE t AS SELECT range AS a FROM range(300000)");

        for (int i = 0; i < 5; i++)
        {
            EngineException error = Should.Throw<EngineException>(() => _connection.Query("SELECT sum(failing(a)) FROM t"));
            error.Message.ShouldContain("failing: FormatException: row 7 is   odd");
        }

        Sql.Scalar(_connection, "SELECT count(*) FROM t").ShouldBe(300_000L);
    }

    [Fact]
    public void Arguments_that_are_kept_throw_after_the_call()
    {
        DuckDbChunk? kept = null;
        _connection.Register(Function("keeping", DuckDbType.BigInt, (a, _) => kept = a));

        _connection.Query("SELECT keeping(range) FROM range(10)").Dispose();

        Should.Throw<ObjectDisposedException>(() => kept![0].Length);
    }

    [Fact]
    public void Refuses_to_write_texts_that_are_not_utf8_and_rows_that_are_not_there()
    {
        _connection.Register(Function("bad_text", DuckDbType.Varchar, (_, r) => r.SetText(0, [0xFF, 0xFE])));
        _connection.Register(Function("bad_row", DuckDbType.Varchar, (a, r) => r.SetText(a.RowCount, "x"u8)));

        Should.Throw<EngineException>(() => _connection.Query("SELECT bad_text('x')")).Message.ShouldContain("UTF-8");
        Should.Throw<EngineException>(() => _connection.Query("SELECT bad_row('x')")).Message.ShouldContain("rows");
    }

    [Fact]
    public void Computes_every_row_where_it_is_volatile()
    {
        int calls = 0;
        _connection.Register(Function("counter", DuckDbType.BigInt, (a, r) => Count(ref calls, r.Values<long>())) with { IsVolatile = true });

        Sql.Rows(_connection, "SELECT counter(1) FROM range(100)").Select(r => r[0]).Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void Is_known_to_other_connections_and_lives_as_long_as_the_database()
    {
        _connection.Register(Function("same", DuckDbType.BigInt, (a, r) => a[0].Values<long>().CopyTo(r.Values<long>())));
        using DuckDbConnection other = _database.Connect();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Sql.Scalar(other, "SELECT sum(same(range)) FROM range(100000)").ShouldBe((Int128)4999950000);
    }

    private static void Twice<T>(ReadOnlySpan<T> numbers, Span<T> twice)
        where T : System.Numerics.INumber<T>
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            twice[i] = numbers[i] + numbers[i];
        }
    }

    private static void Count(ref int calls, Span<long> result)
    {
        foreach (ref long place in result)
        {
            place = Interlocked.Increment(ref calls);
        }
    }

    private static DuckDbScalarFunction Function(string name, DuckDbType type, DuckDbScalarBody body) =>
        new() { Name = name, Parameters = [type], Returns = type, Body = body };
}
