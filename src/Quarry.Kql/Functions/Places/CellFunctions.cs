using Quarry.Tables;
using static Quarry.Kql.Functions.ScalarForm;

namespace Quarry.Kql.Functions.Places;

/// <summary>Functions of the cells of geohash, S2 and H3. What is no cell gives null, or the empty string.</summary>
internal static class CellFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        Strict("geo_geohash_neighbors", [ColumnType.String], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(Geohash.Read(a.Text(0)) is { } cell ? GeoJson.Texts(cell.Neighbors(a.Text(0).Length)) : null)),
        OfPoint("geo_point_to_s2cell", 11, SquareCell.MostLevel, static (point, level) => SquareCell.Of(point, level).Token),
        OfSquare("geo_s2cell_to_central_point", static cell => GeoJson.Point(GlobePoint.Of(cell.Center))),
        OfSquare("geo_s2cell_to_polygon", static cell => Polygon(cell.Corners.Select(GlobePoint.Of))),
        OfSquare("geo_s2cell_neighbors", static cell => GeoJson.Texts(cell.Neighbors.Select(one => one.Token))),
        OfPoint("geo_point_to_h3cell", 6, HexCell.MostResolution, static (point, level) => HexCell.Of(point, level).Token),
        OfHexagon("geo_h3cell_to_central_point", static cell => GeoJson.Point(GlobePoint.Of(cell.Center))),
        OfHexagon("geo_h3cell_to_polygon", static cell => Polygon(HexGeometry.Outline(cell))),
        OfHexagon("geo_h3cell_neighbors", static cell => Texts(HexGeometry.Neighbors(cell))),
        Strict("geo_h3cell_level", [ColumnType.String], ColumnType.Int, static (in Arguments a, ref Result r) =>
        {
            if (HexCell.Read(a.Text(0)) is { } cell)
            {
                r.Int(cell.Resolution);
            }
            else
            {
                r.Null();
            }
        }),
        new("geo_h3cell_parent", [ColumnType.String, ColumnType.Long], ColumnType.String, static (in Arguments a, ref Result r) =>
            r.Text(!a.IsNull(0) && HexCell.Read(a.Text(0)) is { } cell && (a.IsNull(1) ? cell.Resolution - 1 : a.Long(1)) is >= 0 and var resolution
                && resolution <= cell.Resolution ? cell.Parent((int)resolution).Token : ""))
        {
            Required = 1,
        },
        new("geo_h3cell_children", [ColumnType.String, ColumnType.Long], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(!a.IsNull(0) && HexCell.Read(a.Text(0)) is { } cell && (a.IsNull(1) ? cell.Resolution + 1 : a.Long(1)) is <= HexCell.MostResolution and var resolution
                && resolution > cell.Resolution && resolution - cell.Resolution <= MostGenerations ? Texts(cell.Children((int)resolution)) : null))
        {
            Required = 1,
        },
        Strict("geo_h3cell_rings", [ColumnType.String, ColumnType.Long], ColumnType.Dynamic, static (in Arguments a, ref Result r) =>
            r.Text(HexCell.Read(a.Text(0)) is { } cell && a.Long(1) is >= 0 and <= MostDistance and var distance
                ? $"[{string.Join(',', HexGeometry.Rings(cell, (int)distance).Select(Texts))}]" : null)),
    ];

    // As documented.
    private const int MostGenerations = 5;
    private const int MostDistance = 142;

    private static string Texts(IEnumerable<HexCell> cells) => GeoJson.Texts(cells.Select(cell => cell.Token));

    private static string Polygon(IEnumerable<GlobePoint> ring) => GeoJson.Polygons([[[.. ring]]], isMulti: false);

    private static ScalarFunction OfPoint(string name, int standard, int most, Func<Direction, int, string> function) =>
        new(name, [ColumnType.Real, ColumnType.Real, ColumnType.Long], ColumnType.String, (in Arguments a, ref Result r) =>
        {
            long level = a.IsNull(2) ? standard : a.Long(2);
            r.Text(!a.IsNull(0) && !a.IsNull(1) && level >= 0 && level <= most && GlobePoint.At(a.Real(0), a.Real(1)) is { } point
                ? function(point.Vector, (int)level) : "");
        })
        {
            Required = 2,
        };

    private static ScalarFunction OfSquare(string name, Func<SquareCell, string> function) =>
        Strict(name, [ColumnType.String], ColumnType.Dynamic, (in Arguments a, ref Result r) => r.Text(SquareCell.Read(a.Text(0)) is { } cell ? function(cell) : null));

    private static ScalarFunction OfHexagon(string name, Func<HexCell, string> function) =>
        Strict(name, [ColumnType.String], ColumnType.Dynamic, (in Arguments a, ref Result r) => r.Text(HexCell.Read(a.Text(0)) is { } cell ? function(cell) : null));
}
