using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>Names of types on the wire.</summary>
internal static class KustoTypes
{
    /// <summary>The .NET type that version 1 of the protocol and schemas name beside KQL's.</summary>
    public static string DataType(ColumnType type) => type switch
    {
        ColumnType.Bool => "SByte",
        ColumnType.Int => "Int32",
        ColumnType.Long => "Int64",
        ColumnType.Real => "Double",
        ColumnType.Decimal => "SqlDecimal",
        ColumnType.DateTime => "DateTime",
        ColumnType.TimeSpan => "TimeSpan",
        ColumnType.Guid => "Guid",
        ColumnType.Dynamic => "Object",
        _ => "String",
    };

    /// <summary>The full name of that type, as schemas have it.</summary>
    public static string FullName(ColumnType type) => type == ColumnType.Decimal ? "System.Data.SqlTypes.SqlDecimal" : $"System.{DataType(type)}";
}
