using Quarry.Data.Configuration;

namespace Quarry.Data.Tests.Configuration;

public sealed class QuarryConfigurationTests
{
    private const string Id = "11111111-2222-3333-4444-555555555555";

    // Every section that MSTICPy's documentation shows, in its shapes; words and values are ours.
    private const string Whole = """
        AzureSentinel:
          Workspaces:
            # the usual one
            Default:
              WorkspaceId: "11111111-2222-3333-4444-555555555555"
              TenantId: 22222222-2222-3333-4444-555555555555
              SubscriptionId: 33333333-2222-3333-4444-555555555555
              ResourceGroup: soc
              WorkspaceName: Main
            Second:
              WorkspaceId: 44444444-2222-3333-4444-555555555555
              TenantId: contoso.onmicrosoft.com
              Args:
                client_id: 55555555-2222-3333-4444-555555555555
                ClientSecret:
                  EnvironmentVar: SECOND_SECRET
        UserDefaults:
          QueryProviders:
            - AzureSentinel:
              - Default: asi
        TIProviders:
          OTX:
            Args:
              AuthKey: do-not-look
        Azure:
          cloud: usgov
          auth_methods: ["env", "cli"]
        QueryDefinitions:
          Custom:
            - ./queries
            - ~/more
        KeyVault:
          TenantId: 22222222-2222-3333-4444-555555555555
          VaultName: myvault
        DataProviders:
          Kusto:
            Args:
              Cluster: https://one.kusto.windows.net
              IntegratedAuth: True
          Kusto-two:
            Args:
              Cluster: https://two.kusto.windows.net
              ClientId: 55555555-2222-3333-4444-555555555555
              TenantId: 22222222-2222-3333-4444-555555555555
              ClientSecret:
                KeyVault:
          MicrosoftDefender-Tenant1:
            Args:
              ClientId: 55555555-2222-3333-4444-555555555555
              ClientSecret:
                KeyVault: other/defender
              TenantId: 22222222-2222-3333-4444-555555555555
          LocalData:
            data_paths:
              - /data/one
              - /data/two
          Splunk:
            Args:
              host: x
        KustoClusters:
          ClusterDefaults:
            Args:
              TenantId: 66666666-2222-3333-4444-555555555555
          ClusterGroups:
            Europe: [Third]
          Third:
            Args:
              Cluster: https://third.westeurope.kusto.windows.net
              Databases: [Security, Other]
            ClusterGroups:
              - All
        """;

    [Fact]
    public void Every_section_of_a_file_is_read_and_the_rest_is_kept()
    {
        using var file = new ConfigurationFile(Whole);
        file.Variables["SECOND_SECRET"] = "s3cret";

        QuarryConfiguration read = file.Load();

        read.Workspaces.Select(one => one.Name).ShouldBe(["Default", "Second"]);
        read.Workspace().WorkspaceName!.Text.ShouldBe("Main");
        read.Workspace("second").Credentials.ClientId!.Text.ShouldStartWith("5555");
        read.Azure.Cloud.Text.ShouldBe("usgov");
        read.Azure.AuthMethods.Select(one => one.Text).ShouldBe(["env", "cli"]);
        read.QueryFolders.Select(one => one.Text).ShouldBe(["./queries", "~/more"]);
        read.KustoClusters.Select(one => (one.Name, one.Cluster!.Text)).ShouldBe([
            ("Kusto", "https://one.kusto.windows.net"), ("two", "https://two.kusto.windows.net"), ("Third", "https://third.westeurope.kusto.windows.net")]);
        read.KustoCluster("third").Credentials.TenantId!.Text.ShouldStartWith("6666");
        read.KustoCluster("third").Databases.Select(one => one.Text).ShouldBe(["Security", "Other"]);
        read.KustoCluster("third").Groups.Select(one => one.Text).ShouldBe(["All", "Europe"]);
        read.Defender.Single().Name.ShouldBe("Tenant1");
        read.LocalData.DataPaths.Select(one => one.Text).ShouldBe(["/data/one", "/data/two"]);
        read.OtherSections.Select(one => one.Section).ShouldBe(["UserDefaults", "TIProviders", "DataProviders.Splunk"]);
    }

    [Fact]
    public void Each_value_knows_where_it_comes_from()
    {
        using var file = new ConfigurationFile(Whole);

        QuarryConfiguration read = file.Load();

        read.Workspace().WorkspaceId!.Origin.ToString().ShouldBe($"{file.File}:5");
        read.Workspace("Second").Credentials.ClientSecret!.Origin.ToString().ShouldBe($"environment variable SECOND_SECRET ({file.File}:16)");
        read.KustoCluster("two").Credentials.ClientSecret!.Origin.Name.ShouldBe("myvault/DataProviders-Kusto-two-Args-ClientSecret");
        read.DefenderTenant().Credentials.ClientSecret!.Origin.Name.ShouldBe("other/defender");
        using var empty = new ConfigurationFile("");
        empty.Load().Azure.Cloud.Origin.ToString().ShouldBe("default");
    }

    [Fact]
    public void The_file_is_looked_for_in_order()
    {
        using var file = new ConfigurationFile();
        file.Load().Path.ShouldBeNull();

        string home = Path.Combine(Directory.CreateDirectory(Path.Combine(file.Home, ".msticpy")).FullName, QuarryConfiguration.FileName);
        File.WriteAllText(home, "");
        file.Load().Path.ShouldBe(home);

        File.WriteAllText(file.File, "");
        file.Load().Path.ShouldBe(file.File);

        string named = Path.Combine(file.Home, "named.yaml");
        File.WriteAllText(named, "");
        file.Variables[QuarryConfiguration.PathVariable] = "~/named.yaml";
        file.Load().Path.ShouldBe(named);

        string given = Path.Combine(file.Work, "given.yaml");
        File.WriteAllText(given, "");
        file.Load("given.yaml").Path.ShouldBe(given);
    }

    [Fact]
    public void A_file_that_is_named_and_not_there_is_an_error()
    {
        using var file = new ConfigurationFile("");

        Should.Throw<ConfigurationException>(() => file.Load("none.yaml")).Message.ShouldContain("none.yaml");
        file.Variables[QuarryConfiguration.PathVariable] = "gone.yaml";
        Should.Throw<ConfigurationException>(() => file.Load()).Message.ShouldContain("MSTICPYCONFIG");
    }

    [Theory]
    [InlineData("AzureSentinel: 5", 1)]
    [InlineData("AzureSentinel:\n  Workspaces:\n    - Default", 3)]
    [InlineData("AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId: [a]", 4)]
    [InlineData("AzureSentinel:\n  Workspaces:\n    Default:\n      WorkspaceId:\n        Other: x", 5)]
    [InlineData("Azure:\n  auth_methods:\n    cli: true", 3)]
    [InlineData("QueryDefinitions: [a]", 1)]
    [InlineData("- a\n- b", 1)]
    [InlineData("just text", 1)]
    [InlineData("KustoClusters:\n  A:\n    Args: x", 3)]
    public void A_value_of_the_wrong_kind_is_an_error_with_its_line(string text, int line)
    {
        using var file = new ConfigurationFile(text);

        Should.Throw<ConfigurationException>(() => file.Load()).Line.ShouldBe(line);
        file.Check().ShouldContain(problem => problem.Line == line && problem.Severity == ProblemSeverity.Error);
    }

    [Fact]
    public void A_workspace_is_found_by_any_of_its_names()
    {
        using var file = new ConfigurationFile(Whole);
        QuarryConfiguration read = file.Load();

        read.Workspace("main").Name.ShouldBe("Default");
        read.Workspace(Id).Name.ShouldBe("Default");
        Should.Throw<ConfigurationException>(() => read.Workspace("Secnod")).Message.ShouldContain("Did you mean 'Second'?");
        read.KustoCluster("third").Name.ShouldBe("Third");
        read.KustoCluster("https://two.kusto.windows.net/").Name.ShouldBe("two");
        read.KustoCluster("two.kusto.windows.net").Name.ShouldBe("two");
    }

    [Fact]
    public void The_only_workspace_needs_no_name_and_several_need_one()
    {
        using var one = new ConfigurationFile($"AzureSentinel:\n  Workspaces:\n    Lab:\n      WorkspaceId: {Id}\n");
        one.Load().Workspace().Name.ShouldBe("Lab");

        using var two = new ConfigurationFile($"AzureSentinel:\n  Workspaces:\n    A:\n      WorkspaceId: {Id}\n    B:\n      WorkspaceId: {Id}\n");
        Should.Throw<ConfigurationException>(() => two.Load().Workspace()).Message.ShouldContain("A, B");

        using var none = new ConfigurationFile();
        Should.Throw<ConfigurationException>(() => none.Load().Workspace()).Message.ShouldContain("quarry config init");
    }

    [Fact]
    public async Task Secrets_are_told_on_demand_and_shown_to_nobody()
    {
        using var file = new ConfigurationFile("""
            DataProviders:
              Kusto:
                Args:
                  Cluster: https://user:hunter2@one.kusto.windows.net
                  ClientSecret: plain-s3cret
              MicrosoftDefender:
                Args:
                  ClientSecret:
                    KeyVault: vault/secret
            """);
        QuarryConfiguration read = file.Load();
        ConfiguredValue plain = read.KustoCluster().Credentials.ClientSecret!;
        ConfiguredValue vault = read.DefenderTenant().Credentials.ClientSecret!;

        string everything = string.Join('\n', read.Values.Select(value => $"{value.Setting} {value} {value.Origin}")) + string.Join('\n', file.Check());

        everything.ShouldNotContain("plain-s3cret");
        everything.ShouldNotContain("hunter2");
        plain.Text.ShouldBeNull();
        (await plain.RevealAsync(null, TestContext.Current.CancellationToken)).ShouldBe("plain-s3cret");
        (await vault.RevealAsync((name, secret, _) => Task.FromResult($"{name}:{secret}"), TestContext.Current.CancellationToken)).ShouldBe("vault:secret");
    }

    [Fact]
    public async Task A_secret_from_a_variable_that_is_not_set_says_which()
    {
        using var file = new ConfigurationFile("DataProviders:\n  Kusto:\n    Args:\n      ClientSecret:\n        EnvironmentVar: GONE\n");

        ConfigurationException error = await Should.ThrowAsync<ConfigurationException>(() => file.Load().KustoCluster().Credentials.ClientSecret!.RevealAsync(null, TestContext.Current.CancellationToken));

        error.Message.ShouldContain("GONE");
        file.Check().ShouldContain(problem => problem.Line == 5 && problem.Message.Contains("GONE"));
    }
}
