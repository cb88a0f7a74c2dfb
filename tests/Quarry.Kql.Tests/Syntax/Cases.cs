using System.Text.Json;
using Quarry.Testing;

namespace Quarry.Kql.Tests.Syntax;

/// <summary>Queries to parse: those recorded from Kusto and its documentation, and this project's own.</summary>
internal static class Cases
{
    /// <summary>This project's own, one a line: every form of the grammar, and what is close to it and wrong.</summary>
    public static IReadOnlyList<string> Grammar { get; } =
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "grammar.txt"));

    /// <summary>The recorded ones; the calling test is skipped where they are not at hand.</summary>
    public static IReadOnlyList<RecordedCase> Recorded() =>
    [
        .. Read("oracle/kusto-results.jsonl"),
        .. Read("oracle/docs-examples.jsonl"),
    ];

    private static IEnumerable<RecordedCase> Read(string path)
    {
        foreach (string line in File.ReadLines(Corpus.PathOf(path)).Where(line => line.Length > 0))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            string[]? columns = root.TryGetProperty("columns", out JsonElement recorded)
                ? [.. recorded.EnumerateArray().Select(column => column.GetString()!)]
                : null;
            yield return new RecordedCase(
                root.GetProperty("id").GetString()!,
                root.GetProperty("query").GetString()!,
                root.TryGetProperty("rejected", out JsonElement rejected) && rejected.GetBoolean(),
                columns);
        }
    }
}

/// <summary>A query and what was recorded of it.</summary>
/// <param name="Id">Its name in the recording; several may share one.</param>
/// <param name="Query">The text.</param>
/// <param name="IsRejected">Whether Kusto refused it.</param>
/// <param name="Columns">The columns of the result as <c>name:Type</c>; null where they were not recorded.</param>
internal sealed record RecordedCase(string Id, string Query, bool IsRejected, IReadOnlyList<string>? Columns);
