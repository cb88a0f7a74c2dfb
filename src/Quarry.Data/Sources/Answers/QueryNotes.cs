using System.Text.Json;

namespace Quarry.Data.Sources.Answers;

/// <summary>What Kusto notes about a query: <c>{"Count":1,"Text":"…"}</c>.</summary>
internal static class QueryNotes
{
    private const int Longest = 500;

    /// <summary>The text of a note.</summary>
    public static string TextOf(string payload)
    {
        string text = payload;
        try
        {
            using var note = JsonDocument.Parse(payload);
            if (note.RootElement.ValueKind == JsonValueKind.Object && note.RootElement.TryGetProperty("Text", out JsonElement said) && said.ValueKind == JsonValueKind.String)
            {
                text = said.GetString()!;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Then it is the text itself.
        }

        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
