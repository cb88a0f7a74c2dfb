using System.Text;
using Quarry.Data.Files;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>The columns of a table in files, and how they are read: found out once, when the table is added.</summary>
internal sealed class FileColumns
{
    // Types and columns are known when rows are read: what is left to see is how a file is divided into fields.
    private const int SampleBytes = 64 << 10;

    private readonly TableSchema _seen;
    private readonly FileFormat? _json;
    private readonly bool _isDelimited;
    private readonly string? _overflow;

    /// <summary>The columns that files show, and those that are known to be of the table.</summary>
    public FileColumns(TableInput look, TableSchema known)
    {
        // Delimited text is read as text, and what does not read as its column's type is null: nothing overflows.
        _isDelimited = look.Formats.All(format => format is FileFormat.Csv or FileFormat.Tsv or FileFormat.Lines or FileFormat.Text);
        _json = look.Formats.Count == 1 && look.Formats.Single() is FileFormat.Json or FileFormat.Jsonl ? look.Formats.Single() : null;
        _overflow = look.OverflowName;
        _seen = look.Stream.Schema;
        Schema = new TableSchema(known.Concat(_seen.Where(column => known.IndexOf(column.Name) < 0 && !(_isDelimited && column.Name == _overflow))));
        Known = known;
    }

    /// <summary>The table's columns: those known first.</summary>
    public TableSchema Schema { get; }

    private TableSchema Known { get; }

    /// <summary>How the rows are read from now on.</summary>
    public InputOptions ToRead(InputOptions options)
    {
        // The header has to be in the sample; a record of JSON does not, once it is known how they are divided.
        int header = 8 * _seen.Sum(column => Encoding.UTF8.GetByteCount(column.Name) + 3);
        int sample = _isDelimited ? Math.Max(SampleBytes, header) : _json is not null ? SampleBytes : options.SampleBytes;
        InputOptions reading = options with { Format = options.Format ?? _json, SampleBytes = Math.Min(options.SampleBytes, sample) };
        return _isDelimited
            ? reading with { Typing = ValueTyping.Text, KnownColumns = [.. Known.Where(column => _seen.IndexOf(column.Name) < 0).Select(column => column.Name)] }
            : reading with
            {
                KnownColumns = [.. Schema.Where(column => column.Name != _overflow).Select(column => column.Name)],
                KnownTypes = Schema.ToDictionary(column => column.Name, column => Known.IndexOf(column.Name) < 0 ? column.Type : ColumnType.String, StringComparer.Ordinal),
            };
    }
}
