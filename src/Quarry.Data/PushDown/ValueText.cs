using System.Globalization;
using Quarry.Signatures;
using Quarry.Tables;

namespace Quarry.Data.PushDown;

/// <summary>
/// Values as texts that tell apart what the signatures here tell apart, written in KQL there and read here. Numbers that are equal
/// have the same text whatever their type.
/// </summary>
internal static class ValueText
{
    /// <summary>The text of a column's value, in KQL. It says nothing where the column is not <see cref="Filled">filled</see>.</summary>
    public static string Of(ColumnSchema column)
    {
        string name = KqlClause.Quote(column.Name);
        return column.Type switch
        {
            ColumnType.String => name,
            // Its JSON: tostring() alone takes the quotes off a text, which then may look like a number.
            ColumnType.Dynamic => $"extract(@'(?s)^.(.*).$', 1, tostring(pack_array({name})))",
            ColumnType.Bool => $"iff({name}, 'true', 'false')",
            ColumnType.Real => $"iff(abs({name}) <= 9.2e18 and toreal(tolong({name})) == {name}, tostring(tolong({name})), tostring({name}))",
            ColumnType.Decimal => $"iff(todecimal(tolong({name})) == {name}, tostring(tolong({name})), strcat('d', tostring({name})))",
            _ => $"tostring({name})",
        };
    }

    /// <summary>The condition, in KQL, that a column is filled: the one that the clauses of signatures have.</summary>
    public static string Filled(ColumnSchema column) => KqlClause.Of([(column, true)], SignatureMode.Exact);

    /// <summary>A text as the signatures here show its value.</summary>
    public static string Show(string text, ColumnType type) => type switch
    {
        ColumnType.Real when TryReal(text, out double value) => value.ToString(CultureInfo.InvariantCulture),
        ColumnType.Decimal when text is ['d', .. string digits] => decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            ? value.ToString("G29", CultureInfo.InvariantCulture)
            : digits, // more digits than a decimal here has
        ColumnType.DateTime when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime time)
            => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        ColumnType.TimeSpan when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture),
        _ => text,
    };

    /// <summary>What kind of values a type has: columns of one kind can equal each other.</summary>
    public static ValueKind KindOf(ColumnType type) => type switch
    {
        ColumnType.Bool => ValueKind.Flag,
        ColumnType.Int or ColumnType.Long or ColumnType.Real or ColumnType.Decimal => ValueKind.Number,
        ColumnType.DateTime => ValueKind.Time,
        ColumnType.TimeSpan => ValueKind.Span,
        _ => ValueKind.Text,
    };

    private static bool TryReal(string text, out double value)
    {
        if (text.TrimStart('+', '-') is "inf" or "Infinity" or "∞")
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        // A whole number is shown in digits, as it travels.
        value = 0;
        return text.AsSpan().IndexOfAny(".eEnN") >= 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
