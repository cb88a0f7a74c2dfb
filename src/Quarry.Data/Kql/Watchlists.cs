using Quarry.Data.Files;
using Quarry.Data.Files.Readers;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>
/// Watchlists as <c>_GetWatchlist('name')</c> gives them: a folder of CSV files, one a list. All columns are texts, as they
/// are in Sentinel; <c>SearchKey</c> is the first column's value where the file has none of the name.
/// </summary>
internal sealed class Watchlists
{
    private const string SearchKey = "SearchKey";

    private readonly IReadOnlyDictionary<string, string> _paths;
    private readonly Func<string, TableStream, KqlTable> _keep;
    private readonly Dictionary<string, KqlTable> _read = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The lists of a folder; none without one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="keep">Keeps the rows of a list as a table, under a name of its own.</param>
    /// <exception cref="QuarryException">There is no such folder.</exception>
    public Watchlists(string? folder, Func<string, TableStream, KqlTable> keep)
    {
        _paths = folder is null ? new Dictionary<string, string>() : In(folder);
        _keep = keep;
    }

    /// <summary>The table of a list, or null if there is none of the name; letter case does not count. It is read when it is first asked for.</summary>
    /// <exception cref="QuarryException">The file cannot be read.</exception>
    public KqlTable? Find(string name)
    {
        if (!_paths.TryGetValue(name, out string? path))
        {
            return null;
        }

        lock (_read)
        {
            if (!_read.TryGetValue(name, out KqlTable? table))
            {
                _read[name] = table = _keep(name, TableStream.Of(Read(path)));
            }

            return table;
        }
    }

    /// <summary>The table that is kept under a name, or null.</summary>
    public KqlTable? Kept(string name)
    {
        lock (_read)
        {
            return _read.Values.FirstOrDefault(table => table.Name == name);
        }
    }

    private static Dictionary<string, string> In(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder)
                .Where(path => FileFormats.OfName(path) is FileFormat.Csv or FileFormat.Tsv)
                .Order(StringComparer.Ordinal)
                .DistinctBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
                .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => path, StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuarryException($"The folder of watchlists '{folder}' cannot be read: {error.Message}", error);
        }
    }

    private static Table Read(string path)
    {
        using TableInput input = TableInput.Open([path], new InputOptions { Typing = ValueTyping.Text });
        Table rows = input.Stream.Gather();
        if (rows.Schema.IndexOf(SearchKey) >= 0 || rows.Schema.Count == 0)
        {
            return rows;
        }

        IEnumerable<int> sources = [0, .. Enumerable.Range(0, rows.Schema.Count)];
        return new Table(
            new TableSchema([new ColumnSchema(SearchKey, ColumnType.String), .. rows.Schema]),
            [.. sources.Select(i => rows[i])]);
    }
}
