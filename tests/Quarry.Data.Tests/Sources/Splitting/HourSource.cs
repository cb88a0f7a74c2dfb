using Quarry.Data.Sources;
using Quarry.Tables;

namespace Quarry.Data.Tests.Sources.Splitting;

/// <summary>Answers parts of a query with the hours of their range, as slowly and wrongly as a test wants.</summary>
internal sealed class HourSource
{
    private readonly Lock _gate = new();
    private int _running;

    public static TableSchema Schema { get; } = new([new ColumnSchema("Time", ColumnType.DateTime)]);

    /// <summary>The ranges that were asked for, in the order in which they were.</summary>
    public List<TimeRange> Asked { get; } = [];

    /// <summary>The most parts that ran at once.</summary>
    public int MostRunning { get; private set; }

    /// <summary>Runs that were begun and not disposed of.</summary>
    public int Open { get; private set; }

    /// <summary>Called before a part is answered; may wait and throw.</summary>
    public Func<TimeRange, CancellationToken, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>The columns of a part.</summary>
    public Func<TimeRange, TableSchema> SchemaOf { get; init; } = _ => Schema;

    public async Task<SourceRun> BeginAsync(SourceQuery query, CancellationToken cancellation)
    {
        TimeRange range = query.Range!.Value;
        lock (_gate)
        {
            Asked.Add(range);
            MostRunning = Math.Max(MostRunning, ++_running);
            Open++;
        }

        try
        {
            await Before(range, cancellation);
        }
        catch
        {
            Close();
            throw;
        }

        return new Run(this, range);
    }

    private void Close()
    {
        lock (_gate)
        {
            _running--;
            Open--;
        }
    }

    private sealed class Run(HourSource source, TimeRange range) : SourceRun
    {
        private bool _given;

        public override IReadOnlyList<string> Remarks => ["Said of each part."];

        public override TableStream? Next()
        {
            if (_given)
            {
                return null;
            }

            _given = true;
            return new TableStream(source.SchemaOf(range), Hours());
        }

        protected override void Dispose(bool disposing) => source.Close();

        private IEnumerable<TableBatch> Hours()
        {
            for (DateTime time = range.Start; time < range.End; time = time.AddHours(1))
            {
                var builder = new TableBuilder(source.SchemaOf(range));
                builder.AddRow(time);
                yield return new TableBatch(builder.Build());
            }
        }
    }
}
