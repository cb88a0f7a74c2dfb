using System.Diagnostics;
using System.Globalization;

namespace Quarry.Kql.Tests.Functions.Places;

public class ShapeFunctionTests
{
    private const string Park =
        """{"type":"Polygon","coordinates":[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]]}""";

    [Fact]
    public void Measures_are_those_of_the_documentation()
    {
        ((double)Call.Of("geo_polygon_area", Park)!).ShouldBe(3475207.28346606, 1e-8);
        ((double)Call.Of("geo_polygon_perimeter", Park)!).ShouldBe(9930.30149604938, 1e-10);
        ((double)Call.Of("geo_distance_point_to_polygon", -73.9839, 40.7705, Park)!).ShouldBe(259.940756070596, 1e-10);
        ((double)Call.Of("geo_line_locate_point", """{"type":"LineString","coordinates":[[-73.95796, 40.80042], [-73.97317, 40.764486]]}""", -73.965, 40.792)!)
            .ShouldBe(0.25560135100307552, 1e-15);
        ((double)Call.Of("geo_line_length", """{"type":"LineString","coordinates":[[0,0],[90,0]]}""")!).ShouldBe(Math.PI / 2 * 6371010, 1e-6);

        // Polygons that lie over each other count as what they cover together.
        ((double)Call.Of("geo_polygon_perimeter", """{"type":"MultiPolygon","coordinates":[[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]],[[[-73.94262313842773,40.775991804565585],[-73.98107528686523,40.791849155467695],[-73.99600982666016,40.77092185281977],[-73.96150588989258,40.75609977566361],[-73.94262313842773,40.775991804565585]]]]}""")!)
            .ShouldBe(15943.5384578745, 1e-8);
    }

    [Fact]
    public void Points_are_added_along_straight_lines_in_degrees()
    {
        Call.Of("geo_line_densify", """{"type":"LineString","coordinates":[[50,50],[51,51]]}""").ShouldBe(
            """{"type":"LineString","coordinates":[[50,50],[50.125,50.125],[50.25,50.25],[50.375,50.375],[50.5,50.5],[50.625,50.625],[50.75,50.75],[50.875,50.875],[51,51]]}""");
        Call.Of("geo_line_densify", """{"type":"LineString","coordinates":[[1,1],[2,2]]}""", 0.0).ShouldBeNull();
    }

    [Fact]
    public void Shapes_have_points_lines_and_areas_in_common()
    {
        const string triangle = """{"type":"Polygon","coordinates":[[[2,45],[0,45],[1,44],[2,45]]]}""";
        Call.Of("geo_intersection_2polygons", triangle, """{"type":"Polygon","coordinates":[[[3,44],[2,45],[2,43],[3,44]]]}""").ShouldBe("""{"type":"Point","coordinates":[2,45]}""");
        Call.Of("geo_intersection_2polygons", triangle, """{"type":"Polygon","coordinates":[[[3,44],[3,45],[2,43],[3,44]]]}""").ShouldBe("""{"type":"GeometryCollection","geometries":[]}""");
        Call.Of("geo_intersection_2polygons", triangle, triangle).ShouldBe(triangle);
        Call.Of("geo_intersects_2polygons", triangle, """{"type":"Polygon","coordinates":[[[-9,30],[9,30],[9,60],[-9,60],[-9,30]]]}""").ShouldBe(true);
        const string line = """{"type":"LineString","coordinates":[[-73.978929,40.785155],[-73.980903,40.782621]]}""";
        Call.Of("geo_intersection_2lines", line, line).ShouldBe(line);
        string crossed = (string)Call.Of(
            "geo_intersection_line_with_polygon",
            """{"type":"LineString","coordinates":[[-110.522, 39.198],[-91.428, 40.880]]}""",
            """{"type":"Polygon","coordinates":[[[-90.263,36.738],[-102.041,45.274],[-109.335,36.527],[-90.263,36.738]],[[-100.393,41.705],[-103.139,38.925],[-97.558,39.113],[-100.393,41.705]]]}""")!;
        crossed.ShouldStartWith("""{"type":"MultiLineString","coordinates":[[[-106.8935365588""");
    }

    [Fact]
    public void Areas_of_union_and_intersection_add_up()
    {
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            string one = Star(random, random.NextDouble() * 0.05);
            string other = Star(random, random.NextDouble() * 0.05);
            double both = Area((string)Call.Of("geo_union_polygons_array", $"[{one},{other}]")!);
            double common = Area((string)Call.Of("geo_intersection_2polygons", one, other)!);

            // To the digits that the formula of the documented areas has for slim triangles.
            (both + common).ShouldBe(Area(one) + Area(other), 30);
            Call.Of("geo_intersects_2polygons", one, other).ShouldBe(common > 0);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"Polygon\"}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[10,10],[10,10],[0,0]]]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[10,10],[10,0],[0,10],[0,0]]]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[10,10],[10,0]]]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1e400,10],[10,0],[0,0]]]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[\"1\",10],[10,0],[0,0]]]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[181,10],[10,0],[0,0]]]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[10],[10,0],[0,0]]]}")]
    [InlineData("{\"type\":\"Polygon\",\"coordinates\":{\"a\":1}}")]
    [InlineData("{\"type\":7,\"coordinates\":[[[0,0],[1,1],[1,0],[0,0]]]}")]
    [InlineData("{\"type\":\"LineString\",\"coordinates\":[[1,1]]}")]
    [InlineData("{\"type\":\"LineString\",\"coordinates\":[[0,0],[180,0]]}")]
    [InlineData("{\"type\":\"MultiPolygon\",\"coordinates\":[[[[[[[[]]]]]]]]}")]
    public void What_is_no_shape_gives_null(string json)
    {
        foreach (string name in (string[])["geo_polygon_area", "geo_polygon_centroid", "geo_polygon_perimeter", "geo_polygon_densify", "geo_polygon_simplify",
            "geo_polygon_to_s2cells", "geo_polygon_to_h3cells", "geo_line_length", "geo_line_centroid", "geo_line_densify", "geo_line_simplify", "geo_line_to_s2cells",
            "geo_union_lines_array", "geo_union_polygons_array", "geo_simplify_polygons_array"])
        {
            Call.Of(name, json).ShouldBeNull(name);
        }

        Call.Of("geo_point_in_polygon", 1.0, 1.0, json).ShouldBeNull();
        Call.Of("geo_intersection_2polygons", Park, json).ShouldBeNull();
        Call.Of("geo_intersects_line_with_polygon", json, Park).ShouldBeNull();
    }

    [Fact]
    public void A_hundred_thousand_points_are_answered_soon()
    {
        string coordinates = string.Join(',', Enumerable.Range(0, 100_000).Select(i => i * 2 * Math.PI / 100_000).Select(angle =>
            string.Create(CultureInfo.InvariantCulture, $"[{10 * Math.Cos(angle)},{10 * Math.Sin(angle)}]")));
        string circle = $$"""{"type":"Polygon","coordinates":[[{{coordinates}},[10,0]]]}""";
        string line = $$"""{"type":"LineString","coordinates":[{{coordinates}}]}""";
        var time = Stopwatch.StartNew();
        Area(circle).ShouldBeGreaterThan(3e12);
        Call.Of("geo_polygon_simplify", circle, 1000.0).ShouldNotBeNull();
        Call.Of("geo_line_simplify", line, 1000.0).ShouldNotBeNull();
        Call.Of("geo_intersection_2polygons", circle, Park).ShouldNotBeNull();
        Call.Of("geo_polygon_to_s2cells", circle, 6L).ShouldNotBeNull();

        // A second or two, on a machine that does nothing else.
        time.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Well_known_text_becomes_geojson()
    {
        Call.Of("geo_from_wkt", "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 0)),((10 10, 12 10, 12 12, 10 10)))").ShouldBe(
            """{"type":"MultiPolygon","coordinates":[[[[0,0],[2,0],[2,2],[0,0]]],[[[10,10],[12,10],[12,12],[10,10]]]]}""");
        Call.Of("geo_from_wkt", "GEOMETRYCOLLECTION (POINT (1 1),LINESTRING (2 2, 3 3, 4 4),POLYGON ((10 10, 12 10, 12 12, 10 10)))").ShouldBe(
            """{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,1]},{"type":"LineString","coordinates":[[2,2],[3,3],[4,4]]},{"type":"Polygon","coordinates":[[[10,10],[12,10],[12,12],[10,10]]]}]}""");
        foreach (string text in (string[])["", "LINESTRING", "POINT (1 2", "POINT (1 NaN)", "POINT (1 2) x", string.Concat(Enumerable.Repeat("GEOMETRYCOLLECTION(", 100_000))])
        {
            Call.Of("geo_from_wkt", text).ShouldBeNull();
        }
    }

    private static double Area(string polygon) => (double?)Call.Of("geo_polygon_area", polygon) ?? 0;

    // A star-shaped polygon: its corners in order around its middle.
    private static string Star(Random random, double off)
    {
        int count = random.Next(3, 12);
        string[] corners = [.. Enumerable.Range(0, count).Select(i =>
        {
            double angle = (i + (random.NextDouble() * 0.8)) * 2 * Math.PI / count;
            double radius = 0.02 + (0.03 * random.NextDouble());
            return string.Create(CultureInfo.InvariantCulture, $"[{10 + off + (radius * Math.Cos(angle))},{45 + (radius * Math.Sin(angle))}]");
        })];
        return $$"""{"type":"Polygon","coordinates":[[{{string.Join(',', corners)}},{{corners[0]}}]]}""";
    }
}
