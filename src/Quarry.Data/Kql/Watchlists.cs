using Quarry.Data.Files;
using Quarry.Data.Files.Readers;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>
/// Watchlists as <c>_GetWatchlist('name')</c> gives them: a folder of CSV files, one a list. All columns are texts, as they
/// are in Sentinel; <c>SearchKey</c> is the first column's value where the file has none of the name.
/// </summary>
internal static class Watchlists
{
    /// <summary>The column that lists are joined by.</summary>
    public const string SearchKey = "SearchKey";

    /// <summary>The file of each list; letter case does not count.</summary>
    /// <exception cref="QuarryException">There is no such folder.</exception>
    public static IReadOnlyDictionary<string, string> In(string folder)
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

    /// <summary>The rows of a list.</summary>
    /// <exception cref="QuarryException">The file cannot be read.</exception>
    public static Table Read(string path)
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
