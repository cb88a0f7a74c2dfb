using System.Globalization;
using Quarry.Kql.Binding;
using Quarry.Kql.Functions;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Aggregates: what SQL says exactly, and the others in C#.</summary>
internal sealed partial class Lowerer
{
    private SqlValue AggregateOf(BoundCall call)
    {
        _isGrouping = false;
        SqlValue value = Aggregated(call);
        _isGrouping = true;
        return value;
    }

    private SqlValue Aggregated(BoundCall call)
    {
        bool hasCondition = call.Name.EndsWith("if", StringComparison.Ordinal) && call.Name != "countif";
        string name = hasCondition ? call.Name[..^2].TrimEnd('_') : call.Name;
        IReadOnlyList<BoundExpression> arguments = call.Arguments;
        string filter = "";
        if (hasCondition)
        {
            int at = name is "covariance" or "covariancep" ? 2 : 1;
            filter = $" FILTER (WHERE {Filter(arguments[at])})";
            arguments = [.. arguments.Where((_, i) => i != at)];
        }

        if (_pivoted is not null)
        {
            filter = filter.Length == 0 ? $" FILTER (WHERE {_pivoted})" : $"{filter[..^1]} AND {_pivoted})";
        }

        ColumnType type = arguments.Count > 0 ? TypeOf(arguments[0]) : ColumnType.Long;
        switch (name)
        {
            case "count" or "cnt":
                return new SqlValue($"count(*){filter}", false);
            case "countif":
                return new SqlValue($"count(*) FILTER (WHERE {Filter(arguments[0])}{(_pivoted is null ? "" : $" AND {_pivoted}")})", false);
            case "dcount" or "count_distinct":
                return new SqlValue($"count(DISTINCT {Scalar(arguments[0])}){filter}", false);
            case "sum":
                return Sum(Scalar(arguments[0]).Text, type, filter);
            case "min" when type == ColumnType.Real:
                // NaN is the least and the greatest of all; to the engine it is the greatest.
                string real = Once(Scalar(arguments[0])).Text;
                return new SqlValue($"CASE WHEN isnan(max({real}){filter}) THEN CAST('nan' AS DOUBLE) ELSE min({real}){filter} END");
            case "min" or "max" when type == ColumnType.String:
                return new SqlValue($"coalesce({name}({Scalar(arguments[0])}){filter}, '')", false);
            case "min" or "max":
                return new SqlValue($"{name}({Scalar(arguments[0])}){filter}");
            case "avg":
                return Average(arguments[0], type, filter);
            case "stdev" or "stdevp" or "variance" or "variancep":
                return Spread(name, call, arguments[0], filter);
            case "take_any" or "any":
                return new SqlValue(type == ColumnType.String ? $"coalesce(any_value({Scalar(arguments[0])}){filter}, '')" : $"any_value({Scalar(arguments[0])}){filter}");
            case "binary_all_and" or "binary_all_or" or "binary_all_xor":
                return new SqlValue($"bit_{name[11..]}({Scalar(arguments[0])}){filter}");
            case "passthrough":
                return new SqlValue($"first({Scalar(arguments[0])}){filter}");
            case "percentile" or "percentiles" or "percentilew" or "percentilesw":
                return new SqlValue(PercentileOf(call, 0));
            case "make_list" or "makelist" or "make_list_with_nulls" or "make_set" or "makeset":
                return Gathered(name, call, arguments, filter);
            case "percentiles_array" or "percentilesw_array":
                return PercentileArray(call);
            case "make_bag" or "make_dictionary":
                return Gathered("make_bag", call, arguments, filter);
            default:
                return Aggregate(name, call.Syntax, filter, [.. arguments.Select(argument => (Scalar(argument), TypeOf(argument)))]);
        }
    }

    private SqlValue Aggregate(string name, Expression place, string filter, params IReadOnlyList<(SqlValue Value, ColumnType Type)> arguments)
    {
        AggregateFunction? form = (FunctionLibrary.Aggregates.GetValueOrDefault(name) ?? []).FirstOrDefault(one => one.Parameters.Count == arguments.Count
            && arguments.Zip(one.Parameters).All(pair => ScalarTypes.IsPromotable(pair.First.Type, pair.Second)));
        if (form is null)
        {
            throw Refused(place, $"The aggregate '{name.TrimStart('$')}' of {string.Join(", ", arguments.Select(one => ScalarTypes.NameOf(one.Type)))} is not supported by the embedded engine.");
        }

        _aggregates.Add(form.SqlName);
        IEnumerable<string> values = arguments.Select((argument, i) => Promoted(argument.Value, argument.Type, form.Parameters[i], place));
        return new SqlValue($"{form.SqlName}({string.Join(", ", values)}){filter}", form.Returns != ColumnType.String);
    }

    // A sum of longs wraps as Kusto's does; the engine's own is wider.
    private static SqlValue Sum(string value, ColumnType type, string filter)
    {
        string sum = $"coalesce(sum({value}){filter}, 0)";
        return type is ColumnType.Int or ColumnType.Long or ColumnType.TimeSpan or ColumnType.DateTime
            ? new SqlValue($"CAST({Wrapped(sum)} AS BIGINT)", false)
            : new SqlValue($"CAST({sum} AS {SqlText.TypeName(type)})", false);
    }

    private static string Wrapped(string sum) =>
        $"(((({sum} + 9223372036854775808) % 18446744073709551616) + 18446744073709551616) % 18446744073709551616 - 9223372036854775808)";

    private SqlValue Average(BoundExpression argument, ColumnType type, string filter)
    {
        string value = Scalar(argument).Text;
        return type switch
        {
            ColumnType.DateTime or ColumnType.TimeSpan => new SqlValue($"CAST(sum({value}){filter} // nullif(count({value}){filter}, 0) AS BIGINT)"),
            ColumnType.Decimal => new SqlValue($"CAST(sum({value}){filter} / nullif(count({value}){filter}, 0) AS {SqlText.TypeName(type)})"),
            ColumnType.Int or ColumnType.Long => new SqlValue(
                $"coalesce(CAST({Sum(value, type, filter)} AS DOUBLE) / nullif(count({value}){filter}, 0), CAST('nan' AS DOUBLE))", false),
            _ => new SqlValue($"coalesce(avg({value}){filter}, CAST('nan' AS DOUBLE))", false),
        };
    }

    // Kusto gives ten digits behind the point, and the root of that. Where that would be few digits, all are kept.
    private SqlValue Spread(string name, BoundCall call, BoundExpression argument, string filter)
    {
        string function = name.EndsWith('p') ? "variancep" : "variance";
        string variance = Aggregate(function, call.Syntax, filter, (Scalar(argument), TypeOf(argument))).Text;
        string rounded = $"CASE WHEN {variance} >= 1 AND {variance} < 1e15 THEN round({variance}, 10) ELSE {variance} END";
        return new SqlValue(name.StartsWith("stdev", StringComparison.Ordinal) ? $"sqrt({rounded})" : $"({rounded})", false);
    }

    // The percents stand one by one or in an array.
    private SqlValue PercentileArray(BoundCall call)
    {
        int first = call.Name == "percentilesw_array" ? 2 : 1;
        BoundExpression[] percents = call.Arguments.Skip(first).ToArray() switch
        {
            [BoundLiteral { Literal: DynamicLiteral { Value: DynamicArray list } }] => [.. list.Elements.Select(element => new BoundLiteral(element, element is LiteralExpression { Token.Kind: TokenKind.Long } ? ColumnType.Long : ColumnType.Real))],
            [{ Type: ColumnType.Dynamic } other] => throw Refused(other.Syntax, "Expected the percents as numbers or as a literal array."),
            var several => several,
        };
        BoundCall each = call with { Name = call.Name.Replace("_array", "", StringComparison.Ordinal), Arguments = [.. call.Arguments.Take(first), .. percents] };
        ColumnType type = TypeOf(call.Arguments[0]);
        IEnumerable<(SqlValue, ColumnType)> values = percents.Select((_, i) => (Json(new SqlValue(PercentileOf(each, i)), type, call.Syntax), ColumnType.Dynamic));
        return Managed("pack_array", call.Syntax, [.. values]);
    }

    private string PercentileOf(BoundCall call, int part)
    {
        bool wasGrouping = _isGrouping;
        _isGrouping = false;
        bool isWeighted = call.Name is "percentilew" or "percentilesw";
        SqlValue value = Scalar(call.Arguments[0]);
        BoundExpression percent = call.Arguments[part + (isWeighted ? 2 : 1)];
        string rank = Converted(Scalar(percent), TypeOf(percent), ColumnType.Real, percent.Syntax).Text;
        string sql = isWeighted
            ? Aggregate("percentilew", call.Syntax, "", (value, TypeOf(call.Arguments[0])), (LongOf(call.Arguments[1]), ColumnType.Long), (new SqlValue(rank), ColumnType.Real)).Text
            : TypeOf(call.Arguments[0]) is ColumnType.Dynamic
                ? throw Refused(call.Syntax, "A dynamic value has no order; convert it with tolong(...) or the like.")
            : $"quantile_disc({value}, {rank} / 100.0)";
        _isGrouping = wasGrouping;
        return sql;
    }

    private (SqlValue Value, ColumnType Type) Cap(IReadOnlyList<BoundExpression> arguments, long most) =>
        (arguments.Count > 1 ? LongOf(arguments[1]) : SqlText.Literal(most, ColumnType.Long), ColumnType.Long);

    // In the order of the rows where they have one.
    private SqlValue Gathered(string name, BoundCall call, IReadOnlyList<BoundExpression> arguments, string filter)
    {
        bool isDynamic = TypeOf(arguments[0]) == ColumnType.Dynamic;
        string kind = name switch
        {
            "make_bag" => name,
            "make_list_with_nulls" => isDynamic ? "make_list_dynamic" : name,
            "makelist" or "make_list" => isDynamic ? "make_list_dynamic" : "make_list",
            _ => isDynamic ? "make_set_dynamic" : "make_set",
        };
        long most = name is "makelist" or "makeset" ? 128 : 1_048_576;
        if (_from.Order.Count > 0)
        {
            _from = Numbered(_from);
        }

        (SqlValue, ColumnType) element = (JsonOf(arguments[0]), ColumnType.Dynamic);
        SqlValue gathered = _from.Order.Count == 0
            ? Aggregate(kind.EndsWith("_dynamic", StringComparison.Ordinal) ? "$" + kind : kind, call.Syntax, filter, element, Cap(arguments, most))
            : Aggregate($"${kind}_ordered", call.Syntax, filter, element, (new SqlValue(_from.Order[0].Column), ColumnType.Long), Cap(arguments, most));
        return gathered with { MayBeNull = false };
    }
}
