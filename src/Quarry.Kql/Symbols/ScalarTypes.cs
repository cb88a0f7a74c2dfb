using Quarry.Tables;

namespace Quarry.Kql.Symbols;

/// <summary>KQL's scalar types: their names and how they combine. A type that is null is that of an expression with an error.</summary>
internal static class ScalarTypes
{
    /// <summary>The type of a name.</summary>
    public static ColumnType? Named(ReadOnlySpan<char> name) => name switch
    {
        "bool" or "boolean" => ColumnType.Bool,
        "int" => ColumnType.Int,
        "long" => ColumnType.Long,
        "real" or "double" or "float" => ColumnType.Real,
        "decimal" => ColumnType.Decimal,
        "datetime" or "date" => ColumnType.DateTime,
        "timespan" or "time" => ColumnType.TimeSpan,
        "string" => ColumnType.String,
        "guid" => ColumnType.Guid,
        "dynamic" => ColumnType.Dynamic,
        _ => null,
    };

    /// <summary>The name of a type, as KQL writes it.</summary>
    public static string NameOf(ColumnType? type) => type?.ToString().ToLowerInvariant() ?? "unknown";

    /// <summary>Whether a type is int, long, real or decimal.</summary>
    public static bool IsNumber(ColumnType type) => type is ColumnType.Int or ColumnType.Long or ColumnType.Real or ColumnType.Decimal;

    /// <summary>Whether values of one type are taken where another is wanted, without a call of a conversion.</summary>
    public static bool IsPromotable(ColumnType from, ColumnType to) =>
        from == to
        || (from == ColumnType.Int && to is ColumnType.Long or ColumnType.Real or ColumnType.Decimal)
        || (from == ColumnType.Long && to is ColumnType.Real or ColumnType.Decimal)
        || (from == ColumnType.Dynamic && to == ColumnType.String);

    /// <summary>The wider of two numbers: int, long, real, decimal.</summary>
    public static ColumnType Wider(ColumnType left, ColumnType right) => left > right ? left : right;

    /// <summary>
    /// The type that several values have in common: theirs if it is one, the widest if all are numbers. Null if there is
    /// none. <paramref name="dynamicGivesWay"/>: whether dynamic gives way to another type.
    /// </summary>
    public static ColumnType? Common(IEnumerable<ColumnType> types, bool dynamicGivesWay)
    {
        ColumnType[] distinct = [.. types.Distinct()];
        ColumnType[] left = dynamicGivesWay && distinct.Length > 1 ? [.. distinct.Where(type => type != ColumnType.Dynamic)] : distinct;
        return left.Length == 1 ? left[0] : left.Length > 0 && left.All(IsNumber) ? left.Aggregate(Wider) : null;
    }

    /// <summary>The type of an arithmetic operation, or null if it is not defined.</summary>
    public static ColumnType? Arithmetic(char operation, ColumnType left, ColumnType right)
    {
        if (IsArithmetic(left) && IsArithmetic(right))
        {
            // Microsoft's binder lets two dynamic values pass; the engine refuses to guess their types.
            return left == ColumnType.Dynamic && right == ColumnType.Dynamic ? null
                : left == ColumnType.Dynamic || right == ColumnType.Dynamic ? WithDynamic(left, right)
                : Wider(Wider(left, right), ColumnType.Long);
        }

        bool isSum = operation is '+' or '-';
        bool leftIsTime = left is ColumnType.DateTime or ColumnType.TimeSpan;
        bool rightIsTime = right is ColumnType.DateTime or ColumnType.TimeSpan;
        if (!leftIsTime && !rightIsTime)
        {
            return null;
        }

        return isSum ? TimeSum(operation, left, right) : TimeProduct(operation, left, right);
    }

    private static bool IsArithmetic(ColumnType type) => IsNumber(type) || type == ColumnType.Dynamic;

    private static ColumnType WithDynamic(ColumnType left, ColumnType right)
    {
        ColumnType other = left == ColumnType.Dynamic ? right : left;
        return other == ColumnType.Int ? ColumnType.Long : other;
    }

    private static ColumnType? TimeSum(char operation, ColumnType left, ColumnType right)
    {
        if (IsNumber(left) || IsNumber(right) || !IsTimeOrDynamic(left) || !IsTimeOrDynamic(right))
        {
            return null;
        }

        bool bothDates = left != ColumnType.TimeSpan && right != ColumnType.TimeSpan;
        return left == ColumnType.TimeSpan && right == ColumnType.TimeSpan ? ColumnType.TimeSpan
            : operation == '-' && bothDates ? ColumnType.TimeSpan
            : left == ColumnType.DateTime || right == ColumnType.DateTime ? ColumnType.DateTime
            : ColumnType.TimeSpan;
    }

    private static ColumnType? TimeProduct(char operation, ColumnType left, ColumnType right)
    {
        bool leftIsTime = left is ColumnType.DateTime or ColumnType.TimeSpan;
        bool rightIsTime = right is ColumnType.DateTime or ColumnType.TimeSpan;
        if (leftIsTime && rightIsTime)
        {
            bool allowed = operation == '/' || operation == '%' ? right == ColumnType.TimeSpan || left == ColumnType.DateTime : left == right && left == ColumnType.TimeSpan;
            return !allowed ? null : operation == '/' ? ColumnType.Real : ColumnType.TimeSpan;
        }

        return leftIsTime && IsNumber(right) ? left
            : rightIsTime && IsNumber(left) && operation == '*' ? right
            : null;
    }

    private static bool IsTimeOrDynamic(ColumnType type) => type is ColumnType.DateTime or ColumnType.TimeSpan or ColumnType.Dynamic;
}
