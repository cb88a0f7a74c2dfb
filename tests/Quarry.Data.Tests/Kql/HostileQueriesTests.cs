using System.Diagnostics;
using Quarry.Data.Kql;
using Quarry.Data.Tests.Kql.Conformance;

namespace Quarry.Data.Tests.Kql;

/// <summary>Queries that want the process to hang, to fall over or to fill the memory.</summary>
public sealed class HostileQueriesTests
{
    private const long MemoryLimit = 256L << 20;

    public static TheoryData<string> Deep =>
    [
        "print x = " + new string('(', 10_000) + "1" + new string(')', 10_000),
        "print x = " + new string('[', 100_000),
        "print x = " + new string('{', 100_000),
        "print d = dynamic(" + new string('[', 10_000) + new string(']', 10_000) + ")",
        "print x = 1 | where " + string.Join(" or ", Enumerable.Range(0, 5_000).Select(i => $"x == {i}")),
        "print x = 1 | where " + string.Concat(Enumerable.Repeat("not(", 10_000)) + "true" + new string(')', 10_000),
        "print x = 1" + string.Concat(Enumerable.Repeat(" | extend x = x + 1", 2_000)),
        "print x = " + string.Concat(Enumerable.Repeat("-", 10_000)) + "1",
        "print x = " + string.Join(" + ", Enumerable.Repeat("1", 10_000)),
        "print d = dynamic({}) | project x = d" + string.Concat(Enumerable.Repeat(".a", 10_000)),
        "let f0 = (x:long) { x + x };\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"let f{i} = (x:long) {{ f{i - 1}(x) + f{i - 1}(x + 1) }};\n")) + "print f40(1)",
        "let t0 = view () { print x = 1 };\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"let t{i} = view () {{ union t{i - 1}(), t{i - 1}() }};\n")) + "t40() | count",
        "let f = (x:long) { f(x) }; print f(1)",
        "print x = '" + new string('\'', 99_999),
        string.Concat(Enumerable.Repeat("(T | union ", 5_000)),
    ];

    public static TheoryData<string> Endless =>
    [
        "range x from 1 to 1000000000000000 step 1 | where x % 7 == 100 | count",
        "range a from 1 to 100000 step 1 | extend k = 1 | join kind=inner (range b from 1 to 100000 step 1 | extend k = 1) on k | where a + b == 7 | count",
        "range x from 1 to 1000000 step 1 | mv-expand y = range(1, 100000) to typeof(long) | where y == x | count",
    ];

    [Theory]
    [MemberData(nameof(Deep))]
    public async Task It_runs_or_is_refused(string query)
    {
        using KqlDatabase database = Database(TimeSpan.FromSeconds(10));
        try
        {
            _ = await database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken);
        }
        catch (KqlException error)
        {
            error.Message.ShouldNotBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task It_is_stopped_by_the_timeout_and_by_cancellation(string query)
    {
        using KqlDatabase database = Database(TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();
        (await Should.ThrowAsync<KqlException>(() => database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken))).Message.ShouldContain("stopped");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        using KqlDatabase patient = Database(null);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<OperationCanceledException>(() => patient.QueryAsync(query, cancellation: stop.Token));
    }

    [Theory]
    [InlineData("print a = 'xxxxxxxxxxxxxxxx' | extend {0} | project strlen(a)")]
    public async Task What_doubles_forty_times_is_stopped_for_want_of_memory(string query)
    {
        using KqlDatabase database = Database(TimeSpan.FromSeconds(20));
        string doubled = query.Replace("{0}", string.Join(" | extend ", Enumerable.Repeat("a = strcat(a, a)", 40)), StringComparison.Ordinal);
        (await Should.ThrowAsync<KqlException>(() => database.QueryAsync(doubled, cancellation: TestContext.Current.CancellationToken))).Message.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_long_range_takes_no_memory()
    {
        using KqlDatabase database = Database(TimeSpan.FromSeconds(60));
        (await database.QueryAsync("range x from 1 to 20000000 step 1 | count", cancellation: TestContext.Current.CancellationToken)).Table[0].GetValue(0).ShouldBe(20_000_000L);
    }

    [Theory]
    [InlineData("print a = strrep('a', 1000000000) | project strlen(a)")]
    [InlineData("print a = repeat('a', 1000000000) | project array_length(a)")]
    [InlineData("print a = range(1, 1000000000000) | project array_length(a)")]
    [InlineData("print t = datetime(2024-01-01) | make-series n = count() on t from datetime(2024-01-01) to datetime(2024-01-02) step 1tick")]
    [InlineData("print t = datetime(2024-01-01) | make-series n = count() on t from datetime(0001-01-01) to datetime(9999-01-01) step 1s")]
    [InlineData("print x = 1.0 | make-series n = count() on x from -1e300 to 1e300 step 1e-300")]
    [InlineData("range x from -9000000000000000000 to 9000000000000000000 step 1 | take 1")]
    [InlineData("range x from 1.0 to 1e300 step 1e-300 | take 1")]
    [InlineData("print d = parse_json(strcat(strrep('[', 1000, ''), strrep(']', 1000, ''))) | project d[0][0]")]
    public async Task What_is_too_much_is_null_or_refused(string query)
    {
        using KqlDatabase database = Database(TimeSpan.FromSeconds(20));
        try
        {
            _ = await database.QueryAsync(query, cancellation: TestContext.Current.CancellationToken);
        }
        catch (KqlException error)
        {
            error.Message.ShouldNotContain("INTERNAL");
        }
    }

    [Fact]
    public void Every_beginning_of_a_query_is_one_or_is_refused()
    {
        using KqlDatabase database = Database(TimeSpan.FromSeconds(10));
        foreach (RecordedCase recorded in RecordedCase.All().Where((_, i) => i % 10 == 0))
        {
            for (int length = 0; length < recorded.Query.Length; length++)
            {
                try
                {
                    _ = database.Prepare(recorded.Query[..length]);
                }
                catch (KqlException)
                {
                }
            }
        }
    }

    [Fact]
    public async Task Values_that_are_no_columns_are_refused_where_they_are_unpacked()
    {
        using KqlDatabase database = Database(TimeSpan.FromSeconds(10));
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 3000)) + "1" + new string('}', 3000);
        try
        {
            _ = await database.QueryAsync($"print d = parse_json(@'{deep}') | evaluate bag_unpack(d)", cancellation: TestContext.Current.CancellationToken);
            _ = await database.QueryAsync("print d = parse_json(@'{\"\\ud83dx\":1}') | evaluate bag_unpack(d)", cancellation: TestContext.Current.CancellationToken);
        }
        catch (KqlException error)
        {
            error.Diagnostics.ShouldNotBeEmpty();
        }
    }

    private static KqlDatabase Database(TimeSpan? timeout) =>
        KqlDatabase.Create(new KqlDatabaseOptions { Threads = 1, MemoryLimit = MemoryLimit, TempDirectoryLimit = 64 << 20, Timeout = timeout });
}
