using System.Globalization;
using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;

namespace Quarry.Kql.Functions.Places;

/// <summary>
/// Distances and angles on a sphere of the Earth's mean radius, and geohashes. A longitude beyond 180 degrees or a latitude beyond 90 gives null, or
/// the empty string.
/// </summary>
internal static class GeoFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        Strict("geo_distance_2points", Reals(4), ColumnType.Real, static (in Arguments a, ref Result r) =>
            r.Real(Sphere.At(a.Real(0), a.Real(1)) is { } one && Sphere.At(a.Real(2), a.Real(3)) is { } other ? one.DistanceTo(other) : null)),
        Strict("geo_azimuth", Reals(4), ColumnType.Real, static (in Arguments a, ref Result r) =>
            r.Real(Sphere.At(a.Real(0), a.Real(1)) is { } one && Sphere.At(a.Real(2), a.Real(3)) is { } other && one != other ? one.AzimuthTo(other) : null)),
        Strict("geo_angle", Reals(6), ColumnType.Real, static (in Arguments a, ref Result r) =>
            r.Real(Sphere.At(a.Real(0), a.Real(1)) is { } one && Sphere.At(a.Real(2), a.Real(3)) is { } middle && Sphere.At(a.Real(4), a.Real(5)) is { } other && one != middle && other != middle
                ? Sphere.Angle(one, middle, other) : null)),
        Strict("geo_point_in_circle", Reals(5), ColumnType.Bool, static (in Arguments a, ref Result r) =>
        {
            if (Sphere.At(a.Real(0), a.Real(1)) is { } point && Sphere.At(a.Real(2), a.Real(3)) is { } center && a.Real(4) >= 0)
            {
                r.Bool(point.DistanceTo(center) <= a.Real(4));
            }
            else
            {
                r.Null();
            }
        }),
        new("geo_point_to_geohash", [ColumnType.Real, ColumnType.Real, ColumnType.Long], ColumnType.String, static (in Arguments a, ref Result r) =>
        {
            long accuracy = a.IsNull(2) ? 5 : a.Long(2);
            bool isPlace = !a.IsNull(0) && !a.IsNull(1) && Sphere.At(a.Real(0), a.Real(1)) is not null && accuracy is >= 1 and <= 18;
            Span<byte> text = stackalloc byte[18];
            r.Text(isPlace ? Geohash.Write(a.Real(0), a.Real(1), text[..(int)accuracy]) : default);
        })
        {
            Required = 2,
        },
        Strict("geo_from_wkt", [ColumnType.String], ColumnType.Dynamic, static (in Arguments a, ref Result r) => r.Text(WellKnownText.ToGeoJson(a.String(0)))),
        OfGeohash("geo_geohash_to_central_point", static cell => Json($$"""{"type":"Point","coordinates":[{{cell.Longitude}},{{cell.Latitude}}]}""")),
        OfGeohash("geo_geohash_to_polygon", static cell => Json(
            $$"""{"type":"Polygon","coordinates":[[[{{cell.West}},{{cell.South}}],[{{cell.East}},{{cell.South}}],[{{cell.East}},{{cell.North}}],[{{cell.West}},{{cell.North}}],[{{cell.West}},{{cell.South}}]]]}""")),
    ];

    private static ColumnType[] Reals(int count) => [.. Enumerable.Repeat(ColumnType.Real, count)];

    private static ScalarFunction OfGeohash(string name, Func<Geohash, string> json) =>
        new(name, [ColumnType.String], ColumnType.Dynamic, (in Arguments a, ref Result r) => r.Text(Geohash.Read(a.Text(0)) is { } cell ? json(cell) : null));

    private static string Json(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
