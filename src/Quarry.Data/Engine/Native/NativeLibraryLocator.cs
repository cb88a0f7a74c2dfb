using System.Reflection;
using System.Runtime.InteropServices;

namespace Quarry.Data.Engine.Native;

/// <summary>Finds DuckDB's library: beside the program, in its <c>runtimes/RID/native</c>, or where a package was unpacked.</summary>
internal static class NativeLibraryLocator
{
    private static int _installed;

    /// <summary>What the library's file is called here.</summary>
    internal static string FileName => OperatingSystem.IsWindows() ? "duckdb.dll"
        : OperatingSystem.IsMacOS() ? "libduckdb.dylib"
        : "libduckdb.so";

    /// <summary>The platform as NuGet names it, without the distribution, for example <c>linux-x64</c>.</summary>
    internal static string RuntimeIdentifier
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <summary>Has .NET ask here for the library.</summary>
    internal static void Install()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLocator).Assembly, Resolve);
        }
    }

    /// <summary>The files to try, best first, for the folders that may hold them.</summary>
    internal static IEnumerable<string> Candidates(IEnumerable<string> folders) => folders
        .Where(folder => folder.Length > 0)
        .SelectMany(folder => new[]
        {
            Path.Combine(folder, FileName),
            Path.Combine(folder, "runtimes", RuntimeIdentifier, "native", FileName),
        })
        .Distinct();

    /// <summary>Loads the first of the files that loads.</summary>
    /// <exception cref="EngineException">None does; the message tells each and why.</exception>
    internal static nint Load(IEnumerable<string> candidates)
    {
        var tried = new List<string>();
        foreach (string candidate in candidates)
        {
            if (!File.Exists(candidate))
            {
                tried.Add($"{candidate}: not there");
                continue;
            }

            try
            {
                return NativeLibrary.Load(candidate);
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
            {
                tried.Add($"{candidate}: {error.Message}");
            }
        }

        throw new EngineException(
            $"DuckDB's native library for {RuntimeIdentifier} was not found. Looked for:\n  {string.Join("\n  ", tried)}\n"
            + $"Build for this platform (dotnet publish -r {RuntimeIdentifier}), or put {FileName} beside the program.");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != DuckDbNative.Library)
        {
            return 0;
        }

        // The runtime alone knows where a single file has unpacked what it carries; it names the folder nowhere.
        string[] candidates = [.. Candidates(Folders(assembly))];
        return !candidates.Any(File.Exists) && NativeLibrary.TryLoad(FileName, assembly, null, out nint library)
            ? library
            : Load(candidates);
    }

    private static IEnumerable<string> Folders(Assembly assembly)
    {
        yield return AppContext.BaseDirectory;

        // Where NuGet keeps a package's native files.
        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (string folder in searched.Split(Path.PathSeparator))
        {
            yield return folder;
        }

        // Loaded by a host that stands elsewhere (a plug-in, a notebook). Empty in a single file.
#pragma warning disable IL3000
        yield return Path.GetDirectoryName(assembly.Location) ?? "";
#pragma warning restore IL3000
    }
}
