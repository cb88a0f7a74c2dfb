using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quarry.Data.Kql;
using Quarry.Tables;
using Quarry.Web.Kusto;

namespace Quarry.Web.Tests.Kusto;

/// <summary>A served database with a small table, and a client.</summary>
public sealed class ServedTables : IAsyncLifetime
{
    public KqlDatabase Database { get; } = KqlDatabase.Create(new KqlDatabaseOptions { Threads = 2, Now = new DateTime(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc) });

    public LoopbackServer Server { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new TableBuilder(new TableSchema(
        [
            new("TimeGenerated", ColumnType.DateTime), new("Text", ColumnType.String), new("Number", ColumnType.Long), new("Ratio", ColumnType.Real),
            new("Exact", ColumnType.Decimal), new("Span", ColumnType.TimeSpan), new("Id", ColumnType.Guid), new("Flag", ColumnType.Bool), new("Bag", ColumnType.Dynamic), new("Small", ColumnType.Int),
        ]));
        builder.AddRow(new DateTime(2026, 3, 1, 1, 2, 3, DateTimeKind.Utc).AddTicks(4_567_891), "a\"\u0001<b>😀", long.MaxValue, double.NaN, 1.5m, new TimeSpan(1, 2, 3, 4), Guid.Parse("00000000-0000-0000-0000-000000000001"), true, """{"k":[1,"x"]}""", 7);
        builder.AddRow(new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc), "", null, double.NegativeInfinity, null, null, null, false, null, null);
        builder.AddRow(null, "third", -1L, 0.1, 0.0m, TimeSpan.FromTicks(-1), null, null, "\"text\"", int.MinValue);
        Database.AddTable("Events", builder.Build());
        Server = await KustoEndpoint.StartAsync(Database, name: "Case");
        Client = new HttpClient { BaseAddress = Server.Address };
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, object body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Default) };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await Client.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<HttpStatusCode> StatusAsync(string path, string body)
    {
        using HttpResponseMessage response = await Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Database.Dispose();
    }
}
