using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>
/// What is asked of a column's values, within a signature and over all rows, whoever counted them: this process over encoded rows, or a
/// service that sent its aggregates. A value is a code from 1; 0 is no value.
/// </summary>
internal interface IColumnValues
{
    /// <summary>The column's name and type.</summary>
    ColumnSchema Schema { get; }

    /// <summary>The number of rows that are filled.</summary>
    long Filled { get; }

    /// <summary>The text of a value.</summary>
    string Show(int code);

    /// <summary>Whether a value fills its cell: not so for the blanks that are values to the reference.</summary>
    bool IsFilling(int code);

    /// <summary>The number of rows that hold a value.</summary>
    long Total(int code);

    /// <summary>Whether a value stands in one signature only.</summary>
    bool IsOfOneSignature(int code);

    /// <summary>How many different values the rows of a signature hold.</summary>
    int Distinct(int signature);

    /// <summary>The values of a signature's rows in order, each with the number of rows; null if there are more than wanted.</summary>
    IReadOnlyList<(int Code, long Count)>? Tally(int signature, int most);

    /// <summary>Of the values that fill their cells, within a signature or all rows: their rows, how many there are, and the most frequent.</summary>
    (long Rows, int Values, IReadOnlyList<(int Code, long Count)> Most) Distribution(int? signature, int top);
}
