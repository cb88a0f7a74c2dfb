using System.Diagnostics;
using System.Globalization;
using System.Text;
using Quarry.Data.Engine;
using Quarry.Data.Kql;
using Quarry.Data.Tests.Engine;
using Quarry.Kql.Functions;
using Quarry.Tables;
using Result = Quarry.Kql.Functions.Result;

namespace Quarry.Data.Tests.Kql;

/// <summary>Functions and aggregates of KQL, computed in C#, inside DuckDB.</summary>
public sealed class KqlFunctionsTests : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.OpenInMemory();
    private readonly DuckDbConnection _connection;

    public KqlFunctionsTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    public static TheoryData<ColumnType, string> Values => new()
    {
        { ColumnType.Bool, "true" },
        { ColumnType.Int, "(-2147483648)::INTEGER" },
        { ColumnType.Long, "9223372036854775807" },
        { ColumnType.Real, "0.1::DOUBLE" },
        { ColumnType.Decimal, "-12345678901234567890.123456789012345678::DECIMAL(38,18)" },
        { ColumnType.DateTime, "3155378975999999999" },
        { ColumnType.TimeSpan, "-1" },
        { ColumnType.String, "'short'" },
        { ColumnType.String, "''" },
        { ColumnType.String, "'twelve bytes'" },
        { ColumnType.String, "'thirteen byte'" },
        { ColumnType.Guid, "'74be27de-1e4e-49d9-b579-fe0b331d3642'" },
        { ColumnType.Dynamic, """'{"a":[1,2.0,null]}'""" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_of_every_type_goes_in_and_comes_out_as_it_was(ColumnType type, string literal)
    {
        KqlFunctions.Register(_connection, new ScalarFunction("same", [type], type, (in Arguments a, ref Result r) =>
        {
            if (a.IsNull(0))
            {
                r.Null();
                return;
            }

            switch (type)
            {
                case ColumnType.Bool:
                    r.Bool(a.Bool(0));
                    break;
                case ColumnType.Int:
                    r.Int(a.Int(0));
                    break;
                case ColumnType.Long or ColumnType.DateTime or ColumnType.TimeSpan:
                    r.Long(a.Long(0));
                    break;
                case ColumnType.Real:
                    r.Real(a.Real(0));
                    break;
                case ColumnType.Decimal:
                    r.Scaled(a.Scaled(0));
                    break;
                default:
                    r.Text(a.Text(0));
                    break;
            }
        }));
        string name = $"q_same_{type.KqlName()}";
        string rows = $"SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE {literal} END AS x FROM range(10000) t(i)";
        Sql.Rows(_connection, $"SELECT count(*), count({name}(x)), count(*) FILTER ({name}(x) IS NOT DISTINCT FROM x) FROM ({rows})")
            .ShouldHaveSingleItem().ShouldBe([10000L, 6666L, 10000L]);
        Sql.Scalar(_connection, $"SELECT {name}({literal}) = {literal}").ShouldBe(true);
        Sql.Scalar(_connection, $"SELECT {name}(NULL)").ShouldBeNull();
    }

    [Fact]
    public void Further_arguments_may_be_none_or_many()
    {
        KqlFunctions.Register(_connection, new ScalarFunction("join", [ColumnType.String], ColumnType.String, (in Arguments a, ref Result r) =>
        {
            var text = new StringBuilder();
            for (int i = 1; i < a.Count; i++)
            {
                text.Append(i > 1 ? a.String(0) : "").Append(a.String(i));
            }

            r.Text(text.ToString());
        })
        { Further = ColumnType.String });
        Sql.Scalar(_connection, "SELECT q_join_string(',')").ShouldBe("");
        Sql.Scalar(_connection, "SELECT q_join_string(',', 'a', NULL, 'c')").ShouldBe("a,,c");
        string many = string.Join(", ", Enumerable.Repeat("'x'", 100));
        ((string)Sql.Scalar(_connection, $"SELECT q_join_string(',', {many})")!).Length.ShouldBe(199);
    }

    [Fact]
    public void Lists_of_any_length_come_out_in_their_rows()
    {
        KqlFunctions.Register(_connection, new ScalarFunction("$words", [ColumnType.Long], ColumnType.Dynamic, null)
        {
            List = (in Arguments a, ref ListResult r) =>
            {
                if (a.IsNull(0))
                {
                    r.Null();
                    return;
                }

                for (long i = 0; i < a.Long(0); i++)
                {
                    if (i % 5 == 4)
                    {
                        r.AddNull();
                    }
                    else
                    {
                        r.Add(Encoding.UTF8.GetBytes("element number " + i.ToString(CultureInfo.InvariantCulture)));
                    }
                }
            },
        });
        List<object?[]> rows = Sql.Rows(_connection, "SELECT i, q_words_long(CASE WHEN i % 7 = 3 THEN NULL ELSE i % 11 END) FROM range(5000) t(i) ORDER BY i");
        foreach (object?[] row in rows)
        {
            long i = (long)row[0]!;
            if (i % 7 == 3)
            {
                row[1].ShouldBeNull();
            }
            else
            {
                ((object?[])row[1]!).ShouldBe(Enumerable.Range(0, (int)(i % 11)).Select(n => n % 5 == 4 ? null : (object)$"element number {n}"));
            }
        }

        Sql.Scalar(_connection, "SELECT count(*) FROM (SELECT unnest(q_words_long(300000)))").ShouldBe(300000L);
        Sql.Scalar(_connection, "SELECT sum(len(q_words_long(i))) FROM range(1000) t(i)").ShouldBe((Int128)499500);
    }

    [Fact]
    public void What_a_body_throws_is_the_statements_error()
    {
        KqlFunctions.Register(_connection, new ScalarFunction("fails", [], ColumnType.Long, (in Arguments a, ref Result r) => throw new InvalidOperationException("no\0way")));
        KqlFunctions.Register(_connection, new AggregateFunction("fails", [ColumnType.Long], ColumnType.Long, () => throw new InvalidOperationException("nor here")));
        Should.Throw<EngineException>(() => Sql.Scalar(_connection, "SELECT q_fails()")).Message.ShouldContain("no way");
        Should.Throw<EngineException>(() => Sql.Scalar(_connection, "SELECT qa_fails_long(i) FROM range(5) t(i)")).Message.ShouldContain("nor here");
        Should.Throw<EngineException>(() => Sql.Scalar(_connection, "SELECT qa_fails_long(i) FROM range(0) t(i)")).Message.ShouldContain("nor here");
        Sql.Scalar(_connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void A_volatile_function_is_computed_for_every_row_and_another_need_not_be()
    {
        int calls = 0;
        KqlFunctions.Register(_connection, new ScalarFunction("again", [], ColumnType.Long, (in Arguments a, ref Result r) => r.Long(Interlocked.Increment(ref calls))) { IsVolatile = true });
        Sql.Scalar(_connection, "SELECT count(DISTINCT q_again()) FROM range(5000)").ShouldBe(5000L);
    }

    [Fact]
    public void An_aggregate_gathers_each_group_over_many_threads()
    {
        KqlFunctions.Register(_connection, Texts);
        Sql.Rows(_connection, """
            WITH rows AS (SELECT i % 1000 AS g, CASE WHEN i % 10 = 0 THEN NULL ELSE 'a text of number ' || (i % 7) END AS x FROM range(300000) t(i)),
                 ours AS (SELECT g, qa_texts_string(x) AS texts, count(*) AS n FROM rows GROUP BY g),
                 theirs AS (SELECT g, coalesce(string_agg(DISTINCT x, '|' ORDER BY x), '') || '#' || count(*) AS texts FROM rows GROUP BY g)
            SELECT count(*), count(*) FILTER (ours.texts IS NOT DISTINCT FROM theirs.texts) FROM ours FULL JOIN theirs USING (g)
            """).ShouldHaveSingleItem().ShouldBe([1000L, 1000L]);
        Sql.Scalar(_connection, "SELECT qa_texts_string(x) FROM (SELECT 'y' AS x UNION ALL SELECT 'x')").ShouldBe("x|y#2");
        Sql.Scalar(_connection, "SELECT qa_texts_string('x') FROM range(0)").ShouldBe("#0");
    }

    [Fact]
    public void An_aggregate_can_run_over_a_window()
    {
        KqlFunctions.Register(_connection, Texts);
        Sql.Rows(_connection, "SELECT qa_texts_string(x) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1, 'a'), (2, 'b'), (3, NULL), (4, 'd')) t(i, x) ORDER BY i")
            .Select(row => row[0]).ShouldBe(["a#1", "a|b#2", "b#2", "d#2"]);
        Sql.Scalar(_connection, "SELECT count(*) FROM (SELECT qa_texts_string(x) OVER (ORDER BY i) AS texts FROM (SELECT i, 'v' || (i % 5) AS x FROM range(5000) t(i))) WHERE texts LIKE 'v0|v1|v2|v3|v4#%'")
            .ShouldBe(4996L);
    }

    [Fact]
    public void States_are_freed_when_a_statement_ends_or_fails()
    {
        var alive = new List<WeakReference>();
        KqlFunctions.Register(_connection, new AggregateFunction("tracked", [ColumnType.Long], ColumnType.Long, () =>
        {
            var state = new Tracked();
            lock (alive)
            {
                alive.Add(new WeakReference(state));
            }

            return state;
        }));
        Sql.Scalar(_connection, "SELECT count(t) FROM (SELECT qa_tracked_long(i) AS t FROM range(20000) t(i) GROUP BY i % 5000)").ShouldBe(5000L);
        Should.Throw<EngineException>(() => Sql.Scalar(_connection, "SELECT qa_tracked_long(CASE WHEN i = 19999 THEN -1 ELSE i END) FROM range(20000) t(i) GROUP BY i % 5000"));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        alive.Count.ShouldBeGreaterThanOrEqualTo(10000);
        alive.Count(one => one.IsAlive).ShouldBeLessThan(100);
    }

    [Fact]
    public void Registering_from_many_threads_and_connections_registers_once()
    {
        var forms = Enumerable.Range(0, 40).Select(n => new ScalarFunction($"f{n}", [ColumnType.Long], ColumnType.Long, (in Arguments a, ref Result r) => r.Long(a.Long(0) + n))).ToList();
        Parallel.For(0, 8, _ =>
        {
            using DuckDbConnection connection = _database.Connect();
            for (int n = 0; n < forms.Count; n++)
            {
                KqlFunctions.Register(connection, forms[n]);
                Sql.Scalar(connection, $"SELECT q_f{n}_long(1)").ShouldBe(1L + n);
            }
        });
    }

    [Fact]
    public void A_name_that_is_no_function_is_said() =>
        Should.Throw<ArgumentException>(() => KqlFunctions.Ensure(_connection, ["q_nothing"])).Message.ShouldContain("q_nothing");

    [Fact]
    public void Every_function_of_the_library_is_accepted()
    {
        var names = FunctionLibrary.Scalars.Values.SelectMany(forms => forms).Select(form => form.SqlName)
            .Concat(FunctionLibrary.Aggregates.Values.SelectMany(forms => forms).Select(form => form.SqlName)).ToList();
        names.ShouldBeUnique();
        KqlFunctions.Ensure(_connection, names);
        KqlFunctions.Ensure(_connection, names);
    }

    [Fact]
    public void A_call_costs_little_more_than_its_body()
    {
        KqlFunctions.Register(_connection, new ScalarFunction("plus", [ColumnType.Long], ColumnType.Long, (in Arguments a, ref Result r) => r.Long(a.Long(0) + 1)));
        _connection.Execute("CREATE TABLE numbers AS SELECT i FROM range(2000000) t(i)");
        double best = double.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            var clock = Stopwatch.StartNew();
            Sql.Scalar(_connection, "SELECT max(q_plus_long(i)) FROM numbers");
            best = Math.Min(best, clock.Elapsed.TotalNanoseconds / 2_000_000);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{best:F1} ns a row");
        best.ShouldBeLessThan(200);
    }

    private static AggregateFunction Texts { get; } = new("texts", [ColumnType.String], ColumnType.String, () => new TextsState());

    private sealed class TextsState : AggregateState
    {
        private readonly SortedSet<string> _texts = new(StringComparer.Ordinal);
        private long _rows;

        public override void Add(in Arguments arguments)
        {
            _rows++;
            if (!arguments.IsNull(0))
            {
                _texts.Add(arguments.String(0));
            }
        }

        public override void Merge(AggregateState other)
        {
            _texts.UnionWith(((TextsState)other)._texts);
            _rows += ((TextsState)other)._rows;
        }

        public override void Finish(ref Result result) => result.Text(string.Join('|', _texts) + "#" + _rows.ToString(CultureInfo.InvariantCulture));
    }

    private sealed class Tracked : AggregateState
    {
        private long _sum;

        public override void Add(in Arguments arguments) => _sum += arguments.Long(0) >= 0 ? arguments.Long(0) : throw new InvalidOperationException("below zero");

        public override void Merge(AggregateState other) => _sum += ((Tracked)other)._sum;

        public override void Finish(ref Result result) => result.Long(_sum);
    }
}
