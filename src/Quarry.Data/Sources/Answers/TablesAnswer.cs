using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>
/// Reads answers that are one object with an array of tables: <c>{"Tables":[{"TableName","Columns":[{"ColumnName","ColumnType"}],"Rows":[[…]]}]}</c>
/// of Kusto's version 1 and <c>{"tables":[{"name","columns":[{"name","type"}],"rows":[[…]]}],"render":…,"error":…}</c> of Log
/// Analytics. The properties come in any order; rows that come before their columns are held in memory up to the bound of one value.
/// </summary>
/// <param name="body">What arrives.</param>
/// <param name="faults">What makes errors of faults.</param>
/// <param name="allowsPartial">Whether an answer that the service cut short is handed out.</param>
/// <param name="bufferBytes">The bytes that are asked for at once.</param>
internal sealed class TablesAnswer(Stream body, ServiceFaults faults, bool allowsPartial = false, int bufferBytes = 256 * 1024)
    : AnswerReader(body, faults, allowsPartial, bufferBytes)
{
    /// <inheritdoc/>
    public override IEnumerable<AnswerPart> Read()
    {
        bool hasTables = false;
        bool hasError = false;
        bool isFirst = true;
        Json.Take('{');
        while (Json.NextProperty(ref isFirst, out string name))
        {
            switch (name.ToLowerInvariant())
            {
                case "tables":
                    hasTables = true;
                    bool isFirstTable = true;
                    Json.Take('[');
                    while (Json.NextElement(ref isFirstTable))
                    {
                        foreach (AnswerPart part in ReadTable())
                        {
                            yield return part;
                        }
                    }

                    break;
                case "error" or "exceptions" or "oneapierrors":
                    hasError |= Json.Next() != 'n';
                    ReadErrors();
                    break;
                case "render":
                    Render = Parsed(Json.TakeValue(), Visualization.Of);
                    break;
                default:
                    Json.SkipValue();
                    break;
            }
        }

        Json.End();
        Conclude();
        if (!hasTables && !hasError)
        {
            throw Faults.Broken("It holds no tables.");
        }
    }

    private IEnumerable<AnswerPart> ReadTable()
    {
        string name = "";
        TableSchema? schema = null;
        bool hasRows = false;
        byte[]? early = null;
        bool isFirst = true;
        Json.Take('{');
        while (Json.NextProperty(ref isFirst, out string property))
        {
            switch (property.ToLowerInvariant())
            {
                case "tablename" or "name":
                    name = Json.TryTakeNull() ? "" : Json.TakeText();
                    break;
                case "columns":
                    schema = ReadColumns(name);
                    break;
                case "rows" when hasRows:
                    throw Faults.Broken($"Table '{name}' has its rows twice.");
                case "rows" when schema is null:
                    hasRows = true;
                    early = Json.TakeValue().ToArray();
                    break;
                case "rows":
                    hasRows = true;
                    foreach (AnswerPart part in Parts(Json, name, schema))
                    {
                        yield return part;
                    }

                    break;
                default:
                    Json.SkipValue();
                    break;
            }
        }

        if (schema is null || !hasRows)
        {
            throw Faults.Broken($"Table '{name}' has no {(schema is null ? "columns" : "rows")}.");
        }

        if (early is not null)
        {
            foreach (AnswerPart part in Parts(new JsonCursor(new MemoryStream(early), Faults), name, schema))
            {
                yield return part;
            }
        }
    }

    private IEnumerable<AnswerPart> Parts(JsonCursor json, string name, TableSchema schema)
    {
        yield return new AnswerPart(schema, null);
        foreach (Table rows in ReadRows(json, name, schema))
        {
            yield return new AnswerPart(null, rows);
        }
    }
}
