using System.Text.Json;
using Quarry.Data.Kql;
using Quarry.Data.Sources.Http;
using Quarry.Tables;

namespace Quarry.Data.Sources.Answers;

/// <summary>
/// Reads the answer to a query as it arrives. Its parts end without an error only where the whole answer has arrived, was well-formed,
/// fitted what it says of itself, and reported no error.
/// </summary>
internal abstract class AnswerReader
{
    private readonly bool _allowsPartial;
    private ServiceError? _error;

    /// <summary>A reader.</summary>
    /// <param name="body">What arrives.</param>
    /// <param name="faults">What makes errors of faults.</param>
    /// <param name="allowsPartial">Whether an answer that the service cut short is handed out.</param>
    /// <param name="bufferBytes">The bytes that are asked for at once.</param>
    protected AnswerReader(Stream body, ServiceFaults faults, bool allowsPartial, int bufferBytes)
    {
        Json = new JsonCursor(body, faults, bufferBytes);
        Faults = faults;
        _allowsPartial = allowsPartial;
    }

    /// <summary>What there is to know beside the rows; complete at the end.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Whether the service cut the answer short; known at the end.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>How the query wants its result drawn, as the service understood it.</summary>
    public KqlRender? Render { get; protected set; }

    /// <summary>How much is done, 0 to 1, where the service tells it.</summary>
    public double? Share { get; protected set; }

    /// <summary>The answer.</summary>
    protected JsonCursor Json { get; }

    /// <summary>What makes errors of faults.</summary>
    protected ServiceFaults Faults { get; }

    /// <summary>The parts of the answer, in order; to be enumerated once.</summary>
    public abstract IEnumerable<AnswerPart> Read();

    /// <summary>Reads the columns of a table: an array of objects with a name and a type.</summary>
    protected TableSchema ReadColumns(string table)
    {
        var names = new List<string>();
        var types = new List<ColumnType>();
        Json.Take('[');
        bool isFirst = true;
        while (Json.NextElement(ref isFirst))
        {
            (string? name, ColumnType? type) = Parsed(Json.TakeValue(), column => (AnswerColumns.NameOf(column), AnswerColumns.TypeOf(column)));
            names.Add(name ?? throw Faults.Broken($"Table '{table}' has a column without a name."));
            types.Add(type ?? throw Faults.Broken($"Table '{table}', column '{name}' is of a type that there is not."));
        }

        string[] unique = AnswerColumns.Unique(names, (given, made) => Remarks.Add($"Table '{table}' of the answer has two columns '{given}': one is named '{made}' here."));
        return new TableSchema(unique.Zip(types, (name, type) => new ColumnSchema(name, type)));
    }

    /// <summary>The rows of a table, where the cursor stands before their array, as batches.</summary>
    protected IEnumerable<Table> ReadRows(JsonCursor json, string table, TableSchema schema, long firstRow = 0)
    {
        var rows = new RowReader(json, Faults, table, schema, firstRow, Report);
        while (rows.NextBatch() is { } batch)
        {
            yield return batch;
        }

        if (rows.Replaced > 0)
        {
            Remarks.Add($"Table '{table}': {Counted.Of(rows.Replaced, "text", "texts")} held bytes or escapes that are no character; they are U+FFFD here.");
        }

        if (rows.Rounded > 0)
        {
            Remarks.Add($"Table '{table}': {Counted.Of(rows.Rounded, "decimal", "decimals")} had more than 28 digits and were rounded.");
        }
    }

    /// <summary>Takes note of an array of errors, or of null.</summary>
    protected void ReadErrors()
    {
        Parsed(Json.TakeValue(), errors =>
        {
            Report(errors);
            return true;
        });
    }

    /// <summary>Takes note of an error, or of each of an array of them.</summary>
    protected void Report(JsonElement said)
    {
        if (said.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement one in said.EnumerateArray())
            {
                Report(one);
            }
        }
        else if (said.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            // The first tells what went wrong; what follows is most often its echo.
            _error ??= ServiceError.Of(said);
        }
    }

    /// <summary>Throws what was reported, now that all was read.</summary>
    protected void Conclude()
    {
        if (_error is not { } error)
        {
            return;
        }

        _error = null;
        if (!AnswerErrors.IsCutShort(error))
        {
            throw AnswerErrors.Of(error, Faults);
        }

        PartialResultException partial = Faults.CutShort(error);
        IsPartial = _allowsPartial ? true : throw partial;
        Remarks.Add(partial.Message);
    }

    /// <summary>What is made of a small part of the answer.</summary>
    protected T Parsed<T>(ReadOnlySpan<byte> value, Func<JsonElement, T> use)
    {
        try
        {
            var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = JsonCursor.Deepest });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return use(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no UTF-8, or half of a surrogate pair.
            throw Faults.Broken($"A part of it is no JSON: {fault.Message}", fault);
        }
    }
}
