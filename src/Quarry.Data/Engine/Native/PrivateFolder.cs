namespace Quarry.Data.Engine.Native;

/// <summary>A folder of one database's own under the system's temporary folder, readable by the user alone.</summary>
internal sealed class PrivateFolder
{
    private PrivateFolder(string path) => Path = path;

    /// <summary>Where it is.</summary>
    internal string Path { get; }

    /// <summary>Makes one.</summary>
    /// <exception cref="EngineException">The temporary folder cannot be written.</exception>
    internal static PrivateFolder Create()
    {
        try
        {
            return new PrivateFolder(Directory.CreateTempSubdirectory("quarry-").FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EngineException($"No temporary folder could be made: {error.Message} Set DuckDbOptions.TempDirectory, or TMPDIR.", error);
        }
    }

    /// <summary>Deletes it with what is in it, as far as that goes: what stays is for the system to clear.</summary>
    internal void Delete()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Runs where a database is let go of, at worst in a finalizer: there is nobody to tell.
        }
    }
}
