using System.Text;
using Quarry.Data.Files;
using Quarry.Data.Kql;
using Quarry.Data.Kql.Schemas;
using Quarry.Data.Tests.Files;
using Quarry.Kql.Lowering;
using Quarry.Tables;
using Quarry.Testing;

namespace Quarry.Data.Tests.Kql;

/// <summary>Tables of a KQL database and the way from SQL to results; the lowering is stood in for by SQL as the test gives it.</summary>
public sealed class KqlDatabaseTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly KqlDatabase _database = KqlDatabase.Create();

    public void Dispose()
    {
        _database.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_table_comes_back_as_it_was()
    {
        Table table = Everything(5000);
        KqlTable added = _database.AddTable("T", table);
        added.RowCount.ShouldBe(5000);
        Table all = await All("T");
        all.Schema.ShouldBe(table.Schema);
        for (int column = 0; column < table.Schema.Count; column++)
        {
            for (int row = 0; row < table.RowCount; row++)
            {
                object? expected = table[column].GetValue(row);
                all[column].GetValue(row).ShouldBe(table.Schema[column].Type == ColumnType.String ? expected ?? "" : expected, $"{table.Schema[column]} row {row}");
            }
        }
    }

    [Fact]
    public async Task Names_may_hold_quotes_and_SQL_and_differ_in_case_alone()
    {
        string hostile = "x\"; DROP TABLE t1; --'\0\n";
        var builder = new TableBuilder((hostile, ColumnType.String), ("Name", ColumnType.Long), ("name", ColumnType.Long), ("", ColumnType.String));
        builder.AddRow("a", 1L, 2L, "b");
        _database.AddTable(hostile, builder.Build());
        _database.AddTable("t1", builder.AddRow("c", 3L, 4L, "d").Build());
        Table all = await All(hostile);
        all.Schema.Select(column => column.Name).ShouldBe([hostile, "Name", "name", ""]);
        all["Name"].GetValue(0).ShouldBe(1L);
        all["name"].GetValue(0).ShouldBe(2L);
        (await All("t1"))["name"].GetValue(0).ShouldBe(4L);
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        _database.AddTable("T", Everything(1));
        Should.Throw<QuarryException>(() => _database.AddTable("T", Everything(1))).Message.ShouldContain("'T'");
        (await All("T")).RowCount.ShouldBe(1);
    }

    [Fact]
    public async Task Tables_without_columns_and_with_ten_thousand_are_tables()
    {
        _database.AddTable("None", new TableBuilder(new TableSchema()).Build());
        var wide = new TableBuilder(Enumerable.Range(0, 10_000).Select(i => ($"column {i}", i % 2 == 0 ? ColumnType.Long : ColumnType.String)));
        wide.AddRow([.. Enumerable.Range(0, 10_000).Select(i => i % 2 == 0 ? (object)(long)i : $"v{i}")]);
        KqlTable table = _database.AddTable("Wide", wide.Build());
        (await Sql($"SELECT count(*) FROM {_database.Tables[0].SqlName}", ("n", ColumnType.Long)))[0].GetValue(0).ShouldBe(0L);
        (await Sql($"SELECT c9998, c9999 FROM {table.SqlName}", ("a", ColumnType.Long), ("b", ColumnType.String)))[1].GetValue(0).ShouldBe("v9999");
    }

    [Fact]
    public async Task A_file_of_ten_thousand_columns_and_an_empty_one_are_tables()
    {
        string path = _scratch.Write("wide.csv", string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"column {i}")) + "\n" + string.Join(',', Enumerable.Range(0, 10_000)) + "\n");
        KqlTable wide = _database.AddFile("Wide", path);
        (await Sql($"SELECT c9999 FROM {wide.SqlName}", ("n", ColumnType.Long)))[0].GetValue(0).ShouldBe(9999L);
        KqlTable empty = _database.AddFile("Empty", _scratch.Write("empty.csv", ""));
        empty.Schema.Count.ShouldBe(0);
        empty.Remarks.ShouldHaveSingleItem().ShouldContain("empty.csv is empty");
        (await Sql($"SELECT count(*) FROM {empty.SqlName}", ("n", ColumnType.Long)))[0].GetValue(0).ShouldBe(0L);
        _database.AddFile("SigninLogs", _scratch.Write("none.csv", "")).Schema.IndexOf("UserPrincipalName").ShouldBeGreaterThan(0);
        (await All("SigninLogs")).RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task Records_are_a_table()
    {
        _database.AddRecords("People", [new Person("Ann", 30), new Person(null, null)]);
        Table all = await All("People");
        all.Schema.ToString().ShouldBe("(Name: string, Age: int)");
        all["Name"].GetValue(1).ShouldBe("");
        all["Age"].GetValue(1).ShouldBeNull();
    }

    [Fact]
    public async Task A_csv_file_is_typed_by_its_values_and_its_texts_are_never_null()
    {
        string path = _scratch.Write("logs.csv", "Time,User,Count,Ok,Id\n2024-01-02T03:04:05.1234567Z,ann,5,true,74be27de-1e4e-49d9-b579-fe0b331d3642\n2024-01-02T03:04:06Z,,,false,\n");
        _database.AddFile("Logs", path).Schema.ToString().ShouldBe("(Time: datetime, User: string, Count: long, Ok: bool, Id: guid)");
        Table all = await All("Logs");
        ((DateTime)all["Time"].GetValue(0)!).Ticks.ShouldBe(new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc).Ticks + 1234567);
        all["User"].GetValue(1).ShouldBe("");
        all["Count"].GetValue(1).ShouldBeNull();
        all["Id"].GetValue(0).ShouldBe(Guid.Parse("74be27de-1e4e-49d9-b579-fe0b331d3642"));
        all["Id"].GetValue(1).ShouldBeNull();
    }

    [Fact]
    public async Task A_file_read_twice_in_a_query_and_for_single_columns_is_right()
    {
        string path = _scratch.Write("n.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i},text {i}\n")));
        KqlTable table = _database.AddFile("N", path);
        (await Sql($"SELECT count(*) FROM (SELECT c0, c1 FROM {table.SqlName}) x JOIN (SELECT c0 FROM {table.SqlName}) y ON x.c0 = y.c0 + 1", ("n", ColumnType.Long)))[0].GetValue(0).ShouldBe(9999L);
        (await Sql($"SELECT count(*) FROM {table.SqlName}", ("n", ColumnType.Long)))[0].GetValue(0).ShouldBe(10_000L);
        (await Sql($"SELECT c1 FROM {table.SqlName} LIMIT 1 OFFSET 9000", ("b", ColumnType.String)))[0].GetValue(0).ShouldBe("text 9000");
    }

    [Fact]
    public async Task Taking_a_few_rows_does_not_read_the_whole_file_and_lets_go_of_it()
    {
        string path = _scratch.Write("long.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i},some text that takes room {i}\n")));
        KqlTable table = _database.AddFile("Long", path);
        (await Sql($"SELECT c0 FROM {table.SqlName} LIMIT 10", ("a", ColumnType.Long))).RowCount.ShouldBe(10);
        File.Delete(path);
        using (FileStream opened = File.Create(path))
        {
            opened.Write("a,b\n1,2\n"u8);
        }

        (await Sql($"SELECT c0 FROM {table.SqlName}", ("a", ColumnType.Long))).RowCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_known_table_has_its_types_and_all_its_columns()
    {
        string path = _scratch.Write("events.csv", "TimeGenerated,EventID,Account,Extra,EventData\n2024-01-02 03:04:05,4625,0012,7,{ \"a\" : 1.0 }\nnever,many,0013,8,plain\n");
        KqlTable table = _database.AddFile("SecurityEvent", path);
        table.KnownAs.ShouldBe("Sentinel");
        table.Schema[table.Schema.IndexOf("EventID")].Type.ShouldBe(ColumnType.Int);
        table.Schema.IndexOf("LogonType").ShouldBeGreaterThan(0);
        table.Schema[table.Schema.Count - 1].ShouldBe(new ColumnSchema("Extra", ColumnType.Long));
        KqlResult result = await Result("SecurityEvent");
        Table all = result.Table;
        all["TimeGenerated"].GetValue(0).ShouldBe(new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        all["TimeGenerated"].GetValue(1).ShouldBeNull();
        all["Account"].GetValue(0).ShouldBe("0012");
        all["EventID"].GetValue(0).ShouldBe(4625);
        all["LogonTypeName"].GetValue(0).ShouldBe("");
        result.Remarks.ShouldContain("SecurityEvent: 1 value of column 'EventID' did not read as int, and is null");
        result.Remarks.ShouldContain("SecurityEvent: 1 value of column 'TimeGenerated' did not read as datetime, and is null");
    }

    [Fact]
    public async Task What_does_not_read_as_the_type_that_the_sample_showed_is_null_and_said()
    {
        string rows = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},2024-01-01T00:00:00Z\n"));
        _database.AddFile("Csv", _scratch.Write("c.csv", $"n,t\n{rows}many,never\n"), new InputOptions { SampleBytes = 1000 })
            .Schema.ToString().ShouldBe("(n: long, t: datetime)");
        KqlResult csv = await Result("Csv");
        csv.Table["n"].GetValue(4999).ShouldBe(4999L);
        csv.Table["n"].GetValue(5000).ShouldBeNull();
        csv.Remarks.ShouldBe(["Csv: 1 value of column 'n' did not read as long, and is null", "Csv: 1 value of column 't' did not read as datetime, and is null"]);

        string records = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{{\"n\":{i}}}\n"));
        _database.AddFile("Json", _scratch.Write("j.jsonl", records + "{\"n\":\"many\",\"m\":2}\n"), new InputOptions { SampleBytes = 1000 })
            .Schema.ToString().ShouldBe("(n: long, _extra: dynamic)");
        KqlResult json = await Result("Json");
        json.Table["n"].GetValue(5000).ShouldBeNull();
        json.Table["_extra"].GetValue(5000).ShouldBe("""{"n":"many","m":2}""");
        json.Remarks.ShouldHaveSingleItem().ShouldContain("2 values that fit no column are in _extra");
    }

    [Fact]
    public async Task A_column_that_a_file_has_lost_since_it_was_added_is_an_error()
    {
        string path = _scratch.Write("lost.csv", "a,b\n1,2\n");
        _database.AddFile("Lost", path);
        File.WriteAllText(path, "a,c\n1,2\n");
        (await Should.ThrowAsync<KqlException>(() => All("Lost"))).Message.ShouldContain("'b'");
    }

    [Fact]
    public async Task A_known_column_that_JSON_shows_only_behind_the_sample_is_in_its_place()
    {
        string path = _scratch.Write("d.jsonl", string.Concat(Enumerable.Range(0, 2000).Select(i => $"{{\"TimeGenerated\":\"2024-01-01T00:00:00Z\",\"DeviceName\":\"d{i}\"}}\n")) + "{\"ProcessId\":7,\"AdditionalFields\":{ \"k\": [1, 2.0, null] },\"New\":1}\n");
        KqlTable table = _database.AddFile("DeviceEvents", path, new InputOptions { SampleBytes = 1000 });
        table.KnownAs.ShouldBe("Sentinel");
        Table all = await All("DeviceEvents");
        all["ProcessId"].GetValue(2000).ShouldBe(7L);
        all["AdditionalFields"].GetValue(2000).ShouldBe("""{"k":[1,2.0,null]}""");
        all[InputOptions.OverflowColumn].GetValue(2000).ShouldBe("""{"New":1}""");
        all["TimeGenerated"].GetValue(2000).ShouldBeNull();
    }

    [Fact]
    public void Of_two_known_schemas_the_one_that_the_files_columns_are_of_is_taken()
    {
        KqlTable table = _database.AddFile("DeviceEvents", _scratch.Write("x.csv", "Timestamp,DeviceName\n2024-01-01T00:00:00Z,d\n"));
        table.KnownAs.ShouldBe("Defender");
        table.Schema.IndexOf("TimeGenerated").ShouldBe(-1);
    }

    [Fact]
    public void A_file_of_a_known_name_with_other_columns_is_not_typed_by_it()
    {
        KqlTable table = _database.AddFile("Event", _scratch.Write("Event.csv", "foo,bar\n1,2\n"));
        table.KnownAs.ShouldBeNull();
        table.Schema.ToString().ShouldBe("(foo: long, bar: long)");
    }

    [Fact]
    public async Task A_schema_that_is_given_is_kept()
    {
        string path = _scratch.Write("x.csv", "id,n\n007,1.5\n");
        _database.AddFile("X", path, schema: new TableSchema(new ColumnSchema("id", ColumnType.String), new ColumnSchema("n", ColumnType.Decimal), new ColumnSchema("absent", ColumnType.TimeSpan)));
        Table all = await All("X");
        all[0].GetValue(0).ShouldBe("007");
        all[1].GetValue(0).ShouldBe(1.5m);
        all[2].GetValue(0).ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_is_a_table_a_name()
    {
        string folder = Path.Combine(_scratch.Folder, "folder");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Logs.csv"), "a\n1\n");
        File.WriteAllText(Path.Combine(folder, "Logs.jsonl"), "{\"a\":2,\"b\":\"x\"}\n");
        File.WriteAllText(Path.Combine(folder, "Other.json"), "[{\"q\":[1]}]");
        File.WriteAllText(Path.Combine(folder, "Broken.parquet"), "PAR1 this is none");
        File.WriteAllText(Path.Combine(folder, "README.md"), "no table");
        File.WriteAllText(Path.Combine(folder, ".hidden.csv"), "a\n1\n");
        AddedFolder added = _database.AddFolder(folder);
        added.Tables.Select(table => table.Name).ShouldBe(["Logs", "Other"]);
        added.Failures.ShouldHaveSingleItem().ShouldContain("Broken.parquet");
        added.Ignored.ShouldHaveSingleItem().ShouldContain("README.md");
        Table logs = await All("Logs");
        logs.RowCount.ShouldBe(2);
        logs["b"].GetValue(0).ShouldBe("");
        Should.Throw<QuarryException>(() => _database.AddFolder(Path.Combine(_scratch.Folder, "nowhere"))).Message.ShouldContain("nowhere");
    }

    [Fact]
    public async Task Loading_a_file_keeps_its_rows()
    {
        string path = _scratch.Write("l.csv", "a\n1\n2\n");
        KqlTable before = _database.AddFile("L", path);
        KqlTable after = await _database.LoadAsync("L", TestContext.Current.CancellationToken);
        File.Delete(path);
        after.RowCount.ShouldBe(2);
        after.SqlName.ShouldNotBe(before.SqlName);
        (await All("L")).RowCount.ShouldBe(2);
    }

    [Fact]
    public async Task Standard_input_is_read_once_and_can_be_asked_often()
    {
        var options = new InputOptions { StandardInput = new MemoryStream(Encoding.UTF8.GetBytes("a,b\n1,x\n2,y\n")), Format = FileFormat.Csv };
        _database.AddFile("In", "-", options).RowCount.ShouldBe(2);
        (await All("In")).RowCount.ShouldBe(2);
        (await All("In")).RowCount.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_is_corrupt_or_gone_is_named_in_the_error()
    {
        string parquet = _scratch.Write("bad.parquet", "PAR1 and nothing of the kind PAR1");
        Should.Throw<QuarryException>(() => _database.AddFile("Bad", parquet)).Message.ShouldContain("bad.parquet");
        Should.Throw<QuarryException>(() => _database.AddFile("None", Path.Combine(_scratch.Folder, "none.csv"))).Message.ShouldContain("none.csv");
        string gone = _scratch.Write("gone.csv", "a\n1\n");
        _database.AddFile("Gone", gone);
        File.Delete(gone);
        (await Should.ThrowAsync<KqlException>(() => All("Gone"))).Message.ShouldContain("gone.csv");
    }

    [Fact]
    public async Task A_query_is_stopped_by_its_timeout_with_a_clear_message()
    {
        using var database = KqlDatabase.Create(new KqlDatabaseOptions { Timeout = TimeSpan.FromMilliseconds(200) });
        database.Lowering = (_, _) => Lowered("SELECT sum(a.i * b.i) :: BIGINT FROM range(10000000) a(i), range(10000000) b(i)", ("n", ColumnType.Long));
        KqlQuery query = database.Prepare("print 1");
        (await Should.ThrowAsync<KqlException>(() => query.RunAsync(cancellation: TestContext.Current.CancellationToken))).Message.ShouldContain("stopped after 0.2 s");
        using KqlStream stream = await query.StreamAsync(cancellation: TestContext.Current.CancellationToken);
        Should.Throw<KqlException>(() => stream.Rows.Gather()).Message.ShouldContain("stopped after 0.2 s");
    }

    [Fact]
    public async Task A_query_is_cancelled_by_its_token()
    {
        using var cancellation = new CancellationTokenSource(200);
        _database.Lowering = (_, _) => Lowered("SELECT sum(a.i * b.i) :: BIGINT FROM range(10000000) a(i), range(10000000) b(i)", ("n", ColumnType.Long));
        await Should.ThrowAsync<OperationCanceledException>(() => _database.QueryAsync("print 1", cancellation: cancellation.Token));
    }

    [Fact]
    public async Task A_query_that_needs_too_much_memory_says_so()
    {
        using var database = KqlDatabase.Create(new KqlDatabaseOptions { MemoryLimit = 32 << 20, TempDirectoryLimit = 0 });
        database.Lowering = (_, _) => Lowered("SELECT string_agg('some long text number ' || i, ',') FROM range(20000000) t(i) GROUP BY i % 5000000", ("n", ColumnType.String));
        string message = (await Should.ThrowAsync<KqlException>(() => database.QueryAsync("print 1", cancellation: TestContext.Current.CancellationToken))).Message;
        message.ShouldContain("needs more memory than it may have (32 MiB)");
    }

    [Fact]
    public async Task Values_beyond_their_types_are_null_in_results()
    {
        Table table = await Sql(
            "SELECT -1::BIGINT, 3155378976000000000::BIGINT, 9223372036854775807::BIGINT, 'no guid', NULL::VARCHAR, NULL::VARCHAR",
            ("a", ColumnType.DateTime), ("b", ColumnType.DateTime), ("c", ColumnType.TimeSpan), ("d", ColumnType.Guid), ("e", ColumnType.String), ("f", ColumnType.Dynamic));
        table.Columns.Select(column => column.GetValue(0)).ShouldBe([null, null, TimeSpan.MaxValue, null, "", null]);
    }

    [Fact]
    public async Task A_column_that_is_not_held_as_its_type_is_an_error() =>
        (await Should.ThrowAsync<KqlException>(() => Sql("SELECT 1", ("n", ColumnType.Long)))).Message.ShouldContain("'n' is INTEGER where BIGINT");

    [Fact]
    public async Task A_stream_gives_all_rows_and_can_be_left_early()
    {
        _database.Lowering = (_, _) => Lowered("SELECT i FROM range(500000) t(i)", ("n", ColumnType.Long));
        KqlQuery query = _database.Prepare("print 1");
        using (KqlStream all = await query.StreamAsync(cancellation: TestContext.Current.CancellationToken))
        {
            all.Rows.TakeBatches().Sum(batch => (long)batch.Table.RowCount).ShouldBe(500_000);
        }

        using KqlStream some = await query.StreamAsync(cancellation: TestContext.Current.CancellationToken);
        some.Rows.TakeBatches().First().FirstRow.ShouldBe(0);
    }

    [Fact]
    public void A_query_that_is_not_right_says_where()
    {
        KqlException error = Should.Throw<KqlException>(() => _database.Prepare("print 1\n| where x == 2"));
        error.Diagnostics.ShouldNotBeEmpty();
        error.Message.ShouldStartWith("line 2, column 9: ");
    }

    [Fact]
    public async Task A_prepared_query_sees_tables_as_they_are_when_it_runs()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        _database.AddTable("T", Everything(1));
        KqlQuery query = _database.Prepare("declare query_parameters(p:long = 7); union T* | count | extend p, now() > datetime(2020-01-01)");
        FirstRow(await query.RunAsync(cancellation: token)).ShouldBe([1L, 7L, true]);
        _database.AddTable("T2", Everything(1));
        FirstRow(await query.RunAsync(new Dictionary<string, object?> { ["p"] = "11" }, token)).ShouldBe([2L, 11L, true]);
    }

    private static object?[] FirstRow(KqlResult result) => [.. result.Table.Schema.Select((_, i) => result.Table[i].GetValue(0))];

    [Fact]
    public async Task Queries_run_side_by_side()
    {
        string path = _scratch.Write("p.csv", "a\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}\n")));
        KqlTable table = _database.AddFile("P", path);
        _database.Lowering = (_, _) => Lowered($"SELECT sum(c0)::BIGINT FROM {table.SqlName}", [table], ("n", ColumnType.Long));
        KqlQuery query = _database.Prepare("P");
        KqlResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => query.RunAsync(cancellation: TestContext.Current.CancellationToken)));
        results.ShouldAllBe(result => (long)result.Table[0].GetValue(0)! == 199_990_000L);
    }

    [Fact]
    public void The_shipped_schemas_are_those_of_the_corpus()
    {
        using var corpus = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Corpus.PathOf("oracle/table-schemas.json")));
        foreach ((string product, string name) in new[] { ("sentinel", "Sentinel"), ("m365", "Defender") })
        {
            foreach (System.Text.Json.JsonProperty table in corpus.RootElement.GetProperty(product).EnumerateObject())
            {
                KnownSchema known = KnownSchemas.Of(table.Name).Single(schema => schema.Product == name);
                known.Columns.Select(column => $"{column.Name}:{column.Type.KqlName()}").ShouldBe(
                    table.Value.EnumerateObject().Select(column => $"{column.Name}:{column.Value.GetString() switch { "boolean" => "bool", "double" => "real", var type => type }}"));
            }
        }
    }

    private async Task<Table> All(string name) => (await Result(name)).Table;

    private async Task<KqlResult> Result(string name)
    {
        KqlTable table = _database.Tables.Single(one => one.Name == name);
        string columns = string.Join(", ", table.Schema.Select((_, i) => $"c{i}"));
        LoweredQuery lowered = Lowered($"SELECT {columns} FROM {table.SqlName}", [table], [.. table.Schema.Select(column => (column.Name, column.Type))]);
        _database.Lowering = (_, _) => lowered;
        return await _database.QueryAsync("print 1", cancellation: TestContext.Current.CancellationToken);
    }

    private async Task<Table> Sql(string sql, params (string Name, ColumnType Type)[] columns)
    {
        LoweredQuery lowered = Lowered(sql, [.. _database.Tables.Where(table => sql.Contains(table.SqlName, StringComparison.Ordinal))], columns);
        _database.Lowering = (_, _) => lowered;
        return (await _database.QueryAsync("print 1", cancellation: TestContext.Current.CancellationToken)).Table;
    }

    private static LoweredQuery Lowered(string sql, params (string Name, ColumnType Type)[] columns) => Lowered(sql, [], columns);

    private static LoweredQuery Lowered(string sql, IEnumerable<KqlTable> tables, params (string Name, ColumnType Type)[] columns) => new(
        sql,
        [.. columns.Select(column => new ColumnSchema(column.Name, column.Type))],
        [],
        [],
        tables.ToDictionary(table => table.SqlName, table => table.Name));

    private static Table Everything(int rows)
    {
        ColumnType[] types = Enum.GetValues<ColumnType>();
        var builder = new TableBuilder(types.Select(type => (type.KqlName(), type)));
        for (int i = 0; i < rows; i++)
        {
            builder.AddRow([.. types.Select((type, column) => (i + column) % 7 == 0 ? null : Value(type, i))]);
        }

        return builder.Build();
    }

    private static object Value(ColumnType type, int i) => type switch
    {
        ColumnType.Bool => i % 2 == 0,
        ColumnType.Int => i - 100,
        ColumnType.Long => long.MinValue + i,
        ColumnType.Real => i / 7.0,
        ColumnType.Decimal => -12345678901234567.12345m + i,
        ColumnType.DateTime => DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc).AddTicks(-i),
        ColumnType.TimeSpan => new TimeSpan(long.MinValue + i),
        ColumnType.String => i % 3 == 0 ? "short" : $"a longer text with ü and \"quotes\" {i}",
        ColumnType.Guid => new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        _ => i % 3 == 0 ? "\"text\"" : $$"""{"n":{{i}},"r":1.0,"x":[null,true]}""",
    };

    private sealed record Person(string? Name, int? Age);
}
