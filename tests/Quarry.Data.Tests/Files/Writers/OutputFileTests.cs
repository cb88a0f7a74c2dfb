using Quarry.Data.Files.Writers;

namespace Quarry.Data.Tests.Files.Writers;

public sealed class OutputFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("quarry-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void The_name_appears_only_when_the_file_is_whole()
    {
        string path = Path.Combine(_directory, "out.csv");
        using (OutputFile file = OutputFile.Create(path))
        {
            file.Stream.Write("a\n"u8);
            file.Stream.Flush();

            File.Exists(path).ShouldBeFalse();

            file.Commit();
        }

        File.ReadAllText(path).ShouldBe("a\n");
        Directory.GetFiles(_directory).ShouldBe([path]);
    }

    [Fact]
    public void Left_before_its_end_it_leaves_nothing_and_keeps_what_was_there()
    {
        string path = Path.Combine(_directory, "out.csv");
        File.WriteAllText(path, "old");
        using (OutputFile file = OutputFile.Create(path))
        {
            file.Stream.Write("new"u8);
        }

        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(_directory).ShouldBe([path]);
    }

    [Fact]
    public void A_link_keeps_being_one()
    {
        string target = Path.Combine(_directory, "target.csv");
        string link = Path.Combine(_directory, "link.csv");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        using (OutputFile file = OutputFile.Create(link))
        {
            file.Stream.Write("new"u8);
            file.Commit();
        }

        File.ReadAllText(target).ShouldBe("new");
        new FileInfo(link).LinkTarget.ShouldBe(target);
    }

    [Fact]
    public void A_directory_is_refused() =>
        Should.Throw<QuarryException>(() => OutputFile.Create(_directory)).Message.ShouldContain("is a directory");

    [Fact]
    public void A_directory_that_is_not_there_is_named() =>
        Should.Throw<QuarryException>(() => OutputFile.Create(Path.Combine(_directory, "no", "out.csv")))
            .Message.ShouldContain(Path.Combine(_directory, "no"));

    [Fact]
    public void A_full_disk_is_an_error_that_names_the_file()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full to stand for a full disk.");
        using OutputFile file = OutputFile.Create("/dev/full");
        file.Stream.Write(new byte[100]);

        Should.Throw<QuarryException>(file.Commit).Message.ShouldContain("/dev/full");

        File.GetAttributes("/dev/full").HasFlag(FileAttributes.Directory).ShouldBeFalse();
    }
}
