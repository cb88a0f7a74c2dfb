using Quarry.Tables;

namespace Quarry.Kql.Functions.Aggregates;

/// <summary>
/// The aggregates that are computed in C#. Elements come as JSON. A cap that is null is Kusto's 1,048,576; an ordinal says where the row
/// stands, for what depends on the order of rows. The forms with <c>dynamic</c> in the name are for columns of that type: Kusto then keeps
/// nulls and takes the elements of arrays.
/// </summary>
internal static class AggregateFunctions
{
    private static readonly ColumnType[] Element = [ColumnType.Dynamic, ColumnType.Long];
    private static readonly ColumnType[] Ordered = [ColumnType.Dynamic, ColumnType.Long, ColumnType.Long];

    /// <summary>The aggregates.</summary>
    public static IEnumerable<AggregateFunction> All =>
    [
        .. Gatherings(),
        new("make_bag", Element, ColumnType.Dynamic, () => new MergedBag(false)),
        new("$make_bag_ordered", Ordered, ColumnType.Dynamic, () => new MergedBag(true)),
        new("$make_series", [ColumnType.Long, ColumnType.Dynamic, ColumnType.Long, ColumnType.Dynamic], ColumnType.Dynamic, () => new SeriesBins()),
        new("$sum_wrapping", [ColumnType.Long], ColumnType.Long, () => new WrappingSum()),
        new("variance", [ColumnType.Real], ColumnType.Real, () => new Spread(false, false)),
        new("variancep", [ColumnType.Real], ColumnType.Real, () => new Spread(true, false)),
        new("stdev", [ColumnType.Real], ColumnType.Real, () => new Spread(false, true)),
        new("stdevp", [ColumnType.Real], ColumnType.Real, () => new Spread(true, true)),
        new("covariance", [ColumnType.Real, ColumnType.Real], ColumnType.Real, () => new CovarianceOf(false)),
        new("covariancep", [ColumnType.Real, ColumnType.Real], ColumnType.Real, () => new CovarianceOf(true)),
        .. new[] { ColumnType.Long, ColumnType.Real, ColumnType.DateTime, ColumnType.TimeSpan }.Select(type =>
            new AggregateFunction("percentilew", [type, ColumnType.Long, ColumnType.Real], type, () => new WeightedPercentile(type))),
        new("buildschema", [ColumnType.Dynamic], ColumnType.Dynamic, () => new SchemaOf()),
    ];

    private static IEnumerable<AggregateFunction> Gatherings()
    {
        (string Name, bool KeepsNulls, bool Flattens, bool IsDistinct)[] kinds =
        [
            ("make_list", false, false, false),
            ("$make_list_dynamic", true, true, false),
            ("make_list_with_nulls", true, false, false),
            ("make_set", false, false, true),
            ("$make_set_dynamic", true, true, true),
        ];
        foreach ((string name, bool keepsNulls, bool flattens, bool isDistinct) in kinds)
        {
            yield return new(name, Element, ColumnType.Dynamic, () => new GatheredValues(new Gathering(keepsNulls, flattens, isDistinct, false)));
            yield return new($"${name.TrimStart('$')}_ordered", Ordered, ColumnType.Dynamic,
                () => new GatheredValues(new Gathering(keepsNulls, flattens, isDistinct, true)));
        }
    }
}
