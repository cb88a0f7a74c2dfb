using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Tests.Catalogue;

/// <summary>An analysis that gives back its input.</summary>
internal static class SampleAnalysis
{
    public static Analysis<SampleOptions> Named(string name, string summary, params string[] keywords) => new()
    {
        Name = name,
        Summary = summary,
        Keywords = keywords,
        Shape = AnalysisShape.RowWise,
        Output = [new OutputColumn("SourceIndex", ColumnType.Long, "The row.")],
        Function = (input, _, _) => input,
    };
}
