using System.Net;
using System.Text.Json.Nodes;

namespace Quarry.Web.Tests.Kusto;

public sealed class LogAnalyticsEndpointTests(ServedTables served) : IClassFixture<ServedTables>
{
    private const string Workspace = "/v1/workspaces/11111111-2222-3333-4444-555555555555";

    [Fact]
    public async Task Answers_a_query()
    {
        (HttpStatusCode status, JsonNode body) = await served.PostAsync(Workspace + "/query", new { query = "Events | where Number < 0 | project Number, Bag" });

        status.ShouldBe(HttpStatusCode.OK);
        body.ToJsonString().ShouldBe("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"Number","type":"long"},{"name":"Bag","type":"dynamic"}],"rows":[[-1,"\u0022text\u0022"]]}]}""");
    }

    [Theory]
    [InlineData("2026-03-01T00:00:00Z/2026-03-02T00:00:00Z", 1)]
    [InlineData("2026-03-01/P2D", 2)]
    [InlineData("P1D/2026-03-02T12:00:00Z", 1)]
    [InlineData("P4D", 2)]
    [InlineData("P1D", 0)]
    [InlineData(null, 3)]
    public async Task Reads_only_rows_of_its_timespan(string? timespan, int rows)
    {
        (_, JsonNode body) = await served.PostAsync(Workspace + "/query", new { query = "Events | count", timespan });

        ((int)body["tables"]![0]!["rows"]![0]![0]!).ShouldBe(rows);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-03-01/tomorrow")]
    [InlineData("P9999999999D")]
    [InlineData("1/2/3")]
    public async Task Refuses_a_timespan_that_is_none(string timespan)
    {
        (HttpStatusCode status, JsonNode body) = await served.PostAsync(Workspace + "/query", new { query = "Events", timespan });

        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string)body["error"]!["message"]!).ShouldContain("ISO 8601");
    }

    [Fact]
    public async Task Stops_when_the_time_that_the_client_waits_is_over()
    {
        (HttpStatusCode status, JsonNode body) = await served.PostAsync(
            Workspace + "/query",
            new { query = "range a from 1 to 1000000 step 1 | extend k=1 | join kind=inner (range b from 1 to 1000000 step 1 | extend k=1) on k | summarize sum(a*b)" },
            ("Prefer", "wait=1, include-statistics=true"));

        status.ShouldBe(HttpStatusCode.GatewayTimeout);
        ((string)body["error"]!["message"]!).ShouldContain("stopped after 1 s");
    }

    [Fact]
    public async Task Lists_tables_with_their_columns()
    {
        JsonNode body = JsonNode.Parse(await served.Client.GetStringAsync(Workspace + "/metadata"))!;

        JsonNode table = body["tables"]!.AsArray().Single()!;
        ((string)table["name"]!).ShouldBe("Events");
        ((string)table["timespanColumn"]!).ShouldBe("TimeGenerated");
        table["columns"]![0]!.ToJsonString().ShouldBe("""{"name":"TimeGenerated","type":"datetime"}""");
        ((string)body["workspaces"]![0]!["id"]!).ShouldStartWith("11111111");
    }

    [Fact]
    public async Task Answers_each_query_of_a_batch_with_its_own_status()
    {
        (HttpStatusCode status, JsonNode body) = await served.PostAsync("/v1/$batch", new
        {
            requests = new[]
            {
                new { id = "1", workspace = "w", method = "POST", path = "/query", body = new { query = "Events | count" } },
                new { id = "2", workspace = "w", method = "POST", path = "/query", body = new { query = "Nothing" } },
            },
        });

        status.ShouldBe(HttpStatusCode.OK);
        JsonArray answers = body["responses"]!.AsArray();
        answers.Select(answer => (int)answer!["status"]!).ShouldBe([200, 400]);
        ((int)answers[0]!["body"]!["tables"]![0]!["rows"]![0]![0]!).ShouldBe(3);
        ((string)answers[1]!["body"]!["error"]!["message"]!).ShouldContain("Nothing");
    }

    [Fact]
    public async Task Answers_a_query_in_the_address()
    {
        JsonNode body = JsonNode.Parse(await served.Client.GetStringAsync(Workspace + "/query?query=Events%20%7C%20count&timespan=P4D"))!;

        ((int)body["tables"]![0]!["rows"]![0]![0]!).ShouldBe(2);
    }
}
