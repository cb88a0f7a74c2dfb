using System.Text.Json;

namespace Quarry.Kql.Tests.Functions.Places;

public class CellFunctionTests
{
    [Fact]
    public void Neighbours_come_in_the_documented_order()
    {
        Call.Of("geo_geohash_neighbors", "sunny").ShouldBe("""["sunnt","sunpj","sunnx","sunpn","sunnv","sunpp","sunnz","sunnw"]""");
        Call.Of("geo_s2cell_neighbors", "89c259").ShouldBe("""["89c25d","89c2f9","89c251","89c257","89c25f","89c25b","89c2f7","89c2f5"]""");
        Call.Of("geo_h3cell_neighbors", "862a1072fffffff").ShouldBe(
            """["862a10727ffffff","862a10707ffffff","862a1070fffffff","862a10777ffffff","862a100dfffffff","862a100d7ffffff"]""");
        Call.Of("geo_h3cell_rings", "861f8894fffffff", 1L).ShouldBe(
            """[["861f8894fffffff"],["861f88947ffffff","861f8895fffffff","861f88867ffffff","861f8d497ffffff","861f8d4b7ffffff","861f8896fffffff"]]""");
        Call.Of("geo_h3cell_children", "862a1072fffffff", null).ShouldBe(
            """["872a10728ffffff","872a10729ffffff","872a1072affffff","872a1072bffffff","872a1072cffffff","872a1072dffffff","872a1072effffff"]""");
        Call.Of("geo_polygon_to_h3cells", """{"type":"Polygon","coordinates":[[[-3.659,40.553],[-3.913,40.409],[-3.729,40.273],[-3.524,40.440],[-3.659,40.553]]]}""").ShouldBe(
            """["86390cb57ffffff","86390cb0fffffff","86390ca27ffffff","86390cb87ffffff","86390cb07ffffff","86390ca2fffffff","86390ca37ffffff","86390cb17ffffff","86390cb1fffffff","86390cb8fffffff","86390cba7ffffff","86390ca07ffffff","86390cbafffffff"]""");
    }

    [Fact]
    public void A_point_is_in_the_cell_it_is_given()
    {
        var random = new Random(5);
        for (int i = 0; i < 300; i++)
        {
            double longitude = (random.NextDouble() * 360) - 180;
            double latitude = Math.Asin((random.NextDouble() * 2) - 1) * 180 / Math.PI;
            foreach (string kind in (string[])["h3", "s2"])
            {
                long level = random.Next(1, kind == "h3" ? 11 : 20);
                string token = (string)Call.Of($"geo_point_to_{kind}cell", longitude, latitude, level)!;
                string polygon = (string)Call.Of($"geo_{kind}cell_to_polygon", token)!;
                Call.Of("geo_point_in_polygon", longitude, latitude, polygon).ShouldBe(true, $"{kind} {level} {longitude} {latitude} {token}");

                // ... and the middle of a cell is in it again.
                (double middleLongitude, double middleLatitude) = Coordinates((string)Call.Of($"geo_{kind}cell_to_central_point", token)!);
                Call.Of($"geo_point_to_{kind}cell", middleLongitude, middleLatitude, level).ShouldBe(token);
            }
        }
    }

    [Fact]
    public void Hexagons_have_six_neighbours_that_have_them_as_neighbours()
    {
        var random = new Random(6);
        for (int i = 0; i < 200; i++)
        {
            double longitude = (random.NextDouble() * 360) - 180;
            double latitude = Math.Asin((random.NextDouble() * 2) - 1) * 180 / Math.PI;
            string token = (string)Call.Of("geo_point_to_h3cell", longitude, latitude, (long)random.Next(0, 10))!;
            string[] neighbors = JsonSerializer.Deserialize<string[]>((string)Call.Of("geo_h3cell_neighbors", token)!)!;
            neighbors.Length.ShouldBeInRange(5, 6, token);
            neighbors.ShouldAllBe(one => ((string)Call.Of("geo_h3cell_neighbors", one)!).Contains(token));
        }
    }

    [Fact]
    public void All_cells_of_a_resolution_are_reached_from_one_and_cover_the_sphere()
    {
        // 2 + 120 * 7^r cells there are of a resolution.
        var seen = new HashSet<string> { (string)Call.Of("geo_point_to_h3cell", 0.0, 0.0, 1L)! };
        var queue = new Queue<string>(seen);
        double area = 0;
        int pentagons = 0;
        while (queue.TryDequeue(out string? token))
        {
            string polygon = (string)Call.Of("geo_h3cell_to_polygon", token)!;
            area += (double)Call.Of("geo_polygon_area", polygon)!;
            string[] neighbors = JsonSerializer.Deserialize<string[]>((string)Call.Of("geo_h3cell_neighbors", token)!)!;
            pentagons += neighbors.Length == 5 ? 1 : 0;
            foreach (string one in neighbors.Where(seen.Add))
            {
                queue.Enqueue(one);
            }
        }

        seen.Count.ShouldBe(842);
        pentagons.ShouldBe(12);
        area.ShouldBe(4 * Math.PI * 6371010.0 * 6371010.0, 1e6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("zzz")]
    [InlineData("862a1072fffffff0000000")]
    [InlineData("ffffffffffffffff")]
    [InlineData("862a1072ffffff0")]
    public void What_is_no_cell_gives_nothing(string token)
    {
        Call.Of("geo_h3cell_to_polygon", token).ShouldBeNull();
        Call.Of("geo_h3cell_rings", token, 1L).ShouldBeNull();
        Call.Of("geo_h3cell_parent", token, null).ShouldBe("");
        Call.Of("geo_geohash_neighbors", "a").ShouldBeNull();
        Call.Of("geo_s2cell_neighbors", "a").ShouldBeNull();
        Call.Of("geo_point_to_h3cell", double.NaN, 1.0, 3L).ShouldBe("");
        Call.Of("geo_point_to_s2cell", 1.0, 1.0, 31L).ShouldBe("");
    }

    private static (double Longitude, double Latitude) Coordinates(string point)
    {
        using JsonDocument json = JsonDocument.Parse(point);
        JsonElement coordinates = json.RootElement.GetProperty("coordinates");
        return (coordinates[0].GetDouble(), coordinates[1].GetDouble());
    }
}
