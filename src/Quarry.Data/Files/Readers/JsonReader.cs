using System.Text;

namespace Quarry.Data.Files.Readers;

/// <summary>Rows of JSON objects. A key that an object has twice counts with its last value; a key that is missing, and null, are null.</summary>
internal sealed class JsonReader : IRowReader
{
    private readonly IRecordSplitter _records;
    private readonly string _source;
    private readonly ReadReport _report;
    private readonly KeyTable _table = new();
    private readonly JsonKeys _keys;
    private readonly JsonScanner _scanner = new();
    private readonly int[] _columns; // per column of the table the number of its key, or Overflow
    private readonly int[] _properties; // per key the property of the current record
    private readonly long[] _seenIn; // per key the last record that had it
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private long _record;

    /// <summary>Reads the rows of a file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="plan">What is known of the file.</param>
    /// <param name="sink">Where the rows will go.</param>
    /// <param name="options">The limits.</param>
    /// <param name="report">Where malformed rows are reported.</param>
    public JsonReader(TextBuffer text, FilePlan plan, RowSink sink, InputOptions options, ReadReport report)
    {
        _records = Splitter(text, plan.Format, options.LargestRow);
        _source = plan.Source.Name;
        _report = report;

        // A key that the file shows only later may be a column by another file.
        IEnumerable<string> columns = sink.Schema.Where((_, i) => !sink.IsOverflow(i)).Select(c => c.Name);
        foreach (string key in plan.Columns.Union(columns, StringComparer.Ordinal))
        {
            _table.Add(Encoding.UTF8.GetBytes(key));
        }

        _columns = [.. sink.Schema.Select((c, i) => sink.IsOverflow(i) ? TableInput.Overflow : _table.Find(Encoding.UTF8.GetBytes(c.Name)))];

        _keys = new JsonKeys(_table);
        _properties = new int[_table.Count];
        _seenIn = new long[_table.Count];
    }

    /// <summary>What cuts a file of a format into records.</summary>
    public static IRecordSplitter Splitter(TextBuffer text, FileFormat format, int largestRow) =>
        format == FileFormat.Jsonl ? new LineSplitter(text, largestRow) : new JsonValueSplitter(text, largestRow);

    /// <inheritdoc/>
    public bool ReadRow(RowSink sink)
    {
        while (_records.Next())
        {
            ReadOnlySpan<byte> record = _records.Record;
            if (_records.Fault is { } fault)
            {
                _report.AddMalformed(_source, _records.Line, fault, record);
                continue;
            }

            if (!_scanner.TryReadObject(record))
            {
                _report.AddMalformed(_source, _records.Line, _scanner.Fault!, record);
                continue;
            }

            Append(sink, record);
            return true;
        }

        return false;
    }

    private void Append(RowSink sink, ReadOnlySpan<byte> record)
    {
        _record++;
        ReadOnlySpan<JsonProperty> properties = _scanner.Properties;
        bool hasUnknown = false;
        for (int p = 0; p < properties.Length; p++)
        {
            ReadOnlySpan<byte> key = _keys.Text(record, properties[p].Name, out int replaced);
            if (replaced > 0)
            {
                _report.AddReplacedEscapes(replaced);
            }

            int number = _keys.Find(key, p);
            if (number < 0)
            {
                hasUnknown = true;
                continue;
            }

            if (_seenIn[number] == _record)
            {
                _report.AddDuplicateKeys(1);
            }

            _seenIn[number] = _record;
            _properties[number] = p;
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            int number = _columns[i];
            if (number == TableInput.Overflow)
            {
                continue;
            }

            if (_seenIn[number] == _record && properties[_properties[number]].Value is { Kind: not JsonKind.Null } value)
            {
                sink.AppendJson(i, record, value);
            }
            else
            {
                sink.AppendNull(i);
            }
        }

        if (hasUnknown && sink.TakesExtra)
        {
            AppendUnknown(sink, record, properties);
        }

        sink.EndRow();
    }

    // From the last to the first, so that the last value of a repeated key is the one kept.
    private void AppendUnknown(RowSink sink, ReadOnlySpan<byte> record, ReadOnlySpan<JsonProperty> properties)
    {
        _unknown.Clear();
        for (int p = properties.Length - 1; p >= 0; p--)
        {
            ReadOnlySpan<byte> key = _keys.Text(record, properties[p].Name, out _);
            if (_table.Find(key) >= 0)
            {
                continue;
            }

            if (!_unknown.Add(Encoding.UTF8.GetString(key)))
            {
                _report.AddDuplicateKeys(1);
                continue;
            }

            JsonValue value = properties[p].Value;
            int quote = value.Kind == JsonKind.String ? 1 : 0;
            sink.AddExtra(key, record.Slice(value.Start - quote, value.Length + (2 * quote)), isString: false);
        }
    }
}
