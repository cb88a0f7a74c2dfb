using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>The times of a column as ticks; <see cref="ProcessEvents.Unknown"/> where a cell is missing or no time.</summary>
internal sealed class TimeCells
{
    private readonly HashSet<int> _unreadable = [];

    private TimeCells(int length) => Ticks = new long[length];

    /// <summary>Ticks a row.</summary>
    public long[] Ticks { get; }

    /// <summary>Whether a cell holds something that is no time.</summary>
    public bool IsUnreadable(int row) => _unreadable.Contains(row);

    /// <summary>Reads a column.</summary>
    public static TimeCells Of(Column column, CancellationToken cancellation)
    {
        var cells = new TimeCells(column.Length);
        if (column is ValueColumn<DateTime> times && column.Validity.IsAllValid)
        {
            ReadOnlySpan<DateTime> values = times.Values;
            for (int row = 0; row < values.Length; row++)
            {
                cells.Ticks[row] = values[row].Ticks;
            }

            return cells;
        }

        for (int row = 0; row < column.Length; row++)
        {
            if ((row & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            CellState state = CellReading.ReadTime(column, row, out DateTime time);
            cells.Ticks[row] = state == CellState.Read ? time.Ticks : ProcessEvents.Unknown;
            if (state == CellState.Unreadable)
            {
                cells._unreadable.Add(row);
            }
        }

        return cells;
    }
}
