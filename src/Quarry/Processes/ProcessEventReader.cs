using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Reads the events of a table into numbers.</summary>
internal sealed class ProcessEventReader(Table table, ProcessColumns columns, ParallelOptions parallel)
{
    private readonly TextInterner _hosts = new(), _ids = new(), _names = new(), _guids = new();
    private readonly InternedColumn?[] _texts = new InternedColumn?[Enum.GetValues<ProcessField>().Length];
    private readonly TimeCells?[] _times = new TimeCells?[Enum.GetValues<ProcessField>().Length];
    private InternedColumn? _endIds;

    /// <summary>The events, with equal rows taken together, and what was counted.</summary>
    public (ProcessEvents Events, ProcessTreeReport Report) Read()
    {
        ReadColumns();
        (int[] starts, int[] ends) = ChooseRows();
        long[] times = StartTimes(starts, out int missing, out int unreadable);
        int[] order = TimeOrder.Of(times);
        ProcessEvents all = Gather(starts, ends, times).Select(order);
        (ProcessEvents events, int duplicates) = EqualRows.Join(all, table);
        return (events, new ProcessTreeReport
        {
            Rows = table.RowCount,
            OtherEvents = table.RowCount - starts.Length,
            Duplicates = duplicates,
            MissingTimes = missing,
            UnreadableTimes = unreadable,
            MissingIds = events.Ids.AsSpan().Count(-1),
            Hosts = events.Hosts.Distinct().Count(),
        });
    }

    private void ReadColumns()
    {
        ProcessField[] texts =
        [
            ProcessField.ProcessName, ProcessField.ProcessId, ProcessField.ParentId, ProcessField.ParentName, ProcessField.Host, ProcessField.EventId,
            ProcessField.ProcessGuid, ProcessField.ParentGuid, ProcessField.GrandparentId, ProcessField.GrandparentName,
        ];
        ProcessField[] times = [ProcessField.Time, ProcessField.StartTime, ProcessField.EndTime, ProcessField.ParentTime, ProcessField.GrandparentTime];
        IEnumerable<Action> work = texts.Where(columns.Has).Select(field => (Action)(() => _texts[(int)field] = Intern(columns[field])))
            .Concat(times.Where(columns.Has).Select(field => (Action)(() => _times[(int)field] = TimeCells.Of(table[columns[field]], parallel.CancellationToken))));
        if (columns.EndId >= 0 && columns.Has(ProcessField.EventId))
        {
            work = work.Append(() => _endIds = Intern(columns.EndId));
        }

        Parallel.ForEach(work, parallel, static read => read());
    }

    private InternedColumn Intern(int ordinal) => InternedColumn.Of(table[ordinal], parallel.CancellationToken);

    // Which rows start a process, and which end one.
    private (int[] Starts, int[] Ends) ChooseRows()
    {
        if (_texts[(int)ProcessField.EventId] is not { } kinds || columns.Schema.EventId is not { } start)
        {
            return ([.. Enumerable.Range(0, table.RowCount)], []);
        }

        var meanings = new TextInterner();
        int[] kind = kinds.Renumber(meanings, InternedColumn.ProcessId);
        int wanted = NumberOf(meanings, start);
        int ended = columns.Schema.EndEventId is { } end ? NumberOf(meanings, end) : -2;
        var starts = new List<int>(table.RowCount);
        var ends = new List<int>();
        for (int row = 0; row < kind.Length; row++)
        {
            if (kind[row] == wanted)
            {
                starts.Add(row);
            }
            else if (kind[row] == ended)
            {
                ends.Add(row);
            }
        }

        return ([.. starts], [.. ends]);
    }

    private static int NumberOf(TextInterner meanings, string value)
    {
        Span<byte> text = stackalloc byte[64];
        Span<byte> meaning = stackalloc byte[64];
        int length = System.Text.Encoding.UTF8.GetBytes(value, text);
        return meanings.Intern(meaning[..InternedColumn.ProcessId(text[..length], meaning)]);
    }

    private long[] StartTimes(int[] rows, out int missing, out int unreadable)
    {
        TimeCells time = _times[(int)ProcessField.Time]!;
        TimeCells? start = _times[(int)ProcessField.StartTime];
        long[] times = new long[rows.Length];
        missing = 0;
        unreadable = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            long ticks = start is null || start.Ticks[row] == ProcessEvents.Unknown ? time.Ticks[row] : start.Ticks[row];
            times[i] = ticks;
            if (ticks == ProcessEvents.Unknown)
            {
                bool isThere = time.IsUnreadable(row) || (start?.IsUnreadable(row) ?? false);
                missing += isThere ? 0 : 1;
                unreadable += isThere ? 1 : 0;
            }
        }

        return times;
    }

    private ProcessEvents Gather(int[] rows, int[] endRows, long[] times)
    {
        int[]? hosts = Numbers(ProcessField.Host, _hosts, InternedColumn.LowerCase);
        int[] ids = Numbers(ProcessField.ProcessId, _ids, InternedColumn.ProcessId)!;
        bool hasGrandparents = columns.Has(ProcessField.GrandparentId) && columns.Has(ProcessField.ParentTime);
        return new ProcessEvents
        {
            Count = rows.Length,
            Rows = rows,
            Times = times,
            Ends = Ticks(ProcessField.EndTime, rows),
            ParentTimes = Ticks(ProcessField.ParentTime, rows),
            Hosts = Pick(hosts, rows),
            Ids = Pick(ids, rows),
            ParentIds = Pick(Numbers(ProcessField.ParentId, _ids, InternedColumn.ProcessId), rows),
            Names = Pick(Numbers(ProcessField.ProcessName, _names, Name), rows),
            ParentNames = Pick(Numbers(ProcessField.ParentName, _names, Name), rows),
            Guids = columns.Has(ProcessField.ProcessGuid) && columns.Has(ProcessField.ParentGuid)
                ? Pick(Numbers(ProcessField.ProcessGuid, _guids, InternedColumn.Guid), rows)
                : null,
            ParentGuids = columns.Has(ProcessField.ProcessGuid) && columns.Has(ProcessField.ParentGuid)
                ? Pick(Numbers(ProcessField.ParentGuid, _guids, InternedColumn.Guid), rows)
                : null,
            Grandparents = hasGrandparents
                ? new Grandparents(
                    Pick(Numbers(ProcessField.GrandparentId, _ids, InternedColumn.ProcessId), rows),
                    Pick(Numbers(ProcessField.GrandparentName, _names, LastPart), rows),
                    Ticks(ProcessField.GrandparentTime, rows) ?? [.. Enumerable.Repeat(ProcessEvents.Unknown, rows.Length)])
                : null,
            EndEvents = Ends(endRows, hosts),
            NameTexts = _names,
        };
    }

    private ProcessEnd[] Ends(int[] rows, int[]? hosts)
    {
        if (_endIds is null || rows.Length == 0)
        {
            return [];
        }

        int[] ids = _endIds.Renumber(_ids, InternedColumn.ProcessId);
        long[] times = _times[(int)ProcessField.Time]!.Ticks;
        ProcessEnd[] ends = [.. rows.Select(row => new ProcessEnd(hosts is null ? -1 : hosts[row], ids[row], times[row])).Where(e => e.Id >= 0 && e.Time != ProcessEvents.Unknown)];
        Array.Sort(ends, static (a, b) => a.Time.CompareTo(b.Time));
        return ends;
    }

    private int[]? Numbers(ProcessField field, TextInterner meanings, Meaning meaning) => _texts[(int)field]?.Renumber(meanings, meaning);

    // A dash is how Windows writes that there is nothing to say.
    private static int Name(ReadOnlySpan<byte> text, Span<byte> meaning) => text is [(byte)'-'] ? -1 : InternedColumn.LowerCase(text, meaning);

    // Defender names a grandparent with its path, and the processes themselves without.
    private static int LastPart(ReadOnlySpan<byte> text, Span<byte> meaning) => Name(text[(text.LastIndexOfAny((byte)'\\', (byte)'/') + 1)..], meaning);

    private long[]? Ticks(ProcessField field, int[] rows) => _times[(int)field] is not { } cells ? null : Pick(cells.Ticks, rows, 0L);

    private static int[] Pick(int[]? values, int[] rows) => Pick(values, rows, -1);

    private static T[] Pick<T>(T[]? values, int[] rows, T missing)
    {
        var picked = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            picked[i] = values is null ? missing : values[rows[i]];
        }

        return picked;
    }
}
