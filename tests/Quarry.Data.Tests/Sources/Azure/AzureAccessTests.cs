using Azure.Core;
using Azure.Identity;
using Quarry.Data.Configuration;
using Quarry.Data.Sources.Azure;
using Quarry.Data.Tests.Configuration;

namespace Quarry.Data.Tests.Sources.Azure;

public sealed class AzureAccessTests
{
    private static readonly TokenRequestContext Any = new(["https://example.org/.default"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("global", "https://api.loganalytics.io/.default", "https://graph.microsoft.com/", "login.microsoftonline.com", "kusto.windows.net")]
    [InlineData("usgov", "https://api.loganalytics.us/.default", "https://graph.microsoft.us/", "login.microsoftonline.us", "kusto.usgovcloudapi.net")]
    [InlineData("cn", "https://api.loganalytics.azure.cn/.default", "https://microsoftgraph.chinacloudapi.cn/", "login.chinacloudapi.cn", "kusto.chinacloudapi.cn")]
    [InlineData("AzureUSGovernment", "https://api.loganalytics.us/.default", "https://graph.microsoft.us/", "login.microsoftonline.us", "kusto.usgovcloudapi.net")]
    [InlineData("dod", "https://api.loganalytics.us/.default", "https://dod-graph.microsoft.us/", "login.microsoftonline.us", "kusto.usgovcloudapi.net")]
    public void A_cloud_knows_its_addresses(string name, string scope, string graph, string login, string kusto)
    {
        AzureCloud cloud = AzureCloud.Named(name)!;

        cloud.LogAnalyticsScope.ShouldBe(scope);
        cloud.Graph.ToString().ShouldBe(graph);
        cloud.Authority.Host.ShouldBe(login);
        cloud.KustoSuffix.ShouldBe(kusto);
    }

    [Fact]
    public async Task Ways_to_sign_in_are_tried_in_order_and_made_only_when_tried()
    {
        var made = new List<string>();
        using var chain = new CredentialChain([
            Way("first", made, () => throw new CredentialUnavailableException("not here. Much advice follows")),
            Way("second", made, () => new Fixed("token")),
            Way("third", made, () => new Fixed("other"))]);
        made.ShouldBeEmpty();

        (await chain.GetTokenAsync(Any, Cancellation)).Token.ShouldBe("token");
        (await chain.GetTokenAsync(Any, Cancellation)).Token.ShouldBe("token");

        made.ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task When_none_works_the_reason_of_each_is_told()
    {
        using var chain = new CredentialChain([
            Way("cli", [], () => throw new CredentialUnavailableException("Please run 'az login'. Much advice follows")),
            Way("env", [], () => throw new ConfigurationException("GONE is not set"))]);

        AuthenticationFailedException error = await Should.ThrowAsync<AuthenticationFailedException>(() => chain.GetTokenAsync(Any, Cancellation).AsTask());

        error.Message.ShouldBe("None of the ways to sign in works. cli: Please run 'az login'. env: GONE is not set.");
    }

    [Fact]
    public async Task What_a_section_lacks_is_named_and_nothing_is_asked_before_a_token_is_needed()
    {
        using var file = new ConfigurationFile("Azure:\n  auth_methods: [env, clientsecret, certificate, devicecode, interactive, cache]\n");
        var access = new AzureAccess(file.Load());

        TokenCredential credential = access.CredentialFor(new CredentialSettings());
        AuthenticationFailedException error = await Should.ThrowAsync<AuthenticationFailedException>(() => credential.GetTokenAsync(Any, Cancellation).AsTask());

        foreach (string said in (string[])["AZURE_CLIENT_ID", "clientsecret needs", "certificate needs", "type a code", "with a browser", "az login"])
        {
            error.Message.ShouldContain(said);
        }
    }

    [Fact]
    public void A_way_or_a_cloud_that_is_not_known_is_named_with_its_line()
    {
        using var file = new ConfigurationFile("Azure:\n  cloud: mars\n  auth_methods: [telepathy]\n");
        var access = new AzureAccess(file.Load());

        Should.Throw<ConfigurationException>(() => access.Cloud).Message.ShouldContain(":2");
        Should.Throw<ConfigurationException>(() => access.CredentialFor(new CredentialSettings(), AzureCloud.Public)).Message.ShouldContain("telepathy");
    }

    [Theory]
    [InlineData("https://evil.example.org")]
    [InlineData("evil.example.org/x")]
    [InlineData("a@evil.example.org#")]
    [InlineData("https://user@v.vault.azure.net")]
    public async Task A_vault_that_is_none_of_the_clouds_gets_no_token(string vault)
    {
        using var file = new ConfigurationFile("");

        await Should.ThrowAsync<ConfigurationException>(() => new AzureAccess(file.Load()).Vaults(vault, "s", Cancellation));
    }

    [Fact]
    public async Task A_vault_whose_tenant_stands_in_a_vault_is_refused()
    {
        using var file = new ConfigurationFile("KeyVault:\n  VaultName: v\n  TenantId:\n    KeyVault: v/tenant\n");

        ConfigurationException error = await Should.ThrowAsync<ConfigurationException>(() => new AzureAccess(file.Load()).Vaults("v", "s", Cancellation));

        error.Message.ShouldContain("cannot come from one");
    }

    [Fact]
    public async Task Ids_may_come_from_the_environment_and_are_named_when_they_do_not()
    {
        using var file = new ConfigurationFile("Azure:\n  auth_methods: [clientsecret]\nDataProviders:\n  Kusto:\n    Args:\n      TenantId: one.example\n      ClientId:\n        EnvironmentVar: GONE\n      ClientSecret: hunter2\n");
        QuarryConfiguration configuration = file.Load();

        TokenCredential credential = new AzureAccess(configuration).CredentialFor(configuration.KustoCluster().Credentials);
        AuthenticationFailedException error = await Should.ThrowAsync<AuthenticationFailedException>(() => credential.GetTokenAsync(Any, Cancellation).AsTask());

        error.Message.ShouldContain("GONE");
        error.ToString().ShouldNotContain("hunter2");
    }

    private static CredentialWay Way(string name, List<string> made, Func<TokenCredential> create) => new(name, _ =>
    {
        made.Add(name);
        return ValueTask.FromResult(create());
    });

    private sealed class Fixed(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
