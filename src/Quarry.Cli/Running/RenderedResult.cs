using Quarry.Charts;
using Quarry.Data.Kql;
using Quarry.Tables;

namespace Quarry.Cli.Running;

/// <summary>Draws a result as its query wants, once, and keeps what there is to know of it.</summary>
/// <param name="render">How; null for not at all.</param>
internal sealed class RenderedResult(KqlRender? render)
{
    private RenderedChart? _drawn;

    /// <summary>What there is to know of the charts; complete when they were drawn.</summary>
    public IReadOnlyList<string> Remarks => _drawn?.Remarks ?? [];

    /// <summary>The charts of the rows.</summary>
    public IReadOnlyList<Chart> Charts(Table table) => render is null ? [] : (_drawn = RenderedChart.Of(table, render)).Charts;
}
