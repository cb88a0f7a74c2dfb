namespace Quarry.Cli.Tests;

/// <summary>A folder of a test's own, gone when the test is done.</summary>
public sealed class Scratch : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("quarry-test-").FullName;

    /// <summary>The full path of a name in the folder.</summary>
    public string this[string name] => Path.Combine(_root, name);

    /// <summary>The names of the files in the folder.</summary>
    public string[] Files => [.. Directory.GetFiles(_root).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);
}
