using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Quarry.Data.Kql;
using Quarry.Data.Sources.Answers;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Sources.Sentinel;

/// <summary>Several queries in one request: <c>{"requests":[{"id","headers","body","method","path","workspace"}]}</c>, answered by <c>{"responses":[{"id","status","body"}]}</c>.</summary>
internal sealed class SentinelBatch(Guid workspace, IReadOnlyList<SourceQuery> queries)
{
    /// <summary>The request's body.</summary>
    public byte[] Body(Func<SourceQuery, byte[]> bodyOf, Func<SourceQuery, string> preferOf)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("requests");
            for (int i = 0; i < queries.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("id", Id(i));
                json.WriteStartObject("headers");
                json.WriteString("Content-Type", "application/json");
                json.WriteString("Prefer", preferOf(queries[i]));
                json.WriteEndObject();
                json.WritePropertyName("body");
                json.WriteRawValue(bodyOf(queries[i]));
                json.WriteString("method", "POST");
                json.WriteString("path", "/query");
                json.WriteString("workspace", workspace);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    /// <summary>The answers, in the order of the queries; one that the service left out is an error of its own.</summary>
    public static IReadOnlyList<BatchAnswer> Read(JsonElement answer, IReadOnlyList<SourceQuery> queries, ServiceFaults faults)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("responses", out JsonElement responses) || responses.ValueKind != JsonValueKind.Array)
        {
            throw faults.Broken("It holds no responses.");
        }

        var byId = new Dictionary<string, JsonElement>();
        foreach (JsonElement response in responses.EnumerateArray())
        {
            if (response.ValueKind == JsonValueKind.Object && response.TryGetProperty("id", out JsonElement id))
            {
                byId[id.ToString()] = response;
            }
        }

        return [.. queries.Select((query, i) => byId.TryGetValue(Id(i), out JsonElement response)
            ? One(response, query, faults)
            : new BatchAnswer(null, faults.Broken(string.Create(CultureInfo.InvariantCulture, $"It has no response for query {i + 1} of {queries.Count}."))))];
    }

    private static BatchAnswer One(JsonElement response, SourceQuery query, ServiceFaults faults)
    {
        int status = response.TryGetProperty("status", out JsonElement given) && given.TryGetInt32(out int number) ? number : 0;
        if (!response.TryGetProperty("body", out JsonElement body))
        {
            return new BatchAnswer(null, faults.Broken("A response has no body."));
        }

        if (status is < 200 or >= 300)
        {
            return new BatchAnswer(null, faults.Status(status, ServiceError.Of(body), null));
        }

        try
        {
            return new BatchAnswer(Gather(body, query, faults), null);
        }
        catch (SourceException error)
        {
            return new BatchAnswer(null, error);
        }
    }

    private static KqlResult Gather(JsonElement body, SourceQuery query, ServiceFaults faults)
    {
        var reader = new TablesAnswer(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(body)), faults, query.AllowsPartial);
        var tables = new List<List<Table>>();
        var schemas = new List<TableSchema>();
        foreach (AnswerPart part in reader.Read())
        {
            if (part.Schema is { } schema)
            {
                schemas.Add(schema);
                tables.Add([]);
            }
            else
            {
                tables[^1].Add(part.Rows!);
            }
        }

        List<Table> whole = [.. tables.Select((rows, i) => Table.Concat(schemas[i], rows))];
        return new KqlResult(whole.Count > 0 ? whole[^1] : new TableBuilder(new TableSchema([])).Build(), reader.Remarks) { Tables = whole, Render = reader.Render, IsPartial = reader.IsPartial };
    }

    private static string Id(int query) => (query + 1).ToString(CultureInfo.InvariantCulture);
}
