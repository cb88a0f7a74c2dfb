using Quarry.Data.Engine;

namespace Quarry.Data.Tests.Engine;

public sealed class LockDownTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quarry-test-").FullName;

    public LockDownTests() => File.WriteAllText(Path.Combine(_folder, "secret.csv"), "a,b\n1,2\n");

    public static TheoryData<string> Attempts => new(
        "SELECT * FROM read_csv('{0}/secret.csv')",
        "SELECT * FROM '{0}/secret.csv'",
        "SELECT * FROM read_text('{0}/secret.csv')",
        "SELECT * FROM read_blob('{0}/secret.csv')",
        "SELECT * FROM read_json('{0}/secret.csv')",
        "SELECT * FROM read_parquet('{0}/secret.csv')",
        "SELECT * FROM parquet_metadata('{0}/secret.csv')",
        "SELECT * FROM sniff_csv('{0}/secret.csv')",
        "SELECT * FROM glob('{0}/*')",
        "SELECT * FROM read_csv('/proc/self/environ')",
        "COPY (SELECT 1) TO '{0}/out.csv'",
        "CREATE TABLE t (a INT, b INT); COPY t FROM '{0}/secret.csv'",
        "EXPORT DATABASE '{0}/out'",
        "IMPORT DATABASE '{0}/out'",
        "ATTACH '{0}/other.db'",
        "ATTACH '{0}/other.db' AS o (READ_ONLY)",
        "INSTALL httpfs",
        "FORCE INSTALL httpfs FROM community",
        "LOAD httpfs",
        "LOAD '{0}/x.duckdb_extension'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET lock_configuration",
        "SET temp_directory = '{0}'",
        "SET SESSION home_directory = '{0}'",
        "SET log_query_path = '{0}/log'",
        "SET allowed_directories = ['{0}']",
        "SET TimeZone = 'America/New_York'",
        "PRAGMA enable_profiling = 'json'",
        "SET profiling_output = '{0}/profile'",
        "PRAGMA profiling_output = '{0}/profile'",
        "CREATE PERSISTENT SECRET s (TYPE http)");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Attempts))]
    public void Refuses_every_way_out(string attempt)
    {
        using var database = DuckDbDatabase.OpenInMemory();
        using DuckDbConnection connection = database.Connect();

        Should.Throw<EngineException>(() => connection.Execute(attempt.Replace("{0}", _folder)));

        Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).ShouldBe(["secret.csv"]);
    }

    [Fact]
    public void Reads_files_where_that_was_asked_for_until_it_is_locked_down()
    {
        using var database = DuckDbDatabase.OpenInMemory(new DuckDbOptions { AllowExternalAccess = true });
        using DuckDbConnection connection = database.Connect();
        string read = $"SELECT b FROM read_csv('{_folder}/secret.csv')";

        Sql.Scalar(connection, read).ShouldBe(2L);
        database.LockDown();

        Should.Throw<EngineException>(() => connection.Query(read)).Message.ShouldContain("disabled");
    }

    [Fact]
    public void Works_on_a_database_file_that_it_was_opened_with()
    {
        using var database = DuckDbDatabase.OpenFile(Path.Combine(_folder, "own.db"));
        using DuckDbConnection connection = database.Connect();

        connection.Execute("CREATE TABLE t AS SELECT range AS a FROM range(10); CHECKPOINT");

        Sql.Scalar(connection, "SELECT count(*) FROM t").ShouldBe(10L);
    }
}
