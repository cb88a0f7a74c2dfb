using System.Globalization;
using Quarry.Data.Engine.Native;

namespace Quarry.Data.Engine;

/// <summary>
/// A database, in memory or in a file, and the way to connections. Locked down unless
/// <see cref="DuckDbOptions.AllowExternalAccess"/> says otherwise. Disposing of it ends it once what it gave out (connections,
/// results, …) is disposed of too; the order does not matter. Safe to use from several threads.
/// </summary>
public sealed class DuckDbDatabase : IDisposable
{
    // Settings of each connection; a locked database refuses them as SET, but not as PRAGMA. Without the first there is no progress to poll, without the second it is printed.
    private const string PrepareConnection = "PRAGMA enable_progress_bar; PRAGMA disable_print_progress_bar";

    private readonly DatabaseHandle _handle;
    private volatile bool _disposed;

    private DuckDbDatabase(DatabaseHandle handle) => _handle = handle;

    /// <summary>The version of DuckDB, for example <c>v1.5.6</c>.</summary>
    /// <exception cref="EngineException">DuckDB's native library is not there; the message tells where it was looked for.</exception>
    public static unsafe string LibraryVersion => DuckDbNative.Text(DuckDbNative.duckdb_library_version()) ?? "";

    /// <summary>A new, empty database in memory.</summary>
    /// <exception cref="EngineException">An option is not accepted, or DuckDB's native library is not there.</exception>
    public static DuckDbDatabase OpenInMemory(DuckDbOptions? options = null)
    {
        options ??= new DuckDbOptions();
        return options.ReadOnly
            ? throw new EngineException("A database in memory begins empty and cannot be opened for reading alone.")
            : Open(":memory:", null, options);
    }

    /// <summary>The database in a file; a new file if there is none.</summary>
    /// <exception cref="EngineException">
    /// This or another process has it open, it is not a database, an option is not accepted, or DuckDB's native library is
    /// not there.
    /// </exception>
    public static DuckDbDatabase OpenFile(string path, DuckDbOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);

        // A full path, so that no name (":memory:", "s3://…") means anything else to DuckDB.
        string full = Path.GetFullPath(NativeText.RequireNoNul(path, "path"));
        return Open(full, FileClaim.Take(full), options ?? new DuckDbOptions());
    }

    /// <summary>A new connection. One runs one statement at a time; take one for each stream and each thread.</summary>
    /// <exception cref="ObjectDisposedException">The database was disposed of.</exception>
    public DuckDbConnection Connect()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (DuckDbNative.duckdb_connect(_handle, out nint connection) != DuckDbNative.Success)
        {
            throw new EngineException("DuckDB gave no connection.");
        }

        var opened = new DuckDbConnection(new ConnectionHandle(connection, _handle));
        opened.Execute(PrepareConnection);
        return opened;
    }

    /// <summary>
    /// Shuts every statement of every connection off from files and the network, and fixes the settings; there is no way
    /// back. A database opened without <see cref="DuckDbOptions.AllowExternalAccess"/> is shut off from the start.
    /// </summary>
    public void LockDown()
    {
        using DuckDbConnection connection = Connect();
        connection.Execute("SET GLOBAL enable_external_access = false; SET GLOBAL lock_configuration = true");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _handle.Dispose();
    }

    private static DuckDbDatabase Open(string path, FileClaim? claim, DuckDbOptions options)
    {
        PrivateFolder? temp = null;
        DatabaseHandle handle;
        try
        {
            temp = options.TempDirectory is null ? PrivateFolder.Create() : null;
            handle = new DatabaseHandle(OpenNative(path, Settings(options, temp)), claim, temp);
        }
        catch
        {
            temp?.Delete();
            claim?.Release();
            throw;
        }

        var database = new DuckDbDatabase(handle);
        try
        {
            database.Prepare(options);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static unsafe nint OpenNative(string path, IEnumerable<(string Name, string Value)> settings)
    {
        _ = DuckDbNative.duckdb_create_config(out nint config);
        try
        {
            foreach ((string name, string value) in settings)
            {
                if (DuckDbNative.duckdb_set_config(config, name, value) != DuckDbNative.Success)
                {
                    throw new EngineException($"DuckDB does not accept the setting {name} = '{value}'.");
                }
            }

            return DuckDbNative.duckdb_open_ext(path, out nint database, config, out byte* error) == DuckDbNative.Success
                ? database
                : throw new EngineException(DuckDbNative.TakeText(error) ?? $"DuckDB could not open '{path}'.");
        }
        finally
        {
            DuckDbNative.duckdb_destroy_config(ref config);
        }
    }

    private static IEnumerable<(string Name, string Value)> Settings(DuckDbOptions options, PrivateFolder? temp)
    {
        yield return ("temp_directory", NativeText.RequireNoNul(options.TempDirectory ?? temp!.Path, "temporary folder"));
        yield return ("autoinstall_known_extensions", "false");
        yield return ("autoload_known_extensions", "false");
        yield return ("allow_community_extensions", "false");
        yield return ("allow_persistent_secrets", "false");
        if (options.ReadOnly)
        {
            yield return ("access_mode", "READ_ONLY");
        }

        if (options.Threads is { } threads)
        {
            yield return ("threads", threads.ToString(CultureInfo.InvariantCulture));
        }

        if (options.MemoryLimit is { } memory)
        {
            yield return ("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{memory}B"));
        }

        if (options.TempDirectoryLimit is { } temporary)
        {
            yield return ("max_temp_directory_size", string.Create(CultureInfo.InvariantCulture, $"{temporary}B"));
        }
    }

    private void Prepare(DuckDbOptions options)
    {
        using (DuckDbConnection connection = Connect())
        {
            connection.Execute("SET GLOBAL TimeZone = 'UTC'");
        }

        if (!options.AllowExternalAccess)
        {
            LockDown();
        }
    }
}
