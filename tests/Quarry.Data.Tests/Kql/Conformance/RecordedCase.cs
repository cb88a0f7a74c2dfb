using System.Text.Json;
using Quarry.Testing;

namespace Quarry.Data.Tests.Kql.Conformance;

/// <summary>A query and what a real Kusto answered.</summary>
/// <param name="Id">Its name in the recording; several may share one.</param>
/// <param name="Query">The text.</param>
/// <param name="IsRejected">Whether Kusto refused it.</param>
/// <param name="Columns">The columns of the result as <c>name:Type</c>.</param>
/// <param name="RowCount">How many rows there were.</param>
/// <param name="Rows">The rows as Kusto's client prints them; of many the first eight.</param>
internal sealed record RecordedCase(string Id, string Query, bool IsRejected, IReadOnlyList<string> Columns, int RowCount, IReadOnlyList<string> Rows)
{
    /// <summary>All that was recorded; the calling test is skipped where the recording is not at hand.</summary>
    public static IReadOnlyList<RecordedCase> All() => [.. File.ReadLines(Corpus.PathOf("oracle/kusto-results.jsonl")).Where(line => line.Length > 0).Select(Read)];

    private static RecordedCase Read(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        return new RecordedCase(
            root.GetProperty("id").GetString()!,
            root.GetProperty("query").GetString()!,
            root.TryGetProperty("rejected", out JsonElement rejected) && rejected.GetBoolean(),
            Texts(root, "columns"),
            root.TryGetProperty("rowCount", out JsonElement count) ? count.GetInt32() : 0,
            Texts(root, "rows"));
    }

    private static string[] Texts(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];
}
