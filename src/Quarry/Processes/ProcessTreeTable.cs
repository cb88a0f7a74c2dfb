using System.Text;
using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Writes trees as a table.</summary>
internal sealed class ProcessTreeTable
{
    private static readonly byte[] UnknownName = [.. "unknown"u8];

    private readonly Table _source;
    private readonly ProcessColumns _columns;
    private readonly ProcessEvents _events;
    private readonly Forest _forest;
    private readonly TreeLayout _layout;
    private readonly EventCells _cells;
    private readonly PathText _paths;
    private readonly ParallelOptions _parallel;
    private readonly Lazy<RepeatedTexts> _ids, _parentIds, _logons, _images, _names;
    private readonly Lazy<TextColumn> _keys;

    public ProcessTreeTable(Table source, ProcessColumns columns, ProcessEvents events, Forest forest, TreeLayout layout, ParallelOptions parallel)
    {
        (_source, _columns, _events, _forest, _layout, _parallel) = (source, columns, events, forest, layout, parallel);
        _cells = new EventCells(source, columns, events, forest);
        _paths = new PathText(layout);
        _ids = new(() => Texts(ProcessField.ProcessId, KeyText.LongestId, isId: true));
        _parentIds = new(() => Texts(ProcessField.ParentId, KeyText.LongestId, isId: true));
        _images = new(() => Texts(ProcessField.ProcessName, KeyText.LongestName, isId: false));
        _names = new(CutNames);
        _logons = new(Logons);
        _keys = new(WriteKeys);
    }

    /// <summary>The keys, by position.</summary>
    public TextColumn Keys => _keys.Value;

    /// <summary>How many levels of a path are written, or null where all are.</summary>
    public int? PathLevels => _paths.Levels;

    /// <summary>The positions of the processes that a text names: by id, else by key or source index, else by image name.</summary>
    public IReadOnlyList<int> Find(string text)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(text);
        byte[] scratch = new byte[(wanted.Length * 3) + 32];
        byte[] id = scratch[..InternedColumn.ProcessId(wanted, scratch)];
        byte[] own = new byte[KeyText.LongestId * 4];
        List<int> found = Where(p => _ids.Value[p] is { Length: > 0 } mine && id.AsSpan().SequenceEqual(own.AsSpan(0, InternedColumn.ProcessId(mine, own))));
        if (found.Count == 0)
        {
            string lower = text.ToLowerInvariant();
            found = text.Contains('|', StringComparison.Ordinal)
                ? Where(p => Encoding.UTF8.GetString(Keys[p]).ToLowerInvariant() == lower)
                : text.Length == _paths.Width && int.TryParse(text, out int number) && number < _layout.Positions.Length ? [_layout.Positions[number]] : [];
        }

        byte[] name = scratch[..InternedColumn.LowerCase(wanted, scratch)];
        return found.Count > 0 || name.Length == 0 ? found : Where(p => IsNamed(NameOf(_layout.Numbers[p]), name));
    }

    /// <summary>The table of some processes, by position.</summary>
    public Table Write(int[] positions)
    {
        TableSchema schema = TreeColumns.Of(_source.Schema, _columns);
        int[] numbers = [.. positions.Select(p => _layout.Numbers[p])];
        int[] parents = [.. positions.Select(p => _layout.Parents[p])];
        Func<Column>[] added =
        [
            () => _logons.Value.At(positions),
            () => Names(numbers),
            () => ParentNames(positions),
            () => Indexes(positions),
            () => _ids.Value.At(parents),
            () => _logons.Value.At(parents),
            () => _names.Value.At(parents),
            () => SourceRows(parents),
            () => _parentIds.Value.At(parents),
            () => _images.Value.At(parents),
            () => Times(parents),
            () => TextGather.Of(Keys, null, positions),
            () => TextGather.Of(Keys, null, parents),
            () => Flags(positions, p => _layout.Parents[p] < 0),
            () => Flags(positions, p => _layout.Sizes[p] == 1),
            () => Flags(positions, p => _layout.Parents[p] >= 0 && _layout.Sizes[p] > 1),
            () => _paths.Write(positions),
            () => Indexes(parents),
            () => Numbers(positions, p => _layout.Depths[p]),
            () => Numbers(positions, p => _layout.Sizes[p] - 1),
            () => Indexes([.. positions.Select(p => _layout.Roots[p])]),
            () => TextGather.Of(Keys, null, [.. positions.Select(p => _layout.Roots[p])]),
            () => Flags(positions, p => _layout.Numbers[p] >= _events.Count),
            () => Links(numbers),
            () => Occurrences(numbers),
            () => SourceRows(positions),
        ];
        var columns = new Column[schema.Count];
        Parallel.For(0, columns.Length, _parallel, i =>
            columns[i] = i < _source.Schema.Count ? _cells.Gather(i, numbers) : added[i - _source.Schema.Count]());
        return new Table(schema, columns);
    }

    private static bool IsNamed(ReadOnlySpan<byte> image, ReadOnlySpan<byte> name) => image.EndsWith(name)
        && (image.Length == name.Length || image[image.Length - name.Length - 1] is (byte)'\\' or (byte)'/');

    private List<int> Where(Func<int, bool> condition)
    {
        var found = new List<int>();
        for (int position = 0; position < _layout.Numbers.Length; position++)
        {
            if (condition(position))
            {
                found.Add(position);
            }
        }

        return found;
    }

    private ReadOnlySpan<byte> NameOf(int number) => NameIdOf(number) is >= 0 and int name ? _events.NameTexts[name] : default;

    private int NameIdOf(int number) => number < _events.Count ? _events.Names[number] : _forest.Missing[number - _events.Count].Name;

    private long TimeOf(int number) => number < _events.Count ? _events.Times[number] : _forest.Missing[number - _events.Count].Time;

    // A field's text for every process, cut to a length; ids without the zeros that a real column writes behind them.
    private RepeatedTexts Texts(ProcessField field, int most, bool isId)
    {
        InternedColumn column = InternedColumn.Of(_source[_columns[field]], _parallel.CancellationToken);
        return Repeat(column.Texts.Count, id => column.Texts[id], row => column.Ids[row], field, most, isId);
    }

    // The session that a process runs in: the target's where there is one, else the subject's.
    private RepeatedTexts Logons()
    {
        InternedColumn? target = Logons(ProcessField.TargetLogonId);
        InternedColumn? subject = Logons(ProcessField.LogonId);
        int targets = target?.Texts.Count ?? 0;
        bool[] isNone = [.. Enumerable.Range(0, targets).Select(id => IsNone(target!.Texts[id]))];
        return Repeat(
            targets + (subject?.Texts.Count ?? 0),
            id => id < targets ? target!.Texts[id] : subject!.Texts[id - targets],
            row => target is not null && target.Ids[row] >= 0 && !isNone[target.Ids[row]] ? target.Ids[row]
                : subject is null || subject.Ids[row] < 0 ? -1
                : targets + subject.Ids[row],
            ProcessField.LogonId,
            KeyText.LongestId,
            isId: false);
    }

    private InternedColumn? Logons(ProcessField field) =>
        _columns.Has(field) ? InternedColumn.Of(_source[_columns[field]], _parallel.CancellationToken) : null;

    private static bool IsNone(ReadOnlySpan<byte> logon) => logon.SequenceEqual("0x0"u8) || logon.SequenceEqual("0"u8) || logon.SequenceEqual("-"u8);

    private RepeatedTexts CutNames() => Repeat(
        _events.NameTexts.Count,
        id => _events.NameTexts[id],
        row: null,
        field: null,
        KeyText.LongestName,
        isId: false);

    // The distinct texts, then those of the parents that are not in the log. Without a row's number, the name's is taken.
    private RepeatedTexts Repeat(int count, TextOf text, Func<int, int>? row, ProcessField? field, int most, bool isId)
    {
        var texts = new TextColumnBuilder();
        for (int id = 0; id < count; id++)
        {
            texts.Append(Bare(text(id), most, isId));
        }

        int unknown = count;
        texts.Append(UnknownName);
        int[] missing = new int[_forest.Missing.Count];
        for (int i = 0; i < missing.Length; i++)
        {
            MissingParent parent = _forest.Missing[i];
            string? told = field is { } known ? _cells.TextOf(parent, known)?.Trim() : null;
            missing[i] = field is null ? (parent.Name < 0 ? unknown : parent.Name) : string.IsNullOrEmpty(told) ? -1 : texts.Length;
            if (missing[i] == texts.Length)
            {
                texts.Append(Bare(Encoding.UTF8.GetBytes(told!), most, isId));
            }
        }

        int[] ids = new int[_layout.Numbers.Length];
        for (int position = 0; position < ids.Length; position++)
        {
            int number = _layout.Numbers[position];
            ids[position] = number >= _events.Count ? missing[number - _events.Count]
                : row is null ? _events.Names[number]
                : row(_events.Rows[number]);
        }

        return new RepeatedTexts((TextColumn)texts.Build(), ids);
    }

    private delegate ReadOnlySpan<byte> TextOf(int id);

    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> text, int most, bool isId)
    {
        int point = isId ? text.IndexOf((byte)'.') : -1;
        return KeyText.Cut(point > 0 && text[(point + 1)..].IndexOfAnyExcept((byte)'0') < 0 ? text[..point] : text, most);
    }

    private TextColumn WriteKeys()
    {
        var builder = new TextColumnBuilder();
        RepeatedTexts ids = _ids.Value;
        for (int position = 0; position < _layout.Numbers.Length; position++)
        {
            int number = _layout.Numbers[position];
            ReadOnlySpan<byte> name = NameOf(number);
            name = name.IsEmpty ? UnknownName : KeyText.Cut(name, KeyText.LongestName);
            ReadOnlySpan<byte> id = ids[position];
            int length = name.Length + id.Length + KeyText.TimeLength + 2;
            Span<byte> key = builder.GetSpan(length);
            name.CopyTo(key);
            key[name.Length] = (byte)'|';
            id.CopyTo(key[(name.Length + 1)..]);
            key[name.Length + 1 + id.Length] = (byte)'|';
            KeyText.WriteTime(TimeOf(number), key.Slice(name.Length + id.Length + 2, KeyText.TimeLength));
            builder.Commit(length);
        }

        return (TextColumn)builder.Build();
    }

    // Whole, unlike what is repeated for children.
    private TextColumn Names(int[] numbers)
    {
        int[] rows = new int[numbers.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int number = numbers[i];
            rows[i] = NameIdOf(number) is >= 0 and int name ? name : number < _events.Count ? -1 : _events.NameTexts.Count;
        }

        return TextGather.Of(_events.NameTexts.ToColumn(UnknownName), null, rows);
    }

    // What the row itself says, else what its parent is called.
    private TextColumn ParentNames(int[] positions)
    {
        int[] rows = new int[positions.Length];
        int unknown = _events.NameTexts.Count;
        for (int i = 0; i < rows.Length; i++)
        {
            int number = _layout.Numbers[positions[i]];
            int parent = _layout.Parents[positions[i]];
            int own = number < _events.Count ? _events.ParentNames[number] : -1;
            int parents = parent < 0 ? -1 : NameIdOf(_layout.Numbers[parent]);
            rows[i] = own >= 0 ? own : parent < 0 ? -1 : parents < 0 ? unknown : parents;
        }

        var texts = new TextColumnBuilder();
        for (int id = 0; id < unknown; id++)
        {
            texts.Append(KeyText.Cut(_events.NameTexts[id], KeyText.LongestName));
        }

        texts.Append(UnknownName);
        return TextGather.Of((TextColumn)texts.Build(), null, rows);
    }

    private TextColumn Indexes(int[] positions)
    {
        var builder = new TextColumnBuilder();
        foreach (int position in positions)
        {
            if (position < 0)
            {
                builder.AppendNull();
                continue;
            }

            KeyText.WriteNumber(_layout.Numbers[position], builder.GetSpan(_paths.Width));
            builder.Commit(_paths.Width);
        }

        return (TextColumn)builder.Build();
    }

    private TextColumn Links(int[] numbers)
    {
        var names = new TextColumnBuilder();
        foreach (ParentLink link in Enum.GetValues<ParentLink>())
        {
            names.Append(link.ToString());
        }

        return TextGather.Of((TextColumn)names.Build(), null, [.. numbers.Select(number => (int)_forest.Links[number])]);
    }

    private Column SourceRows(int[] positions) => Values<long>(ColumnType.Long, positions, p =>
        p >= 0 && _layout.Numbers[p] < _events.Count ? _events.Rows[_layout.Numbers[p]] : null);

    private Column Times(int[] positions) => Values<DateTime>(ColumnType.DateTime, positions, p =>
        p >= 0 && TimeOf(_layout.Numbers[p]) is var ticks && ticks != ProcessEvents.Unknown ? new DateTime(ticks, DateTimeKind.Utc) : null);

    private Column Occurrences(int[] numbers) => Values<long>(ColumnType.Long, numbers, n =>
        n >= _events.Count ? 0 : _events.Occurrences?[n] ?? 1);

    private static Column Flags(int[] positions, Func<int, bool> flag) => Values<bool>(ColumnType.Bool, positions, p => flag(p));

    private static Column Numbers(int[] positions, Func<int, int> number) => Values<int>(ColumnType.Int, positions, p => number(p));

    private static Column Values<T>(ColumnType type, int[] items, Func<int, T?> value)
        where T : unmanaged
    {
        var builder = (ValueColumnBuilder<T>)ColumnBuilder.Create(type);
        foreach (int item in items)
        {
            builder.Append(value(item));
        }

        return builder.Build();
    }
}
