namespace Quarry.Tables;

/// <summary>Which columns an analysis of text looks at.</summary>
public static class TextColumns
{
    /// <summary>
    /// The columns that were asked for, or all that hold text (string and dynamic) where none was.
    /// </summary>
    /// <exception cref="UnknownColumnException">A column that was asked for is not there.</exception>
    /// <exception cref="QuarryException">A column that was asked for does not hold text.</exception>
    public static IReadOnlyList<string> Choose(TableSchema schema, IReadOnlyList<string> asked)
    {
        foreach (string name in asked)
        {
            ColumnSchema column = schema[schema.Require(name)];
            if (!column.Type.IsText())
            {
                throw new QuarryException($"Column '{name}' is {column.Type.KqlName()}; text (string or dynamic) is needed.");
            }
        }

        return asked.Count > 0 ? asked : [.. schema.Where(c => c.Type.IsText()).Select(c => c.Name)];
    }
}
