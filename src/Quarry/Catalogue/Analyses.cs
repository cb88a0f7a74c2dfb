using Quarry.Decoding;
using Quarry.Indicators;
using Quarry.TimeSeries;

namespace Quarry.Catalogue;

/// <summary>The catalogue: every analysis there is. A new analysis is a folder of its own and one entry here.</summary>
public static class Analyses
{
    /// <summary>Every analysis, in the order of the help.</summary>
    public static IReadOnlyList<Analysis> All { get; } = [DecodeAnalysis.Entry, IndicatorAnalysis.Entry, AnomalyAnalysis.Entry];

    /// <summary>The analysis of a name.</summary>
    /// <exception cref="QuarryException">There is none; the message names the nearest.</exception>
    public static Analysis Named(string name)
    {
        foreach (Analysis analysis in All)
        {
            if (analysis.Name == name)
            {
                return analysis;
            }
        }

        string[] names = [.. All.Select(analysis => analysis.Name)];
        string hint = NearestName.Of(name, names) is { } nearest ? $" Did you mean {nearest}?" : "";
        throw new QuarryException($"There is no analysis {name}.{hint} There are: {string.Join(", ", names)}.");
    }

    /// <summary>The analyses that words lead to, the best first.</summary>
    /// <param name="words">What the user typed, words separated by blanks.</param>
    public static IReadOnlyList<SearchHit> Search(string words) => AnalysisSearch.Find(All, words);
}
