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
    private readonly Lazy<TextColumn> _ids, _parentIds, _logons, _names, _keys;

    public ProcessTreeTable(Table source, ProcessColumns columns, ProcessEvents events, Forest forest, TreeLayout layout, ParallelOptions parallel)
    {
        (_source, _columns, _events, _forest, _layout, _parallel) = (source, columns, events, forest, layout, parallel);
        _cells = new EventCells(source, columns, events, forest);
        _paths = new PathText(layout);
        _ids = new(() => Texts(ProcessField.ProcessId, KeyText.LongestId, isId: true));
        _parentIds = new(() => Texts(ProcessField.ParentId, KeyText.LongestId, isId: true));
        _names = new(() => Texts(ProcessField.ProcessName, KeyText.LongestName, isId: false));
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
            () => Copy(_logons.Value, positions),
            () => Names(numbers, isForParent: false),
            () => ParentNames(positions),
            () => Indexes(positions),
            () => Copy(_ids.Value, parents),
            () => Copy(_logons.Value, parents),
            () => Names([.. parents.Select(p => p < 0 ? -1 : _layout.Numbers[p])], isForParent: true),
            () => SourceRows(parents),
            () => Copy(_parentIds.Value, parents),
            () => Copy(_names.Value, parents),
            () => Times(parents),
            () => Copy(_keys.Value, positions),
            () => Copy(_keys.Value, parents),
            () => Flags(positions, p => _layout.Parents[p] < 0),
            () => Flags(positions, p => _layout.Sizes[p] == 1),
            () => Flags(positions, p => _layout.Parents[p] >= 0 && _layout.Sizes[p] > 1),
            () => _paths.Write(positions),
            () => Indexes(parents),
            () => Numbers(positions, p => _layout.Depths[p]),
            () => Numbers(positions, p => _layout.Sizes[p] - 1),
            () => Indexes([.. positions.Select(p => _layout.Roots[p])]),
            () => Copy(_keys.Value, [.. positions.Select(p => _layout.Roots[p])]),
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

    private ReadOnlySpan<byte> NameOf(int number)
    {
        int name = number < _events.Count ? _events.Names[number] : _forest.Missing[number - _events.Count].Name;
        return name < 0 ? default : _events.NameTexts[name];
    }

    private long TimeOf(int number) => number < _events.Count ? _events.Times[number] : _forest.Missing[number - _events.Count].Time;

    // A field's text for every process, by position, cut to a length; ids without the zeros that a real column writes behind them.
    private TextColumn Texts(ProcessField field, int most, bool isId)
    {
        var builder = new TextColumnBuilder();
        Column column = _source[_columns[field]];
        foreach (int number in _layout.Numbers)
        {
            if (number >= _events.Count)
            {
                string? text = _cells.TextOf(_forest.Missing[number - _events.Count], field);
                Append(builder, text is null ? default : Encoding.UTF8.GetBytes(text), most, isId, text is null);
            }
            else if (column is TextColumn texts)
            {
                int row = _events.Rows[number];
                Append(builder, texts[row], most, isId, !texts.Validity.IsValid(row));
            }
            else
            {
                string? text = CellReading.ReadText(column, _events.Rows[number]);
                Append(builder, text is null ? default : Encoding.UTF8.GetBytes(text), most, isId, text is null);
            }
        }

        return (TextColumn)builder.Build();
    }

    private static void Append(TextColumnBuilder builder, ReadOnlySpan<byte> text, int most, bool isId, bool isNull)
    {
        ReadOnlySpan<byte> bare = text.Trim(" \t\r\n"u8);
        if (isNull || (isId && bare.IsEmpty))
        {
            builder.AppendNull();
            return;
        }

        int point = isId ? bare.IndexOf((byte)'.') : -1;
        builder.Append(KeyText.Cut(point > 0 && bare[(point + 1)..].IndexOfAnyExcept((byte)'0') < 0 ? bare[..point] : bare, most));
    }

    // The session that a process runs in: the target's where there is one, else the subject's.
    private TextColumn Logons()
    {
        InternedColumn? target = Logons(ProcessField.TargetLogonId);
        InternedColumn? subject = Logons(ProcessField.LogonId);
        bool[] isNone = target is null ? [] : [.. Enumerable.Range(0, target.Texts.Count).Select(id => IsNone(target.Texts[id]))];
        var builder = new TextColumnBuilder();
        foreach (int number in _layout.Numbers)
        {
            if (number >= _events.Count)
            {
                string? told = _cells.TextOf(_forest.Missing[number - _events.Count], ProcessField.LogonId);
                builder.Append(told is { Length: > KeyText.LongestId } ? told[..KeyText.LongestId] : told);
                continue;
            }

            int row = _events.Rows[number];
            InternedColumn? chosen = target is not null && target.Ids[row] >= 0 && !isNone[target.Ids[row]] ? target : subject;
            if (chosen is null || chosen.Ids[row] < 0)
            {
                builder.AppendNull();
            }
            else
            {
                builder.Append(KeyText.Cut(chosen.Texts[chosen.Ids[row]], KeyText.LongestId));
            }
        }

        return (TextColumn)builder.Build();
    }

    private InternedColumn? Logons(ProcessField field) =>
        _columns.Has(field) ? InternedColumn.Of(_source[_columns[field]], _parallel.CancellationToken) : null;

    private static bool IsNone(ReadOnlySpan<byte> logon) => logon.SequenceEqual("0x0"u8) || logon.SequenceEqual("0"u8) || logon.SequenceEqual("-"u8);

    private TextColumn WriteKeys()
    {
        var builder = new TextColumnBuilder();
        TextColumn ids = _ids.Value;
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

    private static TextColumn Copy(TextColumn column, int[] positions) => TextGather.Of(column, null, positions);

    private TextColumn Names(int[] numbers, bool isForParent)
    {
        var builder = new TextColumnBuilder();
        foreach (int number in numbers)
        {
            ReadOnlySpan<byte> name = number < 0 ? default : NameOf(number);
            if (!name.IsEmpty)
            {
                builder.Append(isForParent ? KeyText.Cut(name, KeyText.LongestName) : name);
            }
            else if (number >= _events.Count)
            {
                builder.Append(UnknownName);
            }
            else
            {
                builder.AppendNull();
            }
        }

        return (TextColumn)builder.Build();
    }

    // What the row itself says, else what its parent is called.
    private TextColumn ParentNames(int[] positions)
    {
        var builder = new TextColumnBuilder();
        foreach (int position in positions)
        {
            int number = _layout.Numbers[position];
            int parent = _layout.Parents[position];
            if (number < _events.Count && _events.ParentNames[number] >= 0)
            {
                builder.Append(KeyText.Cut(_events.NameTexts[_events.ParentNames[number]], KeyText.LongestName));
            }
            else if (parent < 0)
            {
                builder.AppendNull();
            }
            else
            {
                ReadOnlySpan<byte> name = NameOf(_layout.Numbers[parent]);
                builder.Append(name.IsEmpty ? UnknownName : KeyText.Cut(name, KeyText.LongestName));
            }
        }

        return (TextColumn)builder.Build();
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
        byte[][] names = [.. Enum.GetValues<ParentLink>().Select(link => Encoding.UTF8.GetBytes(link.ToString()))];
        var builder = new TextColumnBuilder();
        foreach (int number in numbers)
        {
            builder.Append(names[(int)_forest.Links[number]]);
        }

        return (TextColumn)builder.Build();
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
