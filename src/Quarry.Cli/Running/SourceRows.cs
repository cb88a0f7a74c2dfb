using Quarry.Catalogue;
using Quarry.Data.PushDown;
using Quarry.Data.Sources;
using Quarry.Tables;

namespace Quarry.Cli.Running;

/// <summary>Rows of a source that an analysis works on: there where it can be, else here on the rows that come.</summary>
/// <param name="provider">What holds them; goes with this.</param>
/// <param name="asked">Which rows.</param>
internal sealed class SourceRows(QueryProvider provider, SourceQuery asked) : IDisposable
{
    private readonly List<IDisposable> _opened = [];
    private SourceRun? _run;

    /// <summary>What there is to know of how the source answered.</summary>
    public IReadOnlyList<string> Remarks => _run?.Remarks ?? [];

    /// <summary>Whether the source cut its answer short.</summary>
    public bool IsPartial => _run?.IsPartial ?? false;

    /// <summary>Runs an analysis on the rows.</summary>
    public TableStream Run(Analysis analysis, object options, AnalysisContext context)
    {
        if (PushedAnalysis.Supports(analysis))
        {
            PushedResult pushed = Wait(PushedAnalysis.RunAsync(provider.Source, asked, analysis, options, context), context.Cancellation);
            _opened.Add(pushed);
            return pushed.Rows;
        }

        _run = Wait(provider.Source.BeginAsync(asked, context.Cancellation), context.Cancellation);
        _opened.Add(_run);
        TableStream rows = _run.Next() ?? throw new QuarryException("The query of --rows gives no table.");
        TableStream result = analysis.Run(rows, options, context);
        _opened.Add(result);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = _opened.Count - 1; i >= 0; i--)
        {
            _opened[i].Dispose();
        }

        Wait(provider.DisposeAsync().AsTask(), CancellationToken.None);
    }

    private static void Wait(Task task, CancellationToken cancellation) => task.WaitAsync(cancellation).GetAwaiter().GetResult();

    private static T Wait<T>(Task<T> task, CancellationToken cancellation) => task.WaitAsync(cancellation).GetAwaiter().GetResult();
}
