using Quarry.Tables;

namespace Quarry.Data.Engine;

/// <summary>DuckDB's types and KQL's.</summary>
internal static class ColumnTypeMapping
{
    /// <summary>KQL's type for the values of a column, or null where they are not read.</summary>
    internal static ColumnType? Of(DuckDbType type) => type.Kind switch
    {
        DuckDbTypeKind.Boolean => ColumnType.Bool,
        DuckDbTypeKind.TinyInt or DuckDbTypeKind.UTinyInt or DuckDbTypeKind.SmallInt or DuckDbTypeKind.USmallInt
            or DuckDbTypeKind.Integer => ColumnType.Int,
        DuckDbTypeKind.UInteger or DuckDbTypeKind.BigInt => ColumnType.Long,
        DuckDbTypeKind.Float or DuckDbTypeKind.Double => ColumnType.Real,

        // A long does not hold them all; sums are HUGEINT.
        DuckDbTypeKind.UBigInt or DuckDbTypeKind.HugeInt or DuckDbTypeKind.UHugeInt or DuckDbTypeKind.Decimal => ColumnType.Decimal,
        DuckDbTypeKind.Date or DuckDbTypeKind.Timestamp or DuckDbTypeKind.TimestampTz or DuckDbTypeKind.TimestampSeconds
            or DuckDbTypeKind.TimestampMilliseconds or DuckDbTypeKind.TimestampNanoseconds => ColumnType.DateTime,
        DuckDbTypeKind.Time or DuckDbTypeKind.TimeNanoseconds or DuckDbTypeKind.Interval => ColumnType.TimeSpan,
        DuckDbTypeKind.Uuid => ColumnType.Guid,
        DuckDbTypeKind.Varchar => type.IsJson ? ColumnType.Dynamic : ColumnType.String,
        DuckDbTypeKind.Blob or DuckDbTypeKind.Enum => ColumnType.String,
        DuckDbTypeKind.List or DuckDbTypeKind.Array or DuckDbTypeKind.Struct or DuckDbTypeKind.Map => ColumnType.Dynamic,
        _ => null,
    };

    /// <summary>DuckDB's type for a column: of a decimal one with room for the digits of its values.</summary>
    internal static DuckDbType Of(Column column) => column.Type switch
    {
        ColumnType.Bool => DuckDbType.Boolean,
        ColumnType.Int => DuckDbType.Integer,
        ColumnType.Long => DuckDbType.BigInt,
        ColumnType.Real => DuckDbType.Double,
        ColumnType.Decimal => OfDecimals((ValueColumn<decimal>)column),
        ColumnType.DateTime => DuckDbType.Timestamp,
        ColumnType.TimeSpan => DuckDbType.Interval,
        ColumnType.Guid => DuckDbType.Uuid,
        ColumnType.Dynamic => DuckDbType.Json,
        _ => DuckDbType.Varchar,
    };

    /// <summary>The schema of a result: names told apart by a number, as KQL does.</summary>
    /// <exception cref="EngineException">A column is of a type that is not read.</exception>
    internal static TableSchema Schema(IReadOnlyList<DuckDbColumn> columns)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var schema = new ColumnSchema[columns.Count];
        for (int i = 0; i < schema.Length; i++)
        {
            ColumnType type = Of(columns[i].Type) ?? throw new EngineException(
                $"Column '{columns[i].Name}' is {columns[i].Type}, which is not read. Cast it in the query: CAST(… AS VARCHAR).");
            string name = columns[i].Name;
            for (int number = 1; !taken.Add(name); number++)
            {
                name = columns[i].Name + number;
            }

            schema[i] = new ColumnSchema(name, type);
        }

        return new TableSchema(schema);
    }

    private static DuckDbType OfDecimals(ValueColumn<decimal> column)
    {
        int whole = 1, behind = 0;
        for (int row = 0; row < column.Length; row++)
        {
            if (column[row] is { } value)
            {
                behind = Math.Max(behind, value.Scale);
                decimal rest = decimal.Truncate(Math.Abs(value));
                int digits = rest == 0 ? 1 : (int)Math.Floor(Math.Log10((double)rest)) + 2;
                whole = Math.Max(whole, Math.Min(29, digits));
            }
        }

        return DuckDbType.Decimal(38, (byte)Math.Min(behind, 38 - whole));
    }
}
