using System.Text;
using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>
/// The input's columns in the order of the trees. The rows of parents that are not in the log hold what the rows of their children
/// say of them, and nothing else.
/// </summary>
internal sealed class EventCells(Table source, ProcessColumns columns, ProcessEvents events, Forest forest)
{
    private readonly Dictionary<int, int> _parents = Sources(columns, isGrandparent: false);
    private readonly Dictionary<int, int> _grandparents = Sources(columns, isGrandparent: true);

    /// <summary>A column of the input, for some processes by number.</summary>
    public Column Gather(int ordinal, int[] numbers)
    {
        switch (source[ordinal])
        {
            case ValueColumn<bool> column: return Gather(column, ordinal, numbers);
            case ValueColumn<int> column: return Gather(column, ordinal, numbers);
            case ValueColumn<long> column: return Gather(column, ordinal, numbers);
            case ValueColumn<double> column: return Gather(column, ordinal, numbers);
            case ValueColumn<decimal> column: return Gather(column, ordinal, numbers);
            case ValueColumn<DateTime> column: return Gather(column, ordinal, numbers);
            case ValueColumn<TimeSpan> column: return Gather(column, ordinal, numbers);
            case ValueColumn<Guid> column: return Gather(column, ordinal, numbers);
            default: return GatherText((TextColumn)source[ordinal], ordinal, numbers);
        }
    }

    /// <summary>The text of a cell that tells of a parent that is not in the log, or null.</summary>
    public string? TextOf(in MissingParent missing, ProcessField field)
    {
        int ordinal = columns[field];
        return ordinal >= 0 && SourceOf(missing, ordinal) is >= 0 and int from ? ReadText(missing, ordinal, from) : null;
    }

    // Which column of a child's row tells what a column of its parent's row would hold.
    private static Dictionary<int, int> Sources(ProcessColumns columns, bool isGrandparent)
    {
        (ProcessField To, ProcessField From)[] fields = isGrandparent
            ?
            [
                (ProcessField.ProcessName, ProcessField.GrandparentName), (ProcessField.ProcessId, ProcessField.GrandparentId),
                (ProcessField.StartTime, ProcessField.GrandparentTime), (ProcessField.Time, ProcessField.GrandparentTime),
                (ProcessField.Host, ProcessField.Host), (ProcessField.EventId, ProcessField.EventId),
            ]
            :
            [
                (ProcessField.ProcessName, ProcessField.ParentName), (ProcessField.ProcessId, ProcessField.ParentId),
                (ProcessField.StartTime, ProcessField.ParentTime), (ProcessField.Time, ProcessField.ParentTime),
                (ProcessField.CommandLine, ProcessField.ParentCommandLine), (ProcessField.UserName, ProcessField.ParentUser),
                (ProcessField.ProcessGuid, ProcessField.ParentGuid), (ProcessField.ParentName, ProcessField.GrandparentName),
                (ProcessField.ParentId, ProcessField.GrandparentId), (ProcessField.ParentTime, ProcessField.GrandparentTime),
                (ProcessField.Host, ProcessField.Host), (ProcessField.EventId, ProcessField.EventId),
            ];
        var sources = new Dictionary<int, int>();
        foreach ((ProcessField to, ProcessField from) in fields)
        {
            if (columns.Has(to) && columns.Has(from))
            {
                sources.TryAdd(columns[to], columns[from]);
            }
        }

        if (!isGrandparent && columns.Schema.LogonIsParents && columns.Has(ProcessField.LogonId))
        {
            sources.TryAdd(columns[ProcessField.LogonId], columns[ProcessField.LogonId]);
        }

        return sources;
    }

    private int SourceOf(in MissingParent missing, int ordinal) =>
        (missing.IsGrandparent ? _grandparents : _parents).GetValueOrDefault(ordinal, -1);

    private string? ReadText(in MissingParent missing, int ordinal, int from)
    {
        string? text = CellReading.ReadText(source[from], events.Rows[missing.Child]);
        return text is not null && missing.IsGrandparent && ordinal == columns[ProcessField.ProcessName]
            ? text[(text.LastIndexOfAny(['\\', '/']) + 1)..]
            : text;
    }

    private TextColumn GatherText(TextColumn column, int ordinal, int[] numbers)
    {
        var missing = new TextColumnBuilder();
        foreach (MissingParent parent in forest.Missing)
        {
            missing.Append(SourceOf(parent, ordinal) is >= 0 and int from ? ReadText(parent, ordinal, from) : null);
        }

        int[] rows = new int[numbers.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = numbers[i] < events.Count ? events.Rows[numbers[i]] : column.Length + numbers[i] - events.Count;
        }

        return TextGather.Of(column, (TextColumn)missing.Build(), rows);
    }

    private Column Gather<T>(ValueColumn<T> column, int ordinal, int[] numbers)
        where T : unmanaged
    {
        var builder = (ValueColumnBuilder<T>)ColumnBuilder.Create(column.Type);
        ReadOnlySpan<T> values = column.Values;
        foreach (int number in numbers)
        {
            if (number >= events.Count)
            {
                MissingParent missing = forest.Missing[number - events.Count];
                builder.AppendObject(SourceOf(missing, ordinal) is >= 0 and int from ? Convert(column.Type, source[from], events.Rows[missing.Child]) : null);
            }
            else if (column.Validity.IsValid(events.Rows[number]))
            {
                builder.Append(values[events.Rows[number]]);
            }
            else
            {
                builder.AppendNull();
            }
        }

        return builder.Build();
    }

    // A column and its parent's can be of different types: the ids of one export are long and, with gaps, real.
    private static object? Convert(ColumnType type, Column from, int row)
    {
        if (from.Type == type)
        {
            return from.GetValue(row);
        }

        if (type == ColumnType.DateTime)
        {
            return CellReading.ReadTime(from, row, out DateTime time) == CellState.Read ? time : null;
        }

        Span<byte> digits = stackalloc byte[64];
        string? text = CellReading.ReadText(from, row)?.Trim();
        if (text is null || text.Length > 24)
        {
            return null;
        }

        int length = InternedColumn.ProcessId(digits[..Encoding.UTF8.GetBytes(text, digits)], digits);
        if (!long.TryParse(digits[..Math.Max(0, length)], out long number))
        {
            return null;
        }

        return type switch
        {
            ColumnType.Long => number,
            ColumnType.Int when number is >= int.MinValue and <= int.MaxValue => (int)number,
            ColumnType.Real => (double)number,
            ColumnType.Decimal => (decimal)number,
            _ => null,
        };
    }
}
