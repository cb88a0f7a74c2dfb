using System.Text.Json;
using System.Text.RegularExpressions;
using Quarry.Data.Sources.Answers;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Sources.Defender;

/// <summary>
/// Reads the answers of advanced hunting: <c>{"schema":[{"name","type"}],"results":[{"column":value}]}</c>. The service cuts rows off
/// at its limit and does not say so: an answer of exactly that many counts as cut short, unless the query asked for so many.
/// </summary>
/// <param name="body">What arrives.</param>
/// <param name="faults">What makes errors of faults.</param>
/// <param name="allowsPartial">Whether an answer that the service cut short is handed out.</param>
internal sealed partial class HuntingAnswer(Stream body, ServiceFaults faults, bool allowsPartial) : AnswerReader(body, faults, allowsPartial, 256 * 1024)
{
    /// <summary>The most rows that the service sends.</summary>
    public const int MostRows = 100_000;

    /// <summary>Whether the query ends in a limit of just so many rows.</summary>
    public bool AsksForTheLimit { get; init; }

    /// <summary>Whether a query ends in <c>take</c> or <c>limit</c> of just the service's limit.</summary>
    public static bool AsksForLimit(string query) => Limit().IsMatch(query);

    /// <inheritdoc/>
    public override IEnumerable<AnswerPart> Read()
    {
        TableSchema? schema = null;
        byte[]? early = null;
        long rows = -1;
        bool isFirst = true;
        Json.Take('{');
        while (Json.NextProperty(ref isFirst, out string name))
        {
            switch (name.ToLowerInvariant())
            {
                case "schema":
                    schema = ReadColumns("results");
                    break;
                case "results" when rows >= 0 || early is not null:
                    throw Faults.Broken("It has its results twice.");
                case "results" when schema is null:
                    early = Json.TakeValue().ToArray();
                    break;
                case "results":
                    rows = 0;
                    foreach (AnswerPart part in Parts(Json, schema))
                    {
                        rows += part.Rows?.RowCount ?? 0;
                        yield return part;
                    }

                    break;
                case "error":
                    ReadErrors();
                    break;
                default:
                    Json.SkipValue();
                    break;
            }
        }

        Json.End();
        if (early is not null && schema is not null)
        {
            rows = 0;
            foreach (AnswerPart part in Parts(new JsonCursor(new MemoryStream(early), Faults), schema))
            {
                rows += part.Rows?.RowCount ?? 0;
                yield return part;
            }
        }

        if (rows == MostRows && !AsksForTheLimit)
        {
            using var cut = JsonDocument.Parse("""{"code":"PartialError","message":"It has exactly 100,000 rows, which is the most that advanced hunting sends"}""");
            Report(cut.RootElement);
        }

        Conclude();
        if (rows < 0)
        {
            throw Faults.Broken(schema is null ? "It has no schema." : "It has no results.");
        }
    }

    private IEnumerable<AnswerPart> Parts(JsonCursor json, TableSchema schema)
    {
        yield return new AnswerPart(schema, null);
        var reader = new HuntingRows(json, Faults, schema);
        while (reader.NextBatch() is { } batch)
        {
            yield return new AnswerPart(null, batch);
        }

        if (reader.Replaced > 0)
        {
            Remarks.Add($"{Counted.Of(reader.Replaced, "text", "texts")} held bytes or escapes that are no character; they are U+FFFD here.");
        }
    }

    [GeneratedRegex(@"\|\s*(take|limit)\s+100000\s*;?\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Limit();
}
