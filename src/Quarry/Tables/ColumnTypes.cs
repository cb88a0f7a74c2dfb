namespace Quarry.Tables;

/// <summary>Names and .NET types of the column types.</summary>
public static class ColumnTypes
{
    /// <summary>KQL's name of a type, for example <c>datetime</c>.</summary>
    public static string KqlName(this ColumnType type) => type switch
    {
        ColumnType.Bool => "bool",
        ColumnType.Int => "int",
        ColumnType.Long => "long",
        ColumnType.Real => "real",
        ColumnType.Decimal => "decimal",
        ColumnType.DateTime => "datetime",
        ColumnType.TimeSpan => "timespan",
        ColumnType.String => "string",
        ColumnType.Guid => "guid",
        ColumnType.Dynamic => "dynamic",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The .NET type of a column's values; <see cref="string"/> for string and dynamic.</summary>
    public static Type ClrType(this ColumnType type) => type switch
    {
        ColumnType.Bool => typeof(bool),
        ColumnType.Int => typeof(int),
        ColumnType.Long => typeof(long),
        ColumnType.Real => typeof(double),
        ColumnType.Decimal => typeof(decimal),
        ColumnType.DateTime => typeof(DateTime),
        ColumnType.TimeSpan => typeof(TimeSpan),
        ColumnType.String or ColumnType.Dynamic => typeof(string),
        ColumnType.Guid => typeof(Guid),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>Whether a column of the type holds text: string and dynamic do.</summary>
    public static bool IsText(this ColumnType type) => type is ColumnType.String or ColumnType.Dynamic;
}
