using Quarry.Cli.Prompts;
using Quarry.Data.Configuration;

namespace Quarry.Cli.Tests.Verbs;

public sealed class ConfigVerbTests : IDisposable
{
    private const string Id = "11111111-2222-3333-4444-555555555555";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quarry-config-verb-");

    private string ConfigPath => Path.Combine(_folder.FullName, "msticpyconfig.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Show_masks_secrets_and_tells_where_each_value_comes_from()
    {
        File.WriteAllText(ConfigPath, $"AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: {Id}\nDataProviders:\n  Kusto:\n    Args:\n      ClientSecret: s3cret-value\nTIProviders: {{}}\n");

        var run = CommandRun.Of("config", "show", "--config", ConfigPath, "--format", "csv");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain($"AzureSentinel.Workspaces.Default.WorkspaceId,{Id},{ConfigPath}:4");
        run.Output.ShouldContain($"DataProviders.Kusto.Args.ClientSecret,********,{ConfigPath}:8");
        run.Output.ShouldContain("Azure.cloud,global,default");
        run.Output.ShouldContain("TIProviders");
        (run.Output + run.Error).ShouldNotContain("s3cret-value");
    }

    [Fact]
    public void Check_tells_every_problem_and_fails_on_errors()
    {
        File.WriteAllText(ConfigPath, $"AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: nonsense\n      TenantId: {Id}\nAzure:\n  cloud: mars\n");

        var run = CommandRun.Of("config", "check", "--config", ConfigPath);

        run.ExitCode.ShouldBe(1);
        run.Lines.Length.ShouldBe(2);
        run.Lines[0].ShouldContain("\"line\":4");
        run.Lines[1].ShouldContain("\"line\":7");
        run.Error.ShouldContain("2 errors");
    }

    [Fact]
    public void Check_of_a_good_file_is_quiet_and_succeeds()
    {
        File.WriteAllText(ConfigPath, $"AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: {Id}\n      TenantId: {Id}\n");

        var run = CommandRun.Of("config", "check", "--config", ConfigPath);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("no problems");
    }

    [Theory]
    [InlineData("a:\n\tb: 1\n", 2)]
    [InlineData("a: 1\na: 2\n", 2)]
    [InlineData("a: &x 1\n", 1)]
    [InlineData("AzureSentinel: [1]\n", 1)]
    public void Check_of_a_file_that_cannot_be_read_names_the_line(string text, int line)
    {
        File.WriteAllText(ConfigPath, text);

        var run = CommandRun.Of("config", "check", "--config", ConfigPath);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain($"\"line\":{line},\"severity\":\"error\"");
        CommandRun.Of("config", "show", "--config", ConfigPath).Error.ShouldContain($"line {line} ");
    }

    [Fact]
    public void Init_writes_a_file_that_only_its_owner_reads_and_that_reads_back()
    {
        var run = CommandRun.Of("config", "init", "--workspace-id", Id, "--tenant-id", "contoso.onmicrosoft.com", "--resource-group", "a \"quoted\": #group\\ 😀\t", "--cluster", "https://help.kusto.windows.net", "--auth-method", "cli", "-o", ConfigPath);

        run.ExitCode.ShouldBe(0, run.Error);
        QuarryConfiguration read = QuarryConfiguration.Load(ConfigPath);
        read.Workspace().ResourceGroup!.Text.ShouldBe("a \"quoted\": #group\\ 😀\t");
        read.Azure.AuthMethods.Select(method => method.Text).ShouldBe(["cli"]);
        read.KustoCluster().Cluster!.Text.ShouldBe("https://help.kusto.windows.net");
        CommandRun.Of("config", "check", "--config", ConfigPath).ExitCode.ShouldBe(0);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(ConfigPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Init_never_overwrites_without_force()
    {
        File.WriteAllText(ConfigPath, "mine");

        var refused = CommandRun.Of("config", "init", "--workspace-id", Id, "-o", ConfigPath);
        refused.ExitCode.ShouldBe(1);
        File.ReadAllText(ConfigPath).ShouldBe("mine");

        CommandRun.Of("config", "init", "--workspace-id", Id, "--force", "-o", ConfigPath).ExitCode.ShouldBe(0);
        File.ReadAllText(ConfigPath).ShouldContain(Id);
        _folder.GetFiles().Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("config", "init")]
    [InlineData("config", "init", "--tenant-id", "x.example")]
    [InlineData("config", "init", "--workspace-id", "nonsense")]
    [InlineData("config", "init", "--workspace-id", Id, "--cloud", "mars")]
    [InlineData("config", "init", "--workspace-id", Id, "--auth-method", "telepathy")]
    [InlineData("config", "init", "--database", "x")]
    public void Init_refuses_what_would_not_work_and_writes_nothing(params string[] arguments)
    {
        var run = CommandRun.Of([.. arguments, "-o", ConfigPath]);

        run.ExitCode.ShouldBe(2);
        File.Exists(ConfigPath).ShouldBeFalse();
    }

    [Fact]
    public void Init_asks_again_for_an_id_that_is_none()
    {
        using var answers = new StringReader($"nonsense\n{Id}\n\ncontoso.onmicrosoft.com\n\nusgov\ncli, env\n\n\nlogs\n");
        using var questions = new StringWriter();

        ConfigurationDraft draft = new ConfigurationQuestions(answers, questions).Ask();

        draft.WorkspaceId.ShouldBe(Id);
        draft.Name.ShouldBe("Default");
        draft.Cloud.ShouldBe("usgov");
        draft.AuthMethods.ShouldBe(["cli", "env"]);
        draft.DataFolders.ShouldBe(["logs"]);
        questions.ToString().ShouldContain("That is no id");
    }

    [Fact]
    public void The_draft_of_nothing_is_comments_and_an_Azure_section_that_reads_back()
    {
        new ConfigurationDraft().Write(ConfigPath);

        QuarryConfiguration read = QuarryConfiguration.Load(ConfigPath);

        read.Workspaces.ShouldBeEmpty();
        read.Azure.Cloud.Text.ShouldBe("global");
        read.OtherSections.ShouldBeEmpty();
    }

    [Fact]
    public void Help_and_search_know_the_verb()
    {
        CommandRun.Of("config", "--help").Output.ShouldContain("check");
        CommandRun.Of("search", "msticpyconfig").Output.ShouldContain("\"verb\":\"config\"");
        CommandRun.Of("config", "chekc").Error.ShouldContain("Try: quarry config --help");
    }
}
