using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Benchmarks;

/// <summary>Runs an analysis of the catalogue on a table, as the command does.</summary>
internal static class Verb
{
    public static long Run(string name, Table table, int threads)
    {
        Analysis analysis = Analyses.Named(name);
        using TableStream result = analysis.Run(TableStream.Of(table, 16_384), analysis.DefaultOptions, new AnalysisContext { Threads = threads });
        return result.TakeBatches().Sum(b => (long)b.Table.RowCount);
    }
}
