using Quarry.Data.Engine;
using Quarry.Kql.Functions;
using Quarry.Tables;

namespace Quarry.Data.Kql;

/// <summary>How the engine holds values of KQL's types.</summary>
internal static class KqlStorage
{
    private static readonly DuckDbType Decimal = DuckDbType.Decimal(38, DecimalStorage.Scale);

    /// <summary>The engine's type: times and lengths of time are ticks of 100 ns, guid and dynamic text.</summary>
    public static DuckDbType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Bool => DuckDbType.Boolean,
        ColumnType.Int => DuckDbType.Integer,
        ColumnType.Long or ColumnType.DateTime or ColumnType.TimeSpan => DuckDbType.BigInt,
        ColumnType.Real => DuckDbType.Double,
        ColumnType.Decimal => Decimal,
        _ => DuckDbType.Varchar,
    };
}
