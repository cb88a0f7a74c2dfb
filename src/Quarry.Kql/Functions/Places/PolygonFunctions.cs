using Quarry.Tables;
using static Quarry.Kql.Functions.Places.LineFunctions;
using static Quarry.Kql.Functions.ScalarForm;

namespace Quarry.Kql.Functions.Places;

/// <summary>Functions of polygons in GeoJSON. What is no valid polygon gives null.</summary>
internal static class PolygonFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        Strict("geo_polygon_area", [ColumnType.Dynamic], ColumnType.Real, static (in Arguments a, ref Result r) =>
            r.Real(GeoJson.Polygons(a.Text(0)) is { } polygon ? GeoMeasures.Area(polygon) : null)),
        Strict("geo_polygon_perimeter", [ColumnType.Dynamic], ColumnType.Real, static (in Arguments a, ref Result r) =>
            r.Real(GeoJson.Polygons(a.Text(0)) is { } polygon ? GeoMeasures.Perimeter(polygon) : null)),
        Strict("geo_polygon_centroid", [ColumnType.Dynamic], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(GeoJson.Polygons(a.Text(0)) is { } polygon && GeoMeasures.AreaCentroid(polygon) is { } point ? GeoJson.Point(point) : null)),
        Strict("geo_point_in_polygon", [ColumnType.Real, ColumnType.Real, ColumnType.Dynamic], ColumnType.Bool, static (in Arguments a, ref Result r) =>
            Answer(ref r, GlobePoint.At(a.Real(0), a.Real(1)) is { } point && GeoJson.Polygons(a.Text(2)) is { } polygon ? polygon.Contains(point.Vector) : null)),
        Strict("geo_distance_point_to_polygon", [ColumnType.Real, ColumnType.Real, ColumnType.Dynamic], ColumnType.Real, static (in Arguments a, ref Result r) =>
            r.Real(GlobePoint.At(a.Real(0), a.Real(1)) is { } point && GeoJson.Polygons(a.Text(2)) is { } polygon
                ? polygon.Contains(point.Vector) ? 0 : point.Vector.AngleTo(GeoMeasures.Nearest(polygon, point.Vector).Vector) * Sphere.EarthRadius : null)),
        Strict("geo_closest_point_on_polygon", [ColumnType.Real, ColumnType.Real, ColumnType.Dynamic], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(GlobePoint.At(a.Real(0), a.Real(1)) is { } point && GeoJson.Polygons(a.Text(2)) is { } polygon
                ? GeoJson.Point(polygon.Contains(point.Vector) ? point : GeoMeasures.Nearest(polygon, point.Vector)) : null)),
        WithTolerance("geo_polygon_densify", 0.1, 10_000, static (json, tolerance) => GeoJson.Polygons(json) is { } polygon ? Densified(polygon, tolerance) : null),
        WithTolerance("geo_polygon_simplify", 0, MostSimplified, static (json, tolerance) => GeoJson.Polygons(json) is { } polygon ? Simplified(polygon, tolerance) : null),
        Strict("geo_intersects_2polygons", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Bool, static (in Arguments a, ref Result r) =>
            Answer(ref r, GeoJson.Polygons(a.Text(0)) is { } one && GeoJson.Polygons(a.Text(1)) is { } other ? Meets(one, other) : null)),
        Strict("geo_intersection_2polygons", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(GeoJson.Polygons(a.Text(0)) is { } one && GeoJson.Polygons(a.Text(1)) is { } other ? Overlay.Intersection(Region.Of(one), Region.Of(other)) : null)),
        Strict("geo_union_polygons_array", [ColumnType.Dynamic], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(GeoJson.Shapes(a.Text(0), areas: true) is { } polygons ? Overlay.Union(polygons.Select(Region.Of)) : null)),
        WithLevel("geo_polygon_to_s2cells", 11, SquareCell.MostLevel, static (json, level) => GeoJson.Polygons(json) is { } polygon ? SquareCovering.Json(polygon, level) : null),
        WithLevel("geo_polygon_to_h3cells", 6, HexCell.MostResolution, static (json, level) => GeoJson.Polygons(json) is { } polygon ? HexCovering.Json(polygon, level) : null),
    ];

    private static string? Densified(GeoShape shape, double tolerance)
    {
        var polygons = new List<List<List<GlobePoint>>>();
        foreach (GeoRing[] polygon in shape.Polygons)
        {
            List<GlobePoint>?[] rings = [.. polygon.Select(ring => GeoEditing.Densified(ring.Points, tolerance, isRing: true))];
            if (rings.Contains(null))
            {
                return null;
            }

            polygons.Add([.. rings.OfType<List<GlobePoint>>()]);
        }

        return GeoJson.Polygons(polygons, shape.IsMulti);
    }

    // Rings of which nothing is left go, and so do polygons without a shell. Null where nothing is left, or rings would cross.
    private static string? Simplified(GeoShape shape, double tolerance)
    {
        var polygons = new List<List<GlobePoint[]>>();
        foreach (GeoRing[] polygon in shape.Polygons)
        {
            var rings = new List<GlobePoint[]>();
            foreach (GeoRing ring in polygon)
            {
                GlobePoint[] closed = [.. GeoEditing.Simplified([.. ring.Points, ring.Points[0]], tolerance)];
                if (closed.Length >= 4 && Breadth(closed) > tolerance)
                {
                    rings.Add(closed);
                }
                else if (rings.Count == 0)
                {
                    break;
                }
            }

            if (rings.Count > 0)
            {
                polygons.Add(rings);
            }
        }

        return GeoShapes.OfPolygons(polygons, shape.IsMulti) is null ? null
            : GeoJson.Polygons([.. polygons.Select(polygon => (IReadOnlyList<IReadOnlyList<GlobePoint>>)[.. polygon.Select(ring => ring[..^1])])], shape.IsMulti);
    }

    // How far the farthest point of a ring is from the first, in metres.
    private static double Breadth(GlobePoint[] ring) => ring.Max(point => point.Vector.AngleTo(ring[0].Vector)) * Sphere.EarthRadius;
}
