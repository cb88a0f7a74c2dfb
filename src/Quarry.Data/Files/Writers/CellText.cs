using Quarry.Tables;

namespace Quarry.Data.Files.Writers;

/// <summary>A cell as text for a person to read.</summary>
public static class CellText
{
    /// <summary>
    /// The invariant text of a cell; empty for null. Times are ISO 8601 in UTC without needless zeros behind the second.
    /// Control characters are left as they are: who shows the text escapes them for where it is shown.
    /// </summary>
    public static string Of(Column column, int row) => CellReading.ReadText(column, row) ?? "";
}
