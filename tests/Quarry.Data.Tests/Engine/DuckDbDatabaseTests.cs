using Quarry.Data.Engine;

namespace Quarry.Data.Tests.Engine;

public sealed class DuckDbDatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quarry-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Tells_the_version_of_the_library() => DuckDbDatabase.LibraryVersion.ShouldStartWith("v1.");

    [Fact]
    public void Keeps_what_was_written_to_a_file()
    {
        string file = Path.Combine(_folder, "kept.db");

        using (var database = DuckDbDatabase.OpenFile(file))
        using (DuckDbConnection connection = database.Connect())
        {
            connection.Execute("CREATE TABLE t AS SELECT 42 AS answer");
        }

        using var again = DuckDbDatabase.OpenFile(file, new DuckDbOptions { ReadOnly = true });
        using DuckDbConnection reader = again.Connect();
        Sql.Scalar(reader, "SELECT answer FROM t").ShouldBe(42);
        Should.Throw<EngineException>(() => reader.Execute("CREATE TABLE u (a INT)")).Message.ShouldContain("read-only");
    }

    [Theory]
    [InlineData("one.db")]
    [InlineData("./sub/../one.db")]
    [InlineData("link.db")]
    [InlineData("linked/one.db")]
    public void Refuses_to_open_one_file_twice(string other)
    {
        string file = Path.Combine(_folder, "one.db");
        using var database = DuckDbDatabase.OpenFile(file);
        File.CreateSymbolicLink(Path.Combine(_folder, "link.db"), file);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "linked"), _folder);

        EngineException error = Should.Throw<EngineException>(() => DuckDbDatabase.OpenFile(Path.Combine(_folder, other)));

        error.Message.ShouldContain("open in this process already");
    }

    [Fact]
    public void Gives_a_file_free_only_when_all_that_was_given_out_is_disposed_of()
    {
        string file = Path.Combine(_folder, "free.db");
        var database = DuckDbDatabase.OpenFile(file);
        DuckDbConnection connection = database.Connect();
        DuckDbResult result = connection.Stream("SELECT range FROM range(100000)");
        DuckDbChunk chunk = result.Fetch()!;

        database.Dispose();
        connection.Dispose();
        result.Dispose();
        Should.Throw<EngineException>(() => DuckDbDatabase.OpenFile(file));
        chunk[0].Values<long>()[2047].ShouldBe(2047);
        chunk.Dispose();

        DuckDbDatabase.OpenFile(file).Dispose();
    }

    [Fact]
    public void Gives_a_file_free_that_is_not_a_database()
    {
        string file = Path.Combine(_folder, "text.db");
        File.WriteAllText(file, new string('x', 20_000));

        Should.Throw<EngineException>(() => DuckDbDatabase.OpenFile(file)).Message.ShouldContain("text.db");

        File.Delete(file);
        DuckDbDatabase.OpenFile(file).Dispose();
    }

    [Fact]
    public void Refuses_a_name_with_a_nul()
        => Should.Throw<EngineException>(() => DuckDbDatabase.OpenFile(Path.Combine(_folder, "a\0b"))).Message.ShouldContain("NUL");

    [Fact]
    public void Refuses_an_option_that_DuckDB_does_not_accept()
        => Should.Throw<EngineException>(() => DuckDbDatabase.OpenInMemory(new DuckDbOptions { Threads = -3 })).Message.ShouldContain("threads");

    [Fact]
    public void Refuses_a_database_in_memory_for_reading_alone()
        => Should.Throw<EngineException>(() => DuckDbDatabase.OpenInMemory(new DuckDbOptions { ReadOnly = true }));

    [Fact]
    public void Applies_its_options()
    {
        using var database = DuckDbDatabase.OpenInMemory(new DuckDbOptions { Threads = 1, MemoryLimit = 256L << 20, TempDirectory = _folder });
        using DuckDbConnection connection = database.Connect();

        Sql.Scalar(connection, "SELECT current_setting('threads')::INT").ShouldBe(1);
        Sql.Scalar(connection, "SELECT current_setting('memory_limit')").ShouldBe("256.0 MiB");
        Sql.Scalar(connection, "SELECT current_setting('temp_directory')").ShouldBe(_folder);
        Sql.Scalar(connection, "SELECT current_setting('TimeZone')").ShouldBe("UTC");
    }

    [Fact]
    public void Sorts_more_than_its_memory_by_way_of_the_temporary_folder()
    {
        using var database = DuckDbDatabase.OpenInMemory(new DuckDbOptions { Threads = 1, MemoryLimit = 48L << 20, TempDirectory = _folder });
        using DuckDbConnection connection = database.Connect();
        using DuckDbConnection other = database.Connect();

        using DuckDbResult result = connection.Stream(
            "SELECT hash(range) AS h, repeat('x', 60) || range FROM range(1000000) ORDER BY h");

        object? spilled = Sql.Scalar(other, "SELECT sum(size)::BIGINT FROM duckdb_temporary_files()");
        ulong last = 0;
        long rows = 0;
        foreach (DuckDbChunk chunk in result.Chunks())
        {
            foreach (ulong hash in chunk[0].Values<ulong>())
            {
                hash.ShouldBeGreaterThanOrEqualTo(last);
                last = hash;
                rows++;
            }
        }

        rows.ShouldBe(1_000_000);
        spilled.ShouldBeOfType<long>().ShouldBeGreaterThan(1 << 20);
    }

    [Fact]
    public void Fails_with_a_message_when_memory_and_temporary_folder_are_too_small()
    {
        using var database = DuckDbDatabase.OpenInMemory(
            new DuckDbOptions { Threads = 1, MemoryLimit = 16L << 20, TempDirectory = _folder, TempDirectoryLimit = 1 << 20 });
        using DuckDbConnection connection = database.Connect();

        EngineException error = Should.Throw<EngineException>(
            () => connection.Execute("CREATE TABLE t AS SELECT repeat('x', 100) || range FROM range(1000000) ORDER BY hash(range)"));

        error.Message.ShouldContain("Out of Memory");
        Sql.Scalar(connection, "SELECT 1").ShouldBe(1);
    }

    [Fact]
    public void Deletes_its_own_temporary_folder()
    {
        string folder;
        using (var database = DuckDbDatabase.OpenInMemory())
        using (DuckDbConnection connection = database.Connect())
        {
            folder = (string)Sql.Scalar(connection, "SELECT current_setting('temp_directory')")!;
            Directory.Exists(folder).ShouldBeTrue();
        }

        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public void Gives_no_connection_after_it_was_disposed_of()
    {
        var database = DuckDbDatabase.OpenInMemory();

        database.Dispose();
        database.Dispose();

        Should.Throw<ObjectDisposedException>(() => database.Connect());
    }
}
