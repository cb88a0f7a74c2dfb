using System.Globalization;
using Quarry.Data.Engine;
using Quarry.Tables;

namespace Quarry.Data.Files.Readers;

/// <summary>Reads Parquet by DuckDB: columns and types as the file has them, rows in the file's order, in batches.</summary>
internal sealed class ParquetFiles : IDisposable
{
    // What a stream of one file needs is a few row groups; a file that lies of their size is stopped here.
    private const long MemoryLimit = 768 << 20;

    private readonly Lazy<DuckDbDatabase> _database = new(() =>
        DuckDbDatabase.OpenInMemory(new DuckDbOptions { AllowExternalAccess = true, MemoryLimit = MemoryLimit }));

    /// <summary>The plan of a file.</summary>
    /// <exception cref="QuarryException">It is not a sound Parquet file, or not a file by itself.</exception>
    public FilePlan Plan(InputSource source)
    {
        if (!source.IsParquet || source.Length is null)
        {
            throw new QuarryException(source.Length is null
                ? $"{source.Name}: Parquet is read from its end, and cannot be read from a pipe. Save it to a file first."
                : $"'{source.Path}' is not a Parquet file (it does not begin with PAR1). If it is compressed, decompress it first.");
        }

        try
        {
            using DuckDbConnection connection = _database.Value.Connect();
            using DuckDbResult columns = connection.Query($"SELECT * FROM {Scan(source.Path)} LIMIT 0");
            using DuckDbResult count = connection.Query($"SELECT count(*) FROM {Scan(source.Path)}");
            return new FilePlan(source, FileFormat.Parquet, [.. columns.Columns.Select(c => c.Name)])
            {
                IsWhole = true,
                Types = [.. columns.Columns.Select(c => ColumnTypeMapping.Of(c.Type) ?? ColumnType.String)],
                IsRead = [.. columns.Columns.Select(c => ColumnTypeMapping.Of(c.Type) is not null)],
                Rows = Convert.ToInt64(count.Rows().First()[0], CultureInfo.InvariantCulture),
            };
        }
        catch (EngineException e)
        {
            throw Failed(source, e);
        }
    }

    /// <summary>The rows of a file as tables of a schema; a column that the file does not have is null.</summary>
    /// <exception cref="QuarryException">The file is damaged.</exception>
    public IEnumerable<Table> Read(FilePlan plan, TableSchema schema, int batchRows, CancellationToken cancellation)
    {
        using DuckDbConnection connection = _database.Value.Connect();
        string columns = string.Join(", ", schema.Select(c => Column(plan, c)));
        string from = Scan(plan.Source.Path);

        // With no column to read there are still rows to count.
        string sql = schema.Count == 0 ? $"SELECT NULL FROM {from} LIMIT 0" : $"SELECT {columns} FROM {from}";
        using IEnumerator<Table> tables = Stream(connection, sql, schema, batchRows, cancellation).GetEnumerator();
        while (Advance(tables, plan.Source))
        {
            yield return tables.Current;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }
    }

    private static IEnumerable<Table> Stream(
        DuckDbConnection connection, string sql, TableSchema schema, int batchRows, CancellationToken cancellation)
    {
        using TableStream stream = connection.Stream(sql, cancellation).ToTableStream(batchRows);
        foreach (TableBatch batch in stream.TakeBatches())
        {
            yield return new Table(schema, batch.Table.Columns);
        }
    }

    private static bool Advance(IEnumerator<Table> tables, InputSource source)
    {
        try
        {
            return tables.MoveNext();
        }
        catch (EngineException e)
        {
            throw Failed(source, e);
        }
    }

    private static QuarryException Failed(InputSource source, EngineException e) =>
        new($"'{source.Path}' cannot be read as Parquet, it is damaged or of an unknown kind: {e.Message.Split('\n')[0]}", e);

    private static string Column(FilePlan plan, ColumnSchema column)
    {
        int position = IndexOf(plan.Columns, column.Name);
        if (position < 0)
        {
            return $"CAST(NULL AS {DuckDbName(column.Type)})";
        }

        string name = Quoted(column.Name, '"');
        return plan.Types![position] == column.Type && plan.IsRead![position] ? name : $"CAST({name} AS {DuckDbName(column.Type)})";
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static string DuckDbName(ColumnType type) => type switch
    {
        ColumnType.Bool => "BOOLEAN",
        ColumnType.Int => "INTEGER",
        ColumnType.Long => "BIGINT",
        ColumnType.Real => "DOUBLE",
        ColumnType.Decimal => "DECIMAL(38, 0)",
        ColumnType.DateTime => "TIMESTAMP",
        ColumnType.TimeSpan => "INTERVAL",
        ColumnType.Guid => "UUID",
        ColumnType.Dynamic => "JSON",
        _ => "VARCHAR",
    };

    // A full path, so that no name means a place on the network; and no name is a pattern or holds columns.
    private static string Scan(string path)
    {
        string full = Path.GetFullPath(path);
        if (full.AsSpan().ContainsAny('*', '?', '['))
        {
            full = string.Concat(full.Select(c => c is '*' or '?' or '[' ? $"[{c}]" : c.ToString()));
        }

        return $"read_parquet({Quoted(full, '\'')}, hive_partitioning = false)";
    }

    private static string Quoted(string text, char quote) => quote + text.Replace(quote.ToString(), new string(quote, 2), StringComparison.Ordinal) + quote;
}
