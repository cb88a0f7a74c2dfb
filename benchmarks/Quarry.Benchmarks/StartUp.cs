namespace Quarry.Benchmarks;

/// <summary>How long the published command takes from start to exit, beside an empty console program published in the same way.</summary>
internal static class StartUp
{
    public static void Run()
    {
        string quarry = Published();
        string empty = Empty();
        Console.WriteLine("start to exit, both published as a self-contained single file with ReadyToRun");
        (double version, double nothing) = Measure.InTurn(() => Programs.Run(quarry, "--version"), () => Programs.Run(empty), runs: 21);
        Measure.Print("an empty console program", nothing * 1000, "ms");
        Measure.Print("quarry --version", version * 1000, "ms");
        Measure.Print("quarry --version : empty", version / nothing, "times", "wanted 1.5");
        (double text, nothing) = Measure.InTurn(
            () => Programs.Run(quarry, "iocs", "--text", "beacon to hxxp://203.0.113.5/a and evil.example.com"), () => Programs.Run(empty), runs: 21);
        Measure.Print("quarry iocs --text", text * 1000, "ms");
        Measure.Print("quarry iocs --text : empty", text / nothing, "times", "wanted 3 (twice 1.5)");
    }

    /// <summary>The command, published by the repository's own profile.</summary>
    public static string Published()
    {
        string folder = Path.Combine(Repository.Root, "artifacts/publish/linux-x64");
        string program = Path.Combine(folder, "quarry");
        Programs.Run("dotnet", "publish", Path.Combine(Repository.Root, "src/Quarry.Cli"), "-p:PublishProfile=single-file", "-r", "linux-x64", "-v", "quiet");
        return File.Exists(program) ? program : throw new FileNotFoundException($"Publishing did not make {program}.");
    }

    private static string Empty()
    {
        string folder = Path.Combine(Repository.Root, "artifacts/empty");
        Directory.CreateDirectory(folder);
        foreach (string name in (string[])["Directory.Build.props", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
        }

        File.WriteAllText(Path.Combine(folder, "Program.cs"), "return 0;");
        File.WriteAllText(
            Path.Combine(folder, "Empty.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <SelfContained>true</SelfContained>
                <PublishSingleFile>true</PublishSingleFile>
                <PublishReadyToRun>true</PublishReadyToRun>
              </PropertyGroup>
            </Project>
            """);
        Programs.Run("dotnet", "publish", folder, "-r", "linux-x64", "-o", Path.Combine(folder, "out"), "-v", "quiet");
        return Path.Combine(folder, "out/Empty");
    }
}
