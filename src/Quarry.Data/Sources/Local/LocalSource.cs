using Quarry.Data.Kql;

namespace Quarry.Data.Sources.Local;

/// <summary>Files on this machine, or tables in memory, asked through the embedded engine. Nothing leaves the machine.</summary>
public sealed class LocalSource : IQuerySource
{
    private readonly bool _owns;
    private readonly string _address;

    /// <summary>A source of the tables of a database.</summary>
    /// <param name="database">The tables.</param>
    /// <param name="address">Where they are from, for a person.</param>
    /// <param name="owns">Whether the database goes with the source.</param>
    public LocalSource(KqlDatabase database, string address = "", bool owns = false)
    {
        Database = database;
        _address = address;
        _owns = owns;
    }

    /// <summary>The tables.</summary>
    public KqlDatabase Database { get; }

    /// <summary>What was left out of folders and why, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <inheritdoc/>
    public SourceDescription Description => new(SourceKind.Local, "local files", _address, "Nothing leaves this machine.");

    /// <summary>
    /// The files of folders, each a table by its name, those of MSTICPy's LocalData among them: data files beside YAML that names
    /// them. Pickled tables (<c>.pkl</c>) are left out, with a remark: reading one runs what is in it.
    /// </summary>
    /// <param name="folders">The folders.</param>
    /// <param name="options">How the engine works; null for the defaults.</param>
    /// <exception cref="QuarryException">A folder cannot be read, or two folders hold a table of one name.</exception>
    public static LocalSource OfFolders(IReadOnlyList<string> folders, KqlDatabaseOptions? options = null)
    {
        KqlDatabase database = KqlDatabase.Create(options);
        try
        {
            var remarks = new List<string>();
            foreach (string folder in folders)
            {
                AddedFolder added = database.AddFolder(folder);
                remarks.AddRange(added.Failures);
                remarks.AddRange(added.Tables.SelectMany(table => table.Remarks.Select(remark => $"{table.Name}: {remark}")));
                remarks.AddRange(added.Ignored.Where(LocalFileName.IsPickle).Select(path =>
                    $"{Path.GetFileName(path)} was left out: reading a pickled table runs the code in it. In Python, pandas.read_pickle(…).to_parquet('{KqlTable.NameOf(path)}.parquet') makes a table that can be read."));
            }

            return new LocalSource(database, string.Join(", ", folders), owns: true) { Remarks = remarks };
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellation = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyList<SourceTable>> TablesAsync(CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<SourceTable>>(
        [.. Database.Tables.OrderBy(table => table.Name, StringComparer.OrdinalIgnoreCase).Select(table => new SourceTable(table.Name, table.Schema)
        {
            RowCount = table.RowCount,
            Origin = table.Source ?? "",
            Description = table.KnownAs is { } product ? $"typed as {product}'s table" : "",
        })]);

    /// <inheritdoc/>
    public async Task<SourceRun> BeginAsync(SourceQuery query, CancellationToken cancellation = default)
    {
        KqlQuery prepared = await Task.Run(() => Database.Prepare(TextOf(query.Text)), cancellation).ConfigureAwait(false);
        KqlRun run = await prepared.BeginAsync(
            new KqlRunOptions { Parameters = query.Parameters, From = query.Range?.Start, To = query.Range?.End, Timeout = query.Timeout },
            cancellation).ConfigureAwait(false);
        return new LocalRun(run, prepared.Render, query.Progress);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_owns)
        {
            Database.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private string TextOf(string text) =>
        LocalFileName.TableOf(text) is { } name && Database.Tables.Any(table => table.Name == name) ? Quarry.Kql.Syntax.KqlLiteral.Name(name) : text;
}
