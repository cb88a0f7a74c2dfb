using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Quarry.Cli.Tests;

/// <summary>What is handed to users is built as they would build it, and started. Everything is built apart from the repository's own output.</summary>
public sealed class PackagingTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_packages_hold_documentation_symbols_and_the_native_library_and_the_tool_runs_once_installed()
    {
        string packages = _scratch["packages"];
        Run("dotnet", "pack", Repository.Root, "--artifacts-path", _scratch["artifacts"], "-o", packages, "-v", "quiet", "--nologo");

        Entries(packages, "Quarry.0.").ShouldBe(["lib/net10.0/Quarry.dll", "lib/net10.0/Quarry.xml", "README.md"], ignoreOrder: true);
        Entries(packages, "Quarry.Data.0.").ShouldContain("lib/net10.0/Quarry.Data.xml");
        Entries(packages, "Quarry.Data.0.").ShouldContain($"runtimes/{Platform}/native/{Library}");
        Entries(packages, "Quarry.Tool.0.").ShouldContain("tools/net10.0/any/Quarry.Cli.dll");
        Dependencies(packages, "Quarry.0.").ShouldBeEmpty();
        Entries(packages, "Quarry.Kql.0.").ShouldContain("lib/net10.0/Quarry.Kql.xml");
        Dependencies(packages, "Quarry.Kql.0.").ShouldBe(["Quarry"]);
        Dependencies(packages, "Quarry.Data.0.").ShouldBe(
            ["Azure.Core", "Azure.Identity", "Azure.Security.KeyVault.Secrets", "MaxMind.Db", "Quarry", "Quarry.Kql", "YamlDotNet"], ignoreOrder: true);
        Dependencies(packages, "Quarry.Web.0.").ShouldContain("Quarry.Data");
        Directory.GetFiles(packages, "*.snupkg").Length.ShouldBe(6);

        string tools = _scratch["tools"];
        Run("dotnet", "tool", "install", "Quarry.Tool", "--tool-path", tools, "--add-source", packages, "--prerelease");
        Works(Path.Combine(tools, OperatingSystem.IsWindows() ? "quarry.exe" : "quarry"));
    }

    [Fact]
    public void The_single_file_runs_by_itself()
    {
        string folder = _scratch["published"] + Path.DirectorySeparatorChar;
        Run(
            "dotnet", "publish", Path.Combine(Repository.Root, "src/Quarry.Cli"), "-p:PublishProfile=single-file", "-r", Platform,
            "--artifacts-path", _scratch["artifacts"], $"-p:PublishDir={folder}", "-v", "quiet", "--nologo");

        string file = Directory.GetFiles(folder).ShouldHaveSingleItem();
        Path.GetFileNameWithoutExtension(file).ShouldBe("quarry");
        Works(file);
    }

    private static string Platform => RuntimeInformation.RuntimeIdentifier;

    private static string Library => OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    private void Works(string program)
    {
        string parquet = _scratch["out.parquet"];

        Run(program, "--version").Trim().ShouldBe("0.1.0");
        Run(program, "iocs", "--text", "see 198.51.100.7").ShouldContain("198.51.100.7");
        Run(program, "decode", "--annotate", "--text", "powershell -e aQBlAHgAIAAkAGUAbgB2ADoAeAA=").ShouldContain(">iex $env:x<");
        Run(program, "iocs", "--text", "see 198.51.100.7", "-o", parquet);
        Run(program, "iocs", parquet, "--column", "Observable").ShouldContain("198.51.100.7");
        Run(program, "query", "print x = strcat('al', 'pha') | where x has 'ALPHA'").ShouldContain("alpha");
        Run(program, "demo").ShouldContain("wuhelper.txt");
    }

    private static string[] Entries(string folder, string name)
    {
        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(folder, name + "*.nupkg").ShouldHaveSingleItem());
        return [.. package.Entries.Select(e => e.FullName).Where(e => !e.StartsWith('_') && !e.StartsWith('[') && !e.StartsWith("package/", StringComparison.Ordinal) && !e.EndsWith(".nuspec", StringComparison.Ordinal))];
    }

    private static string[] Dependencies(string folder, string name)
    {
        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(folder, name + "*.nupkg").ShouldHaveSingleItem());
        using Stream specification = package.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return [.. XDocument.Load(specification).Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value)];
    }

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{output}\n{error.Result}");
        return output;
    }
}
