using System.Globalization;
using System.Text;

namespace Quarry.Data.Files;

/// <summary>What happened while input was read: what was read, and everything that was not as it should be. Grows until the stream ends.</summary>
public sealed class ReadReport
{
    private readonly Lock _lock = new();
    private readonly int _keptRows;
    private readonly List<MalformedRow> _malformed = [];
    private readonly List<RenamedColumn> _renamed = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _faults = [];
    private readonly List<string> _emptyFiles = [];
    private long _rows, _malformedRows, _replacedBytes, _replacedEscapes, _duplicateKeys, _overflowValues, _cutLines;

    /// <summary>A report that keeps the text of some malformed rows.</summary>
    public ReadReport(int keptRows = 20) => _keptRows = keptRows;

    /// <summary>The rows handed out.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>The malformed rows, all of them.</summary>
    public long MalformedRows => Interlocked.Read(ref _malformedRows);

    /// <summary>The first malformed rows, with their text.</summary>
    public IReadOnlyList<MalformedRow> Malformed => Copy(_malformed);

    /// <summary>The bytes that were not valid in the file's encoding and became U+FFFD.</summary>
    public long ReplacedBytes => Interlocked.Read(ref _replacedBytes);

    /// <summary>The escapes of JSON text that stand for no character (lone surrogates) and became U+FFFD.</summary>
    public long ReplacedEscapes => Interlocked.Read(ref _replacedEscapes);

    /// <summary>The keys that a JSON object had more than once; the last value was taken.</summary>
    public long DuplicateKeys => Interlocked.Read(ref _duplicateKeys);

    /// <summary>The values that went to the overflow column: of a key not seen in the sample, or not of their column's type.</summary>
    public long OverflowValues => Interlocked.Read(ref _overflowValues);

    /// <summary>The lines longer than the limit, which were cut into several rows.</summary>
    public long CutLines => Interlocked.Read(ref _cutLines);

    /// <summary>The columns that were given another name.</summary>
    public IReadOnlyList<RenamedColumn> RenamedColumns => Copy(_renamed);

    /// <summary>The files without a byte of content.</summary>
    public IReadOnlyList<string> EmptyFiles => Copy(_emptyFiles);

    /// <summary>Why not all of a file could be read: it ended early or is damaged. The rows before that were read.</summary>
    public IReadOnlyList<string> Faults => Copy(_faults);

    /// <summary>What else happened to files as a whole: they changed while they were read.</summary>
    public IReadOnlyList<string> Notes => Copy(_notes);

    /// <summary>Whether everything was as it should be.</summary>
    public bool IsClean => !Describe().Any();

    /// <summary>Sentences for a person, one for each thing that was not as it should be; control characters of the input are not escaped.</summary>
    public IEnumerable<string> Describe()
    {
        foreach (string note in Faults.Concat(Notes))
        {
            yield return note;
        }

        foreach (string file in EmptyFiles)
        {
            yield return $"{file} is empty";
        }

        if (MalformedRows > 0)
        {
            MalformedRow[] first = [.. Malformed.Take(3)];
            string where = string.Join("; ", first.Select(r => Text($"{r.Source} line {r.Line}: {r.Reason}")));
            string rest = MalformedRows > first.Length ? "; …" : "";
            yield return Text($"{MalformedRows:N0} malformed {Plural(MalformedRows, "row", "rows")} left out ({where}{rest})");
        }

        foreach (RenamedColumn column in RenamedColumns.Take(10))
        {
            yield return Text($"{column.Source}: column {column.Position} ('{column.Original}') is named '{column.Name}'");
        }

        (long Count, string Text)[] counts =
        [
            (RenamedColumns.Count - 10, "more columns were renamed"),
            (ReplacedBytes, "invalid bytes were replaced by U+FFFD"),
            (ReplacedEscapes, "escapes that stand for no character were replaced by U+FFFD"),
            (DuplicateKeys, "repeated keys of JSON objects: the last value was taken"),
            (OverflowValues, $"values that fit no column are in {InputOptions.OverflowColumn}"),
            (CutLines, "overlong lines were cut into several rows"),
        ];
        foreach ((long count, string text) in counts)
        {
            if (count > 0)
            {
                yield return Text($"{count:N0} {text}");
            }
        }
    }

    internal void AddRows(long count) => Interlocked.Add(ref _rows, count);

    internal void AddReplacedBytes(long count) => Interlocked.Add(ref _replacedBytes, count);

    internal void AddReplacedEscapes(long count) => Interlocked.Add(ref _replacedEscapes, count);

    internal void AddDuplicateKeys(long count) => Interlocked.Add(ref _duplicateKeys, count);

    internal void AddOverflowValue() => Interlocked.Increment(ref _overflowValues);

    internal void AddCutLine() => Interlocked.Increment(ref _cutLines);

    internal void AddMalformed(string source, long line, string reason, ReadOnlySpan<byte> raw)
    {
        if (Interlocked.Increment(ref _malformedRows) > _keptRows)
        {
            return;
        }

        string text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MalformedRow.LongestRaw)]).TrimEnd('\r', '\n');
        Add(_malformed, new MalformedRow(source, line, reason, text));
    }

    internal void AddRenamed(RenamedColumn column) => Add(_renamed, column);

    internal void AddNote(string note) => Add(_notes, note);

    internal void AddFault(string fault) => Add(_faults, fault);

    internal void AddEmptyFile(string source) => Add(_emptyFiles, source);

    private void Add<T>(List<T> list, T item)
    {
        lock (_lock)
        {
            list.Add(item);
        }
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }

    private static string Plural(long count, string one, string many) => count == 1 ? one : many;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
