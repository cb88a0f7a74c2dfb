namespace Quarry.Charts;

/// <summary>
/// A picture as data, which knows no face: a notebook, a page and the report render its <see cref="ToVegaLite"/>, a terminal
/// draws what it can of the values themselves.
/// </summary>
/// <param name="Title">What it shows, in a few words.</param>
public abstract record Chart(string Title)
{
    /// <summary>
    /// The chart as a Vega-Lite specification with its data in it: JSON, version 6. Texts of the data stand in it as they are;
    /// they are values and never expressions.
    /// </summary>
    public abstract string ToVegaLite();
}
