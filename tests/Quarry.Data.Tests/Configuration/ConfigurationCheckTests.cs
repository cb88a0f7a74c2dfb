using Quarry.Data.Configuration;

namespace Quarry.Data.Tests.Configuration;

public sealed class ConfigurationCheckTests
{
    private const string Id = "11111111-2222-3333-4444-555555555555";

    [Fact]
    public void A_good_file_has_no_problems()
    {
        using var file = new ConfigurationFile($"AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: {Id}\n      TenantId: {Id}\nAzure:\n  cloud: global\n  auth_methods: [cli, device_code]\n");

        file.Check().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: your-workspace-id\n      TenantId: " + Id, 4, ProblemSeverity.Error, "no id")]
    [InlineData("AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: " + Id + "\n      TenantId: nonsense", 5, ProblemSeverity.Error, "no tenant")]
    [InlineData("AzureSentinel:\n  Workspaces:\n    Default:\n      TenantId: " + Id, 3, ProblemSeverity.Error, "no WorkspaceId")]
    [InlineData("AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: " + Id, 3, ProblemSeverity.Warning, "no TenantId")]
    [InlineData("AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspceId: x", 4, ProblemSeverity.Hint, "no key of a workspace")]
    [InlineData("AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceID: " + Id, 4, ProblemSeverity.Hint, "capitals")]
    [InlineData("AzureSentinel:\n  Workspaces:\n    A: {WorkspaceId: " + Id + "}\n    B: {WorkspaceId: " + Id + "}", 3, ProblemSeverity.Warning, "none is called Default")]
    [InlineData("AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: " + Id + "\n      Endpoint: http://example.org", 5, ProblemSeverity.Error, "without encryption")]
    [InlineData("Azure:\n  cloud: usgv", 2, ProblemSeverity.Error, "no cloud 'usgv'")]
    [InlineData("Azure:\n  cloud: de", 2, ProblemSeverity.Error, "no cloud 'de'")]
    [InlineData("Azure:\n  auth_methods: [cli, intractive]", 2, ProblemSeverity.Error, "intractive")]
    [InlineData("Azure:\n  auth_methods: [cache]", 2, ProblemSeverity.Warning, "store of tokens")]
    [InlineData("QueryDefinitions:\n  Custom:\n    - /no/such/folder", 3, ProblemSeverity.Warning, "no folder")]
    [InlineData("DataProviders:\n  Kusto:\n    Args:\n      Cluster: not an address", 4, ProblemSeverity.Error, "no address")]
    [InlineData("DataProviders:\n  Kusto:\n    Args:\n      ClientSecret: abc", 4, ProblemSeverity.Hint, "plain text")]
    [InlineData("DataProviders:\n  Kusto:\n    Args:\n      ClientSecret: abc", 4, ProblemSeverity.Error, "no ClientId")]
    [InlineData("DataProviders:\n  Kusto:\n    Args:\n      ClientSecret:\n        KeyVault:", 5, ProblemSeverity.Error, "no vault")]
    public void Each_problem_has_its_line_and_a_remedy(string text, int line, ProblemSeverity severity, string says)
    {
        using var file = new ConfigurationFile(text);

        ConfigurationProblem found = file.Check().First(problem => problem.Message.Contains(says));

        found.Line.ShouldBe(line);
        found.Severity.ShouldBe(severity);
        found.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_file_that_is_no_yaml_is_one_problem_with_its_line()
    {
        using var file = new ConfigurationFile("a: 1\na: 2\n");

        ConfigurationProblem only = file.Check().ShouldHaveSingleItem();

        only.Line.ShouldBe(2);
        only.Severity.ShouldBe(ProblemSeverity.Error);
    }

    [Fact]
    public void Several_problems_come_by_line()
    {
        using var file = new ConfigurationFile("Azure:\n  cloud: xx\n  auth_methods: [yy]\nAzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: zz\n");

        file.Check().Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.Line).ShouldBe([2, 3, 7]);
    }

    [Fact]
    public void A_file_with_secrets_that_others_can_read_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no modes there");
        using var file = new ConfigurationFile("DataProviders:\n  Kusto:\n    Args:\n      ClientSecret: abc\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        file.Check().ShouldContain(problem => problem.Remedy.StartsWith("chmod 600"));
    }
}
