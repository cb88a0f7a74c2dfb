using Quarry.Tables;

namespace Quarry.Data.Files.Readers;

/// <summary>Rows of delimited text with a header. An unquoted empty field is null, a quoted one the empty string.</summary>
internal sealed class CsvReader : IRowReader
{
    private readonly CsvRows _rows;
    private readonly string _source;
    private readonly FilePlan _plan;
    private readonly ReadReport _report;
    private readonly int[] _columns; // per column of the table the field it takes, or Missing or Overflow
    private readonly bool[] _isString;
    private byte[] _unquoted = [];

    /// <summary>Reads the rows behind the header.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="plan">What is known of the file.</param>
    /// <param name="sink">Where the rows will go.</param>
    /// <param name="options">The limits.</param>
    /// <param name="report">Where malformed rows are reported.</param>
    public CsvReader(TextBuffer text, FilePlan plan, RowSink sink, InputOptions options, ReadReport report)
    {
        _rows = new CsvRows(text, plan.Delimiter, options.LargestRow);
        _source = plan.Source.Name;
        _plan = plan;
        _report = report;
        _isString = [.. sink.Schema.Select(c => c.Type == ColumnType.String)];

        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < plan.Columns.Count; i++)
        {
            positions.Add(plan.Columns[i], i);
        }

        _columns = [.. sink.Schema.Select((c, i) => sink.IsOverflow(i) ? TableInput.Overflow : positions.GetValueOrDefault(c.Name, TableInput.Missing))];
        _rows.Next(0);
    }

    /// <inheritdoc/>
    public bool ReadRow(RowSink sink)
    {
        while (_rows.Next(_plan.Columns.Count))
        {
            if (_rows.Fault is { } fault)
            {
                _report.AddMalformed(_source, _rows.Line, fault, _rows.Raw);
                continue;
            }

            ReadOnlySpan<CsvField> fields = _rows.Fields;
            ReadOnlySpan<byte> text = _rows.Text;
            for (int i = 0; i < _columns.Length; i++)
            {
                if (_columns[i] >= 0)
                {
                    Append(sink, i, text, fields[_columns[i]]);
                }
                else if (_columns[i] == TableInput.Missing)
                {
                    sink.AppendNull(i);
                }
            }

            sink.EndRow();
            return true;
        }

        return false;
    }

    /// <summary>The content of a field as text, doubled quotes made single.</summary>
    public static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> text, CsvField field, ref byte[] buffer)
    {
        ReadOnlySpan<byte> content = text.Slice(field.Start, field.Length);
        if (!field.HasPairs)
        {
            return content;
        }

        if (buffer.Length < content.Length)
        {
            buffer = new byte[Math.Max(content.Length, 1024)];
        }

        return buffer.AsSpan(0, CsvRows.Unquote(content, buffer));
    }

    private void Append(RowSink sink, int column, ReadOnlySpan<byte> text, CsvField field)
    {
        bool isNull = field.Length == 0 && (!field.IsQuoted || (!_isString[column] && !_plan.QuotesMeanText));
        if (isNull)
        {
            sink.AppendNull(column);
        }
        else if (_isString[column])
        {
            sink.AppendText(column, Content(text, field, ref _unquoted));
        }
        else
        {
            sink.AppendField(column, Content(text, field, ref _unquoted));
        }
    }
}
