using Quarry.Data.Configuration;
using Quarry.Data.Sources;
using Quarry.Data.Sources.Http;
using Quarry.Data.Sources.Kusto;
using Quarry.Data.Tests.Configuration;
using Shouldly;
using Xunit;

namespace Quarry.Data.Tests.Sources.Kusto;

public sealed class KustoOpeningTests
{
    private const string Two = "DataProviders:\n  Kusto:\n    Args:\n      Cluster: https://one.kusto.windows.net\n      Database: First\n  Kusto-two:\n    Args:\n      Cluster: http://127.0.0.1:7\n";

    [Theory]
    [InlineData(null, null, "database First of one.kusto.windows.net")]
    [InlineData(null, "Other", "database Other of one.kusto.windows.net")]
    [InlineData("two", "D", "database D of 127.0.0.1")]
    [InlineData("https://one.kusto.windows.net/", null, "database First of one.kusto.windows.net")]
    [InlineData("https://third.kusto.windows.net", "D", "database D of third.kusto.windows.net")]
    public void A_cluster_is_opened_by_name_or_address(string? cluster, string? database, string name)
    {
        using var file = new ConfigurationFile(Two);

        KustoOpening.Open(file.Load(), new ConnectionTarget { Cluster = cluster, Database = database }, new ServiceOptions(), null).Description.Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("two", null, "database")]
    [InlineData("tow", "D", "Did you mean 'two'?")]
    public void What_is_missing_is_said(string cluster, string? database, string says)
    {
        using var file = new ConfigurationFile(Two);

        Should.Throw<ConfigurationException>(() => KustoOpening.Open(file.Load(), new ConnectionTarget { Cluster = cluster, Database = database }, new ServiceOptions(), null)).Message.ShouldContain(says);
    }
}
