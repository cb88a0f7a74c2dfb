using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Data.Sources.Local;

/// <summary>A query that runs on the embedded engine.</summary>
internal sealed class LocalRun(KqlRun run, KqlRender? render, IProgress<SourceProgress>? progress) : SourceRun
{
    private int _next;
    private long _rows;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Remarks => run.Remarks;

    /// <inheritdoc/>
    public override KqlRender? Render => render;

    /// <inheritdoc/>
    public override int? Count => run.Count;

    /// <inheritdoc/>
    public override TableStream? Next()
    {
        if (_next == run.Count)
        {
            run.End();
            return null;
        }

        TableStream rows = run.Open(_next++);
        return progress is null ? rows : new TableStream(rows.Schema, Counted(rows.TakeBatches(), progress), rows);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => run.Dispose();

    private IEnumerable<TableBatch> Counted(IEnumerable<TableBatch> batches, IProgress<SourceProgress> told)
    {
        foreach (TableBatch batch in batches)
        {
            _rows += batch.Table.RowCount;
            told.Report(new SourceProgress(_rows, 0));
            yield return batch;
        }
    }
}
