namespace Quarry.Catalogue;

/// <summary>How much of its input an analysis needs at once.</summary>
public enum AnalysisShape
{
    /// <summary>One row at a time: input of any length streams through in bounded memory.</summary>
    RowWise,

    /// <summary>All rows: the input is gathered in memory first.</summary>
    WholeTable,
}
