using System.Net;
using System.Text.Json.Nodes;

namespace Quarry.Web.Tests.Kusto;

public sealed class KustoEndpointTests(ServedTables served) : IClassFixture<ServedTables>
{
    private static object Query(string text, object? properties = null) => new { db = "Case", csl = text, properties };

    [Fact]
    public async Task Answers_a_query_with_frames_of_version_2()
    {
        (HttpStatusCode status, JsonNode body) = await served.PostAsync("/v2/rest/query", Query("Events | sort by Number asc"));

        status.ShouldBe(HttpStatusCode.OK);
        body.AsArray().Select(frame => (string)frame!["FrameType"]!).ShouldBe(["DataSetHeader", "DataTable", "DataTable", "DataTable", "DataSetCompletion"]);
        JsonNode table = body[2]!;
        ((string)table["TableKind"]!).ShouldBe("PrimaryResult");
        table["Columns"]!.AsArray().Select(column => $"{column!["ColumnName"]}:{column["ColumnType"]}").ShouldBe(
            ["TimeGenerated:datetime", "Text:string", "Number:long", "Ratio:real", "Exact:decimal", "Span:timespan", "Id:guid", "Flag:bool", "Bag:dynamic", "Small:int"]);
        table["Rows"]!.AsArray().Select(row => row!.ToJsonString(Readable)).ShouldBe(
        [
            """["2026-03-02T00:00:00.0000000Z","",null,"-Infinity",null,null,null,false,null,null]""",
            """[null,"third",-1,0.1,"0","-00:00:00.0000001",null,null,"text",-2147483648]""",
            """["2026-03-01T01:02:03.4567891Z","a\"\u0001<b>\uD83D\uDE00",9223372036854775807,"NaN","1.5","1.02:03:04","00000000-0000-0000-0000-000000000001",true,{"k":[1,"x"]},7]""",
        ]);
        ((bool)body[4]!["HasErrors"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task Writes_dynamic_values_as_texts_where_that_is_asked()
    {
        object options = new { Options = new { response_dynamic_serialization = "string" } };

        (_, JsonNode body) = await served.PostAsync("/v2/rest/query", Query("print d = dynamic({'a':[1]})", options));

        ((string)body[2]!["Rows"]![0]![0]!).ShouldBe("{\"a\":[1]}");
    }

    [Fact]
    public async Task Answers_in_parts_where_that_is_asked()
    {
        object options = new { Options = new { results_progressive_enabled = true } };

        (_, JsonNode body) = await served.PostAsync("/v2/rest/query", Query("range x from 1 to 200000 step 1", options));

        JsonArray frames = body.AsArray();
        ((bool)frames[0]!["IsProgressive"]!).ShouldBeTrue();
        JsonNode[] fragments = [.. frames.Where(frame => (string)frame!["FrameType"]! == "TableFragment").Select(frame => frame!)];
        fragments.Length.ShouldBeGreaterThan(1);
        fragments.Sum(fragment => fragment["Rows"]!.AsArray().Count).ShouldBe(200_000);
        ((long)frames.Single(frame => (string)frame!["FrameType"]! == "TableCompletion")!["RowCount"]!).ShouldBe(200_000);
    }

    [Fact]
    public async Task Answers_a_query_with_tables_of_version_1()
    {
        (_, JsonNode body) = await served.PostAsync("/v1/rest/query", Query("Events | where Small == 7 | project Flag, Number; print 1"));

        JsonArray tables = body["Tables"]!.AsArray();
        tables.Count.ShouldBe(2);
        tables[0]!["Columns"]!.ToJsonString().ShouldBe("""[{"ColumnName":"Flag","DataType":"SByte","ColumnType":"bool"},{"ColumnName":"Number","DataType":"Int64","ColumnType":"long"}]""");
        tables[0]!["Rows"]!.ToJsonString().ShouldBe("[[true,9223372036854775807]]");
        tables[1]!["Rows"]!.ToJsonString().ShouldBe("[[1]]");
    }

    [Fact]
    public async Task Takes_values_of_parameters_as_literals()
    {
        object properties = new { Parameters = new { t = "'third'", n = "long(-1)", at = "datetime(2026-03-01)", bag = "dynamic({\"a\":[1,2]})" } };

        (_, JsonNode body) = await served.PostAsync(
            "/v2/rest/query",
            Query("declare query_parameters(t:string, n:long, at:datetime, bag:dynamic); Events | where Text == t and Number == n | project Text, at, bag.a[1]", properties));

        body[2]!["Rows"]!.ToJsonString().ShouldBe("""[["third","2026-03-01T00:00:00.0000000Z",2]]""");
    }

    [Fact]
    public async Task Reads_only_rows_of_the_time_that_a_request_names()
    {
        object properties = new { Options = new { query_datetimescope_from = "2026-03-01T00:00:00Z", query_datetimescope_to = "2026-03-02T00:00:00Z", query_datetimescope_column = "TimeGenerated" } };

        (_, JsonNode body) = await served.PostAsync("/v2/rest/query", Query("Events | count", properties));

        body[2]!["Rows"]!.ToJsonString().ShouldBe("[[1]]");
    }

    [Fact]
    public async Task Hands_on_what_render_says()
    {
        (_, JsonNode body) = await served.PostAsync("/v2/rest/query", Query("Events | project TimeGenerated, Ratio | render timechart with (title='Ratio')"));

        JsonNode drawn = JsonNode.Parse((string)body[1]!["Rows"]![0]![2]!)!;
        ((string)drawn["Visualization"]!).ShouldBe("timechart");
        ((string)drawn["Title"]!).ShouldBe("Ratio");
    }

    [Theory]
    [InlineData("/v2/rest/query", "Evnts | count", "Events")]
    [InlineData("/v1/rest/query", "Events | wher x", "line 1")]
    [InlineData("/v2/rest/query", "Events | extend x = Text + 1", "line 1")]
    public async Task Refuses_a_query_that_is_not_right_before_any_row(string path, string text, string said)
    {
        (HttpStatusCode status, JsonNode body) = await served.PostAsync(path, Query(text));

        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string)body["error"]!["code"]!).ShouldBe("SemanticError");
        ((string)body["error"]!["message"]!).ShouldContain(said);
        ((bool)body["error"]!["@permanent"]!).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"db\":\"Case\"")]
    [InlineData("{\"db\":\"Case\"}")]
    [InlineData("{\"db\":\"Case\",\"csl\":{}}")]
    [InlineData("{\"db\":\"Other\",\"csl\":\"print 1\"}")]
    [InlineData("{\"db\":\"Case\",\"csl\":\"print 1\",\"properties\":\"{\"}")]
    [InlineData("{\"db\":\"Case\",\"csl\":\"print 1\",\"properties\":{\"Options\":{\"servertimeout\":\"soon\"}}}")]
    public async Task Refuses_a_request_that_is_none(string body) =>
        (await served.StatusAsync("/v2/rest/query", body)).ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Ends_an_answer_that_fails_after_its_first_rows_with_the_error()
    {
        object properties = new { Options = new { servertimeout = "00:00:00.4" } };

        (HttpStatusCode status, JsonNode body) = await served.PostAsync("/v2/rest/query", Query("range a from 1 to 100000 step 1 | extend k=1 | join kind=inner (range b from 1 to 100000 step 1 | extend k=1) on k | project a, b", properties));

        // Whether rows were there in time is the machine's business; a whole answer is not.
        if (status == HttpStatusCode.OK)
        {
            JsonNode completion = body.AsArray()[^1]!;
            ((bool)completion["HasErrors"]!).ShouldBeTrue();
            ((string)completion["OneApiErrors"]![0]!["error"]!["message"]!).ShouldContain("stopped after 0.4 s");
        }
        else
        {
            status.ShouldBe(HttpStatusCode.GatewayTimeout);
            ((string)body["error"]!["message"]!).ShouldContain("stopped after 0.4 s");
        }
    }

    [Fact]
    public async Task Cancels_a_query_by_its_clients_id()
    {
        Task<(HttpStatusCode Status, JsonNode Body)> endless = served.PostAsync(
            "/v2/rest/query",
            Query("range a from 1 to 1000000 step 1 | extend k=1 | join kind=inner (range b from 1 to 1000000 step 1 | extend k=1) on k | summarize sum(a*b)"),
            ("x-ms-client-request-id", "hunt;1"));
        HttpStatusCode cancelled = HttpStatusCode.BadRequest;
        for (int tries = 0; tries < 200 && cancelled != HttpStatusCode.OK; tries++)
        {
            await Task.Delay(20);
            cancelled = (await served.PostAsync("/v1/rest/mgmt", new { db = "Case", csl = ".cancel query \"hunt;1\"" })).Status;
        }

        (HttpStatusCode status, JsonNode body) = await endless;

        cancelled.ShouldBe(HttpStatusCode.OK);
        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string)body["error"]!["code"]!).ShouldBe("QueryCancelled");
    }

    [Theory]
    [InlineData(".show tables", """[["Events","Case","",""]]""")]
    [InlineData(".show databases | project DatabaseName", "\"Case\"")]
    [InlineData(".show database ['Case'] schema as json", "OrderedColumns")]
    [InlineData(".show databases schema as json", "CslType")]
    [InlineData(".show table ['Events'] cslschema", "TimeGenerated:datetime,Text:string")]
    [InlineData(".show table \"Events\" schema as json", "System.DateTime")]
    [InlineData(".show table Events", "[\"Case\",\"Events\",\"Flag\",\"System.SByte\"]")]
    [InlineData(".show version", "Engine")]
    [InlineData(".show functions", "[]")]
    [InlineData(".show tables details", "3")]
    public async Task Shows_its_schema(string command, string holds)
    {
        (HttpStatusCode status, JsonNode body) = await served.PostAsync("/v1/rest/mgmt", new { db = "Case", csl = command });

        status.ShouldBe(HttpStatusCode.OK);
        body["Tables"]![0]!["Rows"]!.ToJsonString(Readable).Replace("\\\"", "\"", StringComparison.Ordinal).ShouldContain(holds);
    }

    [Theory]
    [InlineData(".drop table Events", "read only")]
    [InlineData(".ingest inline into table Events <| 1", "read only")]
    [InlineData(".show principals", "does not answer")]
    [InlineData(".show table Nothing cslschema", "no table 'Nothing'")]
    public async Task Refuses_a_command_that_it_does_not_answer(string command, string said)
    {
        (HttpStatusCode status, JsonNode body) = await served.PostAsync("/v1/rest/mgmt", new { db = "Case", csl = command });

        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string)body["error"]!["message"]!).ShouldContain(said);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Answers_nobody_but_this_machine(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/rest/query") { Content = new StringContent("{\"db\":\"Case\",\"csl\":\"Events\"}") };
        request.Headers.TryAddWithoutValidation(header, value);

        using HttpResponseMessage response = await served.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
