namespace Quarry.Data.Files.Writers;

/// <summary>
/// A file being written under a temporary name beside the one that was asked for. <see cref="Commit"/> moves it there;
/// disposed without it, nothing is left behind and what stood there before stays.
/// </summary>
public sealed class OutputFile : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly string _target;
    private readonly string? _temporary;
    private bool _committed;

    private OutputFile(string target, string? temporary, FileStream stream)
    {
        _target = target;
        _temporary = temporary;
        Stream = stream;
    }

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file.</summary>
    /// <exception cref="QuarryException">The path is a directory, its directory is not there, or it cannot be written; the message says which.</exception>
    public static OutputFile Create(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new QuarryException($"'{path}' is a directory. Give the name of a file to write.");
        }

        string directory = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(directory))
        {
            throw new QuarryException($"The directory '{directory}' is not there. Create it first, or write elsewhere.");
        }

        try
        {
            return Open(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new QuarryException($"Cannot write '{path}': {e.Message}", e);
        }
    }

    /// <summary>
    /// Leaves the writing to another who opens the file by itself (an engine): closes <see cref="Stream"/> and tells the path
    /// that is written to until <see cref="Commit"/>.
    /// </summary>
    public string HandOver()
    {
        Stream.Dispose();
        return _temporary ?? _target;
    }

    /// <summary>Ends the file and gives it its name.</summary>
    /// <exception cref="QuarryException">The last bytes could not be written (the disk is full), or the file could not be moved.</exception>
    public void Commit()
    {
        try
        {
            Stream.Dispose();
            if (_temporary is not null)
            {
                File.Move(_temporary, _target, overwrite: true);
            }

            _committed = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new QuarryException($"Cannot write '{_target}': {e.Message} Nothing was left under that name.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_committed)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // A full disk, again: the bytes still held back are not wanted any more.
        }

        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    private static OutputFile Open(string full)
    {
        // A device or a pipe is written to, not replaced. Links below /dev lead to what a process has open, and have no
        // path that could be resolved.
        if (IsSystemPath(full) && File.Exists(full))
        {
            return new OutputFile(full, null, OpenExisting(full));
        }

        // A link's target is replaced, not the link.
        string target = new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        UnixFileMode? mode = null;
        if (File.Exists(target))
        {
            FileStream existing = OpenExisting(target);
            if (IsSystemPath(target) || !existing.CanSeek)
            {
                return new OutputFile(target, null, existing);
            }

            existing.Dispose();
            mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(target);
        }

        string temporary = Path.Combine(
            Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferSize);
        if (mode is not null && !OperatingSystem.IsWindows())
        {
            // Who might not read the old file shall not read the new one.
            File.SetUnixFileMode(stream.SafeFileHandle, mode.Value);
        }

        return new OutputFile(target, temporary, stream);
    }

    // Opening also tells whether the file may be written at all. A named pipe waits here for its reader.
    private static FileStream OpenExisting(string path) =>
        new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, BufferSize);

    // Files in shared memory are files as any other.
    private static bool IsSystemPath(string path) =>
        !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
