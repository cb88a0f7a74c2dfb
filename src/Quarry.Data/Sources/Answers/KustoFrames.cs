using System.Globalization;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>
/// Reads answers of Kusto's version 2: an array of frames. Whole tables, tables in fragments, and progressive answers, in which rows
/// that were sent may be replaced: of these, and only of these, the rows are held until their table is complete.
/// </summary>
/// <param name="body">What arrives.</param>
/// <param name="faults">What makes errors of faults.</param>
/// <param name="allowsPartial">Whether an answer that the service cut short is handed out.</param>
/// <param name="bufferBytes">The bytes that are asked for at once.</param>
internal sealed class KustoFrames(Stream body, ServiceFaults faults, bool allowsPartial = false, int bufferBytes = 256 * 1024)
    : AnswerReader(body, faults, allowsPartial, bufferBytes)
{
    /// <summary>The most rows that are read of a table about the query.</summary>
    private const int MostNotes = 10_000;

    private readonly Dictionary<long, KustoTable> _open = [];
    private bool _isProgressive;
    private bool _isComplete;

    /// <inheritdoc/>
    public override IEnumerable<AnswerPart> Read()
    {
        if (Json.Next() == '{')
        {
            // An error after the status line was sent: a whole body of its own.
            ReadErrors();
            Json.End();
            Conclude();
            throw Faults.Broken("It is an object, and no array of frames.");
        }

        bool isFirst = true;
        Json.Take('[');
        while (Json.NextElement(ref isFirst))
        {
            foreach (AnswerPart part in ReadFrame())
            {
                yield return part;
            }
        }

        Json.End();
        Conclude();
        if (!_isComplete || _open.Count > 0)
        {
            throw Faults.Broken(_isComplete ? $"Table '{_open.First().Value.Name}' was never completed." : "Its frame 'DataSetCompletion' is missing.");
        }
    }

    private IEnumerable<AnswerPart> ReadFrame()
    {
        var frame = new KustoFrame();
        bool isFirst = true;
        Json.Take('{');
        while (Json.NextProperty(ref isFirst, out string name))
        {
            if (name != "Rows")
            {
                ReadProperty(frame, name);
                continue;
            }

            if (frame.HasRows)
            {
                throw Faults.Broken($"Table '{frame.TableName}' has its rows twice in one frame.");
            }

            frame.HasRows = true;
            if (!frame.IsKnown)
            {
                frame.EarlyRows = Json.TakeValue().ToArray();
                continue;
            }

            foreach (AnswerPart part in ReadRows(frame, Json))
            {
                yield return part;
            }
        }

        foreach (AnswerPart part in Close(frame))
        {
            yield return part;
        }
    }

    private void ReadProperty(KustoFrame frame, string name)
    {
        switch (name)
        {
            case "FrameType": frame.Type = Text(); break;
            case "TableId": frame.TableId = (long?)Number(name); break;
            case "TableName": frame.TableName = Text() ?? ""; break;
            case "TableKind": frame.TableKind = Text() ?? ""; break;
            case "Columns": frame.Schema = ReadColumns(frame.TableName ?? ""); break;
            case "TableFragmentType": frame.FragmentType = Text(); break;
            case "RowCount": frame.RowCount = (long?)Number(name); break;
            case "TableProgress": frame.Progress = Number(name); break;
            case "IsProgressive": frame.IsProgressive = Truth(name); break;
            case "HasErrors": frame.HasErrors = Truth(name); break;
            case "Cancelled": frame.IsCancelled = Truth(name); break;
            case "OneApiErrors": ReadErrors(); break;
            default: Json.SkipValue(); break;
        }
    }

    private IEnumerable<AnswerPart> Close(KustoFrame frame)
    {
        if (frame.EarlyRows is { } early)
        {
            if (!frame.IsKnown)
            {
                throw Faults.Broken($"A frame '{frame.Type}' has rows, and does not say of what columns.");
            }

            foreach (AnswerPart part in ReadRows(frame, new JsonCursor(new MemoryStream(early), Faults)))
            {
                yield return part;
            }
        }

        switch (frame.Type)
        {
            case null:
                throw Faults.Broken("A frame does not say of what type it is.");
            case "DataTable" or "TableFragment" when !frame.HasRows:
                throw Faults.Broken($"A frame '{frame.Type}' has no rows.");
            case "DataSetHeader":
                _isProgressive = frame.IsProgressive;
                break;
            case "TableHeader":
                KustoTable table = Open(frame);
                if (table.IsPrimary)
                {
                    yield return new AnswerPart(table.Schema, null);
                }

                break;
            case "TableProgress":
                Share = frame.Progress is >= 0 and <= 100 ? frame.Progress / 100 : Share;
                break;
            case "TableCompletion":
                foreach (Table rows in Complete(frame))
                {
                    yield return new AnswerPart(null, rows);
                }

                break;
            case "DataSetCompletion":
                Complete(frame.HasErrors, frame.IsCancelled);
                break;
        }
    }

    private IEnumerable<AnswerPart> ReadRows(KustoFrame frame, JsonCursor json)
    {
        if (frame.Type == "TableFragment")
        {
            foreach (Table rows in ReadFragment(frame, json))
            {
                yield return new AnswerPart(null, rows);
            }
        }
        else if (frame.TableKind is "PrimaryResult" or "")
        {
            Refuse(_open.Values.Any(other => other.IsPrimary), "It begins a table before the one before it is complete.");
            yield return new AnswerPart(frame.Schema, null);
            foreach (Table rows in ReadRows(json, frame.TableName!, frame.Schema!))
            {
                yield return new AnswerPart(null, rows);
            }
        }
        else if (frame.TableKind is "QueryProperties" or "QueryCompletionInformation")
        {
            int count = 0;
            foreach (Table rows in ReadRows(json, frame.TableName!, frame.Schema!))
            {
                count += rows.RowCount;
                if (count <= MostNotes)
                {
                    Note(frame.TableKind, rows);
                }
            }
        }
        else
        {
            json.SkipValue();
        }
    }

    private IEnumerable<Table> ReadFragment(KustoFrame frame, JsonCursor json)
    {
        KustoTable table = Opened(frame);
        if (!table.IsPrimary)
        {
            json.SkipValue();
            yield break;
        }

        if (frame.FragmentType == "DataReplace")
        {
            Refuse(table.Rows > table.Held.Sum(rows => (long)rows.RowCount), $"It replaces rows of table '{table.Name}' that it did not say could be replaced.");
            table.Held.Clear();
            table.Rows = 0;
        }
        else
        {
            Refuse(frame.FragmentType != "DataAppend", $"A fragment of table '{table.Name}' is of the unknown type '{frame.FragmentType}'.");
        }

        foreach (Table rows in ReadRows(json, table.Name, table.Schema, table.Rows))
        {
            table.Rows += rows.RowCount;
            if (_isProgressive)
            {
                table.Held.Add(rows);
            }
            else
            {
                yield return rows;
            }
        }
    }

    private KustoTable Open(KustoFrame frame)
    {
        if (frame.TableId is not { } id || frame.Schema is null)
        {
            throw Faults.Broken($"The header of table '{frame.TableName}' has no {(frame.Schema is null ? "columns" : "number")}.");
        }

        var table = new KustoTable(frame.TableName ?? "", frame.Schema, frame.TableKind is "PrimaryResult" or "" or null);
        Refuse(table.IsPrimary && _open.Values.Any(other => other.IsPrimary), "It begins a table before the one before it is complete.");
        Refuse(!_open.TryAdd(id, table), $"It begins table {id} twice.");
        return table;
    }

    private KustoTable Opened(KustoFrame frame) =>
        frame.TableId is { } id && _open.TryGetValue(id, out KustoTable? table) ? table : throw Faults.Broken($"A frame '{frame.Type}' is of a table that has no header.");

    private List<Table> Complete(KustoFrame frame)
    {
        KustoTable table = Opened(frame);
        _open.Remove(frame.TableId!.Value);
        Refuse(
            table.IsPrimary && frame.RowCount is { } count && count != table.Rows,
            string.Create(CultureInfo.InvariantCulture, $"Table '{table.Name}' is said to have {frame.RowCount:N0} rows, and {table.Rows:N0} were sent."));
        return table.Held;
    }

    private void Complete(bool hasErrors, bool isCancelled)
    {
        _isComplete = true;
        Conclude();
        if (isCancelled || (hasErrors && !IsPartial))
        {
            throw Faults.Inside(new ServiceError(null, isCancelled ? "The query was cancelled." : "The query ended in an error, of which nothing is said."), SourceFault.ServiceFailed, "Ask again.");
        }
    }

    // What Kusto says of the query in tables beside its result.
    private void Note(string kind, Table rows)
    {
        (string key, string value) = kind == "QueryProperties" ? ("Key", "Value") : ("LevelName", "Payload");
        int keys = rows.Schema.IndexOf(key);
        int values = rows.Schema.IndexOf(value);
        if (keys < 0 || values < 0)
        {
            return;
        }

        for (int row = 0; row < rows.RowCount; row++)
        {
            string named = rows[keys].GetValue(row)?.ToString() ?? "";
            string said = rows[values].GetValue(row)?.ToString() ?? "";
            if (named == "Visualization")
            {
                Render = Visualization.Read(said) ?? Render;
            }
            else if (named is "Warning" or "Error")
            {
                Remarks.Add($"The service says: {SecretText.Masked(QueryNotes.TextOf(said))}");
            }
        }
    }

    private void Refuse(bool isWrong, string how)
    {
        if (isWrong)
        {
            throw Faults.Broken(how);
        }
    }

    private string? Text() => Json.TryTakeNull() ? null : Json.TakeText();

    private double? Number(string name)
    {
        if (Json.TryTakeNull())
        {
            return null;
        }

        return double.TryParse(Json.TakeScalar(), CultureInfo.InvariantCulture, out double number) && Math.Abs(number) < 1e15
            ? number
            : throw Json.Broken($"'{name}' is no number");
    }

    private bool Truth(string name) => Json.TakeScalar() switch
    {
        [(byte)'t', (byte)'r', (byte)'u', (byte)'e'] => true,
        [(byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e'] or [(byte)'n', (byte)'u', (byte)'l', (byte)'l'] => false,
        _ => throw Json.Broken($"'{name}' is neither true nor false"),
    };
}
