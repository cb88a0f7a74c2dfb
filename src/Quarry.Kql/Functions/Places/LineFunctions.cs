using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;

namespace Quarry.Kql.Functions.Places;

/// <summary>Functions of lines in GeoJSON. What is no valid line gives null.</summary>
internal static class LineFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        Strict("geo_line_length", [ColumnType.Dynamic], ColumnType.Real, static (in Arguments a, ref Result r) =>
            r.Real(GeoJson.Lines(a.Text(0)) is { } line ? GeoMeasures.Length(line) : null)),
        Strict("geo_line_centroid", [ColumnType.Dynamic], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(GeoJson.Lines(a.Text(0)) is { } line && GeoMeasures.LineCentroid(line) is { } point ? GeoJson.Point(point) : null)),
        Strict("geo_line_interpolate_point", [ColumnType.Dynamic, ColumnType.Real], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(GeoJson.Lines(a.Text(0)) is { IsMulti: false } line && a.Real(1) is >= 0 and <= 1 ? GeoJson.Point(GeoMeasures.At(line.Lines[0], a.Real(1))) : null)),
        Strict("geo_line_locate_point", [ColumnType.Dynamic, ColumnType.Real, ColumnType.Real], ColumnType.Real, static (in Arguments a, ref Result r) =>
            r.Real(GeoJson.Lines(a.Text(0)) is { IsMulti: false } line && GlobePoint.At(a.Real(1), a.Real(2)) is { } point ? GeoMeasures.Locate(line.Lines[0], point.Vector) : null)),
        Strict("geo_closest_point_on_line", [ColumnType.Real, ColumnType.Real, ColumnType.Dynamic], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(GlobePoint.At(a.Real(0), a.Real(1)) is { } point && GeoJson.Lines(a.Text(2)) is { } line ? GeoJson.Point(GeoMeasures.Nearest(line, point.Vector)) : null)),
        Strict("geo_distance_point_to_line", [ColumnType.Real, ColumnType.Real, ColumnType.Dynamic], ColumnType.Real, static (in Arguments a, ref Result r) =>
            r.Real(GlobePoint.At(a.Real(0), a.Real(1)) is { } point && GeoJson.Lines(a.Text(2)) is { } line
                ? point.Vector.AngleTo(GeoMeasures.Nearest(line, point.Vector).Vector) * Sphere.EarthRadius : null)),
        WithTolerance("geo_line_densify", 0.1, 10_000, static (json, tolerance) => GeoJson.Lines(json) is { } line ? Edited(line, points => GeoEditing.Densified(points, tolerance, isRing: false)) : null),
        WithTolerance("geo_line_simplify", 0, MostSimplified, static (json, tolerance) => GeoJson.Lines(json) is { } line ? Edited(line, points => GeoEditing.Simplified(points, tolerance)) : null),
        Strict("geo_intersects_2lines", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Bool, static (in Arguments a, ref Result r) =>
            Answer(ref r, GeoJson.Lines(a.Text(0)) is { } one && GeoJson.Lines(a.Text(1)) is { } other ? Meets(one, other) : null)),
        Strict("geo_intersection_2lines", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(GeoJson.Lines(a.Text(0)) is { } one && GeoJson.Lines(a.Text(1)) is { } other ? LineJoining.Intersection(one, other) : null)),
        Strict("geo_intersects_line_with_polygon", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Bool, static (in Arguments a, ref Result r) =>
            Answer(ref r, GeoJson.Lines(a.Text(0)) is { } line && GeoJson.Polygons(a.Text(1)) is { } polygon ? Meets(line, polygon) : null)),
        Strict("geo_intersection_line_with_polygon", [ColumnType.Dynamic, ColumnType.Dynamic], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(GeoJson.Lines(a.Text(0)) is { } line && GeoJson.Polygons(a.Text(1)) is { } polygon ? LineJoining.Intersection(line, Region.Of(polygon)) : null)),
        Strict("geo_union_lines_array", [ColumnType.Dynamic], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(GeoJson.Shapes(a.Text(0), areas: false) is { } lines ? LineJoining.Union(lines) : null)),
        WithLevel("geo_line_to_s2cells", 11, SquareCell.MostLevel, static (json, level) => GeoJson.Lines(json) is { } line ? SquareCovering.Json(line, level) : null),
    ];

    /// <summary>The highest tolerance of simplification in metres: 45 degrees.</summary>
    public const double MostSimplified = Sphere.EarthRadius * Math.PI / 4;

    /// <summary>A function of a shape and a tolerance in metres, 10 if left out; null where it is out of bounds.</summary>
    public static ScalarFunction WithTolerance(string name, double least, double most, Shaping function) =>
        new(name, [ColumnType.Dynamic, ColumnType.Real], ColumnType.Dynamic, (in Arguments a, ref Result r) =>
        {
            double tolerance = a.IsNull(1) ? 10 : a.Real(1);
            r.Text(!a.IsNull(0) && tolerance >= least && tolerance <= most ? function(a.Text(0), tolerance) : null);
        })
        {
            Required = 1,
        };

    /// <summary>A function of a shape and a level; null where it is out of bounds.</summary>
    public static ScalarFunction WithLevel(string name, int standard, int most, Leveling function) =>
        new(name, [ColumnType.Dynamic, ColumnType.Long], ColumnType.Dynamic, (in Arguments a, ref Result r) =>
        {
            long level = a.IsNull(1) ? standard : a.Long(1);
            r.Text(!a.IsNull(0) && level >= 0 && level <= most ? function(a.Text(0), (int)level) : null);
        })
        {
            Required = 1,
        };

    /// <summary>Whether shapes have a point in common; null where that takes too much.</summary>
    public static bool? Meets(GeoShape one, GeoShape other)
    {
        // Without edges that meet, one is inside the other as a whole: as any of its parts is.
        return one.Tree.Any(other.Tree, (i, j) => one.Tree.Edges[i].Meets(other.Tree.Edges[j])) is not false and var meets ? meets
            : (other.IsArea && one.Starts().Any(other.Contains)) || (one.IsArea && other.Starts().Any(one.Contains));
    }

    /// <summary>Gives a truth value, or null.</summary>
    public static void Answer(ref Result result, bool? answer)
    {
        if (answer is { } value)
        {
            result.Bool(value);
        }
        else
        {
            result.Null();
        }
    }

    private static string? Edited(GeoShape shape, Func<GlobePoint[], List<GlobePoint>?> edit)
    {
        List<GlobePoint>?[] lines = [.. shape.Lines.Select(edit)];
        return lines.Contains(null) ? null : GeoJson.Lines(lines!, shape.IsMulti);
    }

    /// <summary>Computes GeoJSON of GeoJSON and a tolerance.</summary>
    internal delegate string? Shaping(ReadOnlySpan<byte> json, double tolerance);

    /// <summary>Computes JSON of GeoJSON and a level.</summary>
    internal delegate string? Leveling(ReadOnlySpan<byte> json, int level);
}
