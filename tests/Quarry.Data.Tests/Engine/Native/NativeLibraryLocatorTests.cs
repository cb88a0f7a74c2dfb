using Quarry.Data.Engine;
using Quarry.Data.Engine.Native;

namespace Quarry.Data.Tests.Engine.Native;

public sealed class NativeLibraryLocatorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quarry-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Looks_beside_the_program_and_in_its_runtimes()
    {
        string[] candidates = [.. NativeLibraryLocator.Candidates(["/app", "", "/app"])];

        candidates.ShouldBe(
        [
            Path.Combine("/app", NativeLibraryLocator.FileName),
            Path.Combine("/app", "runtimes", NativeLibraryLocator.RuntimeIdentifier, "native", NativeLibraryLocator.FileName),
        ]);
    }

    [Fact]
    public void Tells_what_it_looked_for_and_where()
    {
        string broken = Path.Combine(_folder, NativeLibraryLocator.FileName);
        File.WriteAllText(broken, "not a library");
        string missing = Path.Combine(_folder, "none", NativeLibraryLocator.FileName);

        EngineException error = Should.Throw<EngineException>(() => NativeLibraryLocator.Load([broken, missing]));

        error.Message.ShouldContain($"{missing}: not there");
        error.Message.ShouldContain($"{broken}: ");
        error.Message.ShouldContain(NativeLibraryLocator.RuntimeIdentifier);
    }

    [Fact]
    public void Finds_the_library_that_the_build_laid_down()
        => File.Exists(Path.Combine(AppContext.BaseDirectory, "runtimes", NativeLibraryLocator.RuntimeIdentifier, "native", NativeLibraryLocator.FileName)).ShouldBeTrue();
}
