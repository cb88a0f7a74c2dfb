namespace Quarry.Data.Engine.Native;

/// <summary>
/// The claim of one database on one file. DuckDB's own lock is one of the process, so that a second database of the same
/// process on the same file would be let in, and the two would destroy each other's writes.
/// </summary>
internal sealed class FileClaim
{
    private static readonly HashSet<string> Claimed =
        new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    private readonly string _path;

    private FileClaim(string path) => _path = path;

    /// <summary>Claims a file.</summary>
    /// <exception cref="EngineException">The process has it open.</exception>
    internal static FileClaim Take(string path)
    {
        string place = Resolve(path);
        lock (Claimed)
        {
            return Claimed.Add(place)
                ? new FileClaim(place)
                : throw new EngineException($"The database file '{path}' is open in this process already. Use that DuckDbDatabase, or dispose of it and of what it gave out first.");
        }
    }

    /// <summary>Gives the file free.</summary>
    internal void Release()
    {
        lock (Claimed)
        {
            Claimed.Remove(_path);
        }
    }

    // The same file by another road: symbolic links of the file or of a folder above it.
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(full);
        if (folder is null)
        {
            return full;
        }

        string place = Path.Combine(Resolve(folder), Path.GetFileName(full));
        FileSystemInfo info = Directory.Exists(place) ? new DirectoryInfo(place) : new FileInfo(place);
        try
        {
            return info.LinkTarget is null ? place : info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? place;
        }
        catch (IOException)
        {
            // A circle of links: opening it will tell.
            return place;
        }
    }
}
