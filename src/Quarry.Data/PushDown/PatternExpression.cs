using Quarry.Tables;

namespace Quarry.Data.PushDown;

/// <summary>The pattern of a row's filled columns in KQL: a digit a column, 1 filled, 0 not.</summary>
internal static class PatternExpression
{
    private const int MostArguments = 64; // of strcat()

    /// <summary>The expression.</summary>
    public static string Of(IEnumerable<ColumnSchema> columns)
    {
        string[] digits = [.. columns.Select(column => $"iff({ValueText.Filled(column)}, '1', '0')")];
        while (digits.Length > 1)
        {
            digits = [.. digits.Chunk(MostArguments).Select(chunk => $"strcat({string.Join(", ", chunk)})")];
        }

        return digits.Length == 0 ? "''" : digits[0];
    }
}
