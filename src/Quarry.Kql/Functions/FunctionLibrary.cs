using System.Collections.Frozen;

namespace Quarry.Kql.Functions;

/// <summary>All functions and aggregates that are computed in C#, by KQL's name; each folder adds its own.</summary>
internal static class FunctionLibrary
{
    private static readonly Lazy<FrozenDictionary<string, ScalarFunction[]>> AllScalars = new(() => Scalar().DistinctBy(function => function.SqlName)
        .GroupBy(function => function.Name, StringComparer.Ordinal)
        .ToFrozenDictionary(forms => forms.Key, forms => forms.ToArray(), StringComparer.Ordinal));

    private static readonly Lazy<FrozenDictionary<string, AggregateFunction[]>> AllAggregates = new(() => Aggregate()
        .GroupBy(function => function.Name, StringComparer.Ordinal)
        .ToFrozenDictionary(forms => forms.Key, forms => forms.ToArray(), StringComparer.Ordinal));

    /// <summary>The forms of each function, in the order of preference.</summary>
    public static FrozenDictionary<string, ScalarFunction[]> Scalars => AllScalars.Value;

    /// <summary>The forms of each aggregate, in the order of preference.</summary>
    public static FrozenDictionary<string, AggregateFunction[]> Aggregates => AllAggregates.Value;

    private static IEnumerable<ScalarFunction> Scalar() =>
    [
        .. Text.StringOperators.All,
        .. Dynamic.AccessFunctions.All,
        .. Dynamic.ConversionFunctions.All,
        .. Dynamic.ComparisonFunctions.All,
        .. Text.TextFunctions.All,
        .. Text.SearchFunctions.All,
        .. Text.RegexFunctions.All,
        .. Text.ReplaceFunctions.All,
        .. Dynamic.ArrayFunctions.All,
        .. Dynamic.BagFunctions.All,
        .. Dynamic.SetFunctions.All,
        .. Dynamic.ExpansionFunctions.All,
        .. Text.ParseFunctions.All,
        .. Series.ElementFunctions.All,
        .. Series.FillFunctions.All,
        .. Series.NumberFunctions.All,
        .. Series.AnalysisFunctions.All,
        .. Text.EncodingFunctions.All,
        .. Text.HashFunctions.All,
        .. Text.UrlFunctions.All,
        .. Text.FormatFunctions.All,
        .. Text.XmlFunctions.All,
        .. Addresses.AddressFunctions.All,
        .. Addresses.AddressTermFunctions.All,
        .. Conversions.NumberConversions.All, .. Conversions.OtherConversions.All,
        .. Numbers.ArithmeticFunctions.All, .. Numbers.BinFunctions.All, .. Numbers.BitFunctions.All, .. Numbers.ByteSizeFunctions.All,
        .. Numbers.ExtremeFunctions.All, .. Numbers.RandomFunctions.All, .. Numbers.RealFunctions.All, .. Numbers.RoundingFunctions.All,
        .. Time.CalendarFunctions.All, .. Time.TimeFormatFunctions.All, .. Time.TimeMakingFunctions.All, .. Time.TimePartFunctions.All,
        .. Time.TimeZoneFunctions.All, .. Places.GeoFunctions.All, .. Places.LineFunctions.All, .. Places.PolygonFunctions.All, .. Places.CellFunctions.All,
    ];

    private static IEnumerable<AggregateFunction> Aggregate() =>
    [
        .. Functions.Aggregates.AggregateFunctions.All,
    ];
}
