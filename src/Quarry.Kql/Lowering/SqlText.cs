using System.Globalization;
using System.Text;
using Quarry.Kql.Functions;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>An expression of SQL.</summary>
/// <param name="Text">The expression; never in need of parentheses.</param>
/// <param name="MayBeNull">Whether it can be null.</param>
/// <param name="IsConstant">Whether it is a literal.</param>
internal readonly record struct SqlValue(string Text, bool MayBeNull = true, bool IsConstant = false)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Values and types as SQL writes them. The only way by which anything of a query's text gets into SQL.</summary>
internal static class SqlText
{
    /// <summary>A text as a literal, whatever it holds. Half surrogates become U+FFFD.</summary>
    public static string Literal(string text)
    {
        var sql = new StringBuilder(text.Length + 2).Append('\'');
        bool hasNul = text.Contains('\0', StringComparison.Ordinal);
        foreach (Rune rune in text.EnumerateRunes())
        {
            // A NUL would end the statement for the C interface.
            _ = rune.Value switch
            {
                '\'' => sql.Append("''"),
                0 => sql.Append("' || chr(0) || '"),
                _ => sql.Append(rune.ToString()),
            };
        }

        sql.Append('\'');
        return hasNul ? $"({sql})" : sql.ToString();
    }

    /// <summary>A whole number as a literal.</summary>
    public static string Literal(long value) => value switch
    {
        long.MinValue => "(-9223372036854775807 - 1)",
        < 0 => string.Create(CultureInfo.InvariantCulture, $"({value})"),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A real as a literal.</summary>
    public static string Literal(double value) => double.IsFinite(value)
        ? $"CAST({value.ToString("E17", CultureInfo.InvariantCulture)} AS DOUBLE)"
        : $"CAST('{(double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf")}' AS DOUBLE)";

    /// <summary>A value of .NET as a literal of the type that it has in SQL; null as a null of the type.</summary>
    public static SqlValue Literal(object? value, ColumnType type) => value switch
    {
        null => Null(type),
        bool truth => new(truth ? "true" : "false", false, true),
        int or long when type is ColumnType.Real => new(Literal(Convert.ToDouble(value, CultureInfo.InvariantCulture)), false, true),
        int or long when type is ColumnType.Int => new($"CAST({Literal(Convert.ToInt64(value, CultureInfo.InvariantCulture))} AS INTEGER)", false, true),
        int or long => new($"CAST({Literal(Convert.ToInt64(value, CultureInfo.InvariantCulture))} AS {TypeName(type)})", false, true),
        double real => new(Literal(real), false, true),
        decimal number => DecimalStorage.Of(number) is null
            ? Null(type)
            : new($"CAST({number.ToString(CultureInfo.InvariantCulture)} AS {TypeName(ColumnType.Decimal)})", false, true),
        Int128 scaled => new($"CAST({Scaled(scaled)} AS {TypeName(ColumnType.Decimal)})", false, true),
        DateTime time => new($"CAST({Literal(time.Ticks)} AS BIGINT)", false, true),
        TimeSpan span => new($"CAST({Literal(span.Ticks)} AS BIGINT)", false, true),
        Guid guid => new($"'{guid:D}'", false, true),
        string text => new(Literal(text), false, true),
        _ => throw new ArgumentException($"A {value.GetType()} is no value of KQL.", nameof(value)),
    };

    // A decimal by its digits: 18 of them stand behind the point.
    private static string Scaled(Int128 value)
    {
        string digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(DecimalStorage.Scale + 1, '0');
        return $"'{(value < 0 ? "-" : "")}{digits[..^DecimalStorage.Scale]}.{digits[^DecimalStorage.Scale..]}'";
    }

    /// <summary>A null of a type; of a string the empty text.</summary>
    public static SqlValue Null(ColumnType type) => type == ColumnType.String ? new("''", false, true) : new($"CAST(NULL AS {TypeName(type)})", true, true);

    /// <summary>What holds values of a type.</summary>
    public static string TypeName(ColumnType type) => type switch
    {
        ColumnType.Bool => "BOOLEAN",
        ColumnType.Int => "INTEGER",
        ColumnType.Long or ColumnType.DateTime or ColumnType.TimeSpan => "BIGINT",
        ColumnType.Real => "DOUBLE",
        ColumnType.Decimal => "DECIMAL(38,18)",
        _ => "VARCHAR",
    };
}
