using Quarry.Kql.Binding;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;
using Quarry.Tables;

namespace Quarry.Kql.Lowering;

/// <summary>Functions that are made of others, and the aggregates that keep all values where Kusto keeps a sketch of them.</summary>
internal sealed partial class Lowerer
{
    private SqlValue? Composed(BoundCall call)
    {
        IReadOnlyList<BoundExpression> arguments = call.Arguments;
        switch (call.Name)
        {
            case "around":
                return Around(call);
            case "strrep":
                return Managed("strrep", call.Syntax, [(TextOf(arguments[0]), ColumnType.String), (LongOf(arguments[1]), ColumnType.Long),
                    .. arguments.Skip(2).Select(delimiter => (TextOf(delimiter), ColumnType.String))]);
            case "hash_md5" or "hash_sha1" or "hash_sha256":
                return Managed(call.Name, call.Syntax, (TextOf(arguments[0]), ColumnType.String));
            case "hash" when arguments.Count == 2:
                SqlValue hash = Managed("hash", call.Syntax, (Scalar(arguments[0]), TypeOf(arguments[0])));
                return Managed("$modulo", call.Syntax, (hash, ColumnType.Long), (LongOf(arguments[1]), ColumnType.Long));
            case "unicode_codepoints_to_string" or "make_string":
                return Managed(call.Name, call.Syntax, [.. arguments.Select(argument => (JsonOf(argument), ColumnType.Dynamic))]);
            case "extract_json" or "extractjson":
                ColumnType text = TypeOf(arguments[1]) == ColumnType.Dynamic ? ColumnType.Dynamic : ColumnType.String;
                SqlValue found = Managed("$extract_json", call.Syntax, (TextOf(arguments[0]), ColumnType.String), (Scalar(arguments[1]), text));
                return Converted(found, ColumnType.Dynamic, TypeOf(call), call.Syntax);
            case "$array_sort_asc" or "$array_sort_desc":
            case "array_sort_asc" or "array_sort_desc" when arguments.Count > 1:
                return Managed(call.Name.TrimStart('$'), call.Syntax, [.. arguments.Select(argument => (JsonOf(argument), ColumnType.Dynamic))]);
            case "estimate_data_size":
                return DataSize(call);
            case "dcount_hll":
                return Managed("array_length", call.Syntax, (Scalar(arguments[0]), ColumnType.Dynamic));
            case "hll_merge":
                return arguments.Count == 1 ? Scalar(arguments[0])
                    : Managed("set_union", call.Syntax, [.. arguments.Select(argument => (Scalar(argument), ColumnType.Dynamic))]);
            case "merge_tdigest" or "tdigest_merge":
                return arguments.Count == 1 ? Scalar(arguments[0])
                    : Managed("array_concat", call.Syntax, [.. arguments.Select(argument => (Scalar(argument), ColumnType.Dynamic))]);
            case "percentile_tdigest":
                SqlValue rank = Converted(Scalar(arguments[1]), TypeOf(arguments[1]), ColumnType.Real, call.Syntax);
                return Converted(Managed("$percentile_tdigest", call.Syntax, (Scalar(arguments[0]), ColumnType.Dynamic), (rank, ColumnType.Real)), ColumnType.Dynamic, TypeOf(call), call.Syntax);
            case "rank_tdigest":
                return Managed("$rank_tdigest", call.Syntax, (Scalar(arguments[0]), ColumnType.Dynamic), (JsonOf(arguments[1]), ColumnType.Dynamic));
            default:
                return null;
        }
    }

    // Not further away than a distance, on either side.
    private SqlValue Around(BoundCall call)
    {
        (BoundExpression value, BoundExpression centre, BoundExpression distance) = (call.Arguments[0], call.Arguments[1], call.Arguments[2]);
        if (ScalarTypes.Arithmetic('-', TypeOf(centre), TypeOf(distance)) is not { } type)
        {
            throw Refused(call.Syntax, $"A {ScalarTypes.NameOf(distance.Type)} is no distance from a {ScalarTypes.NameOf(centre.Type)}.");
        }

        var low = new BoundCall(call.Syntax, "-", [centre, distance], type);
        var high = new BoundCall(call.Syntax, "+", [centre, distance], type);
        return Scalar(new BoundCall(call.Syntax, "between", [value, low, high], ColumnType.Bool));
    }

    // The bytes that values take, as Kusto counts them.
    private SqlValue DataSize(BoundCall call)
    {
        IEnumerable<(SqlValue Value, ColumnType Type)> values = call.Arguments is [BoundLiteral { Literal: StarExpression }]
            ? _row.Columns.Select(column => (new SqlValue(_from.Columns[column]), TypeOf(column)))
            : call.Arguments.Select(argument => (Scalar(argument), TypeOf(argument)));
        IEnumerable<string> sizes = values.Select(one => one.Type switch
        {
            ColumnType.Bool => "1",
            ColumnType.Int => "4",
            ColumnType.Decimal or ColumnType.Guid => "16",
            ColumnType.String or ColumnType.Dynamic => $"coalesce(strlen({one.Value}), 0)",
            _ => "8",
        });
        return new SqlValue($"CAST({string.Join(" + ", sizes.DefaultIfEmpty("0"))} AS BIGINT)", false);
    }

    // hll and tdigest are the values themselves: exact, and as large as there are values.
    private SqlValue? Sketched(string name, BoundCall call, IReadOnlyList<BoundExpression> arguments, string filter)
    {
        (SqlValue, ColumnType) all = (SqlText.Literal(long.MaxValue, ColumnType.Long), ColumnType.Long);
        switch (name)
        {
            case "hll":
                return Aggregate("make_set", call.Syntax, filter, (JsonOf(arguments[0]), ColumnType.Dynamic), all);
            case "tdigest" when arguments.Count > 1:
                throw Refused(call.Syntax, "'tdigest' with weights is not supported by the embedded engine.");
            case "tdigest":
                return Aggregate("make_list", call.Syntax, filter, (JsonOf(arguments[0]), ColumnType.Dynamic), all);
            case "hll_merge":
                return Aggregate("$make_set_dynamic", call.Syntax, NotNull(arguments[0], filter), (Scalar(arguments[0]), ColumnType.Dynamic), all);
            case "merge_tdigest" or "tdigest_merge":
                return Aggregate("$make_list_dynamic", call.Syntax, NotNull(arguments[0], filter), (Scalar(arguments[0]), ColumnType.Dynamic), all);
            case "binary_all_and" or "binary_all_or" or "binary_all_xor":
                return new SqlValue($"bit_{name[11..]}({Scalar(arguments[0])}){filter}");
            case "percentiles_array" or "percentilesw_array":
                return PercentilesOf(call);
            default:
                return null;
        }
    }

    private string NotNull(BoundExpression argument, string filter) =>
        filter.Length == 0 ? $" FILTER (WHERE {Scalar(argument)} IS NOT NULL)" : $"{filter[..^1]} AND {Scalar(argument)} IS NOT NULL)";

    private SqlValue PercentilesOf(BoundCall call)
    {
        bool isWeighted = call.Name == "percentilesw_array";
        int first = isWeighted ? 2 : 1;
        BoundExpression[] ranks = [.. call.Arguments.Skip(first).SelectMany(argument => argument is BoundLiteral { Literal: DynamicLiteral { Value: DynamicArray list } }
            ? list.Elements.OfType<LiteralExpression>().Select(element => (BoundExpression)new BoundLiteral(element, Binder.TypeOfLiteral(element)))
            : [argument])];
        if (Array.Find(ranks, rank => rank.Type is not { } type || !ScalarTypes.IsNumber(type)) is { } unknown)
        {
            throw Refused(unknown.Syntax, "Expected the percentiles as literals.");
        }

        string name = isWeighted ? "percentilesw" : "percentiles";
        IEnumerable<(SqlValue, ColumnType)> values = ranks.Select(rank => (
            Json(new SqlValue(PercentileOf(call with { Name = name, Arguments = [.. call.Arguments.Take(first), rank] }, 0)), TypeOf(call.Arguments[0]), call.Syntax),
            ColumnType.Dynamic));
        return Managed("pack_array", call.Syntax, [.. values]);
    }
}
