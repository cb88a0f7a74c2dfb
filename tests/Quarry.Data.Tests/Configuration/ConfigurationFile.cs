using Quarry.Data.Configuration;

namespace Quarry.Data.Tests.Configuration;

/// <summary>A configuration in a folder of its own, with an environment that is not the machine's.</summary>
internal sealed class ConfigurationFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quarry-config-");

    public ConfigurationFile(string? text = null)
    {
        Home = Directory.CreateDirectory(Path.Combine(_folder.FullName, "home")).FullName;
        Work = Directory.CreateDirectory(Path.Combine(_folder.FullName, "work")).FullName;
        File = System.IO.Path.Combine(Work, QuarryConfiguration.FileName);
        if (text is not null)
        {
            System.IO.File.WriteAllText(File, text);
        }
    }

    public string Home { get; }

    public string Work { get; }

    public string File { get; }

    public Dictionary<string, string> Variables { get; } = [];

    public ConfigurationEnvironment Environment => new() { Variable = name => Variables.GetValueOrDefault(name), WorkingDirectory = Work, HomeDirectory = Home };

    public QuarryConfiguration Load(string? path = null) => QuarryConfiguration.Load(path, Environment);

    public IReadOnlyList<ConfigurationProblem> Check() => QuarryConfiguration.Check(null, Environment);

    public void Dispose() => _folder.Delete(recursive: true);
}
