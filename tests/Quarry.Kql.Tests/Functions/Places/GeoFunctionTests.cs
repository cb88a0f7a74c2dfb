namespace Quarry.Kql.Tests.Functions.Places;

public class GeoFunctionTests
{
    [Fact]
    public void Distances_and_angles_are_those_of_a_sphere()
    {
        ((double)Call.Of("geo_distance_2points", -122.407628, 47.578557, -118.275287, 34.019056)!).ShouldBe(1546754.35197381, 1e-8);
        (((double)Call.Of("geo_azimuth", 5.0, 10.0, 10.0, -40.0)!) * 180 / Math.PI).ShouldBe(175.015653606568, 1e-12);
        ((double)Call.Of("geo_angle", 0.0, 10.0, 0.0, 5.0, 3.0, -10.0)!).ShouldBe(2.94493843406882, 1e-13);
        Call.Of("geo_angle", 0.0, 10.0, 0.0, 10.0, 3.0, -10.0).ShouldBeNull();
        Call.Of("geo_distance_2points", 300.0, 1.0, 1.0, 1.0).ShouldBeNull();
        Call.Of("geo_distance_2points", double.NaN, 1.0, 1.0, 1.0).ShouldBeNull();
        Call.Of("geo_point_in_circle", -122.317404, 47.609119, -122.317404, 47.609119, 0.0).ShouldBe(true);
        Call.Of("geo_point_in_circle", 0.0, 0.0, 1.0, 1.0, 1000.0).ShouldBe(false);
    }

    [Fact]
    public void Geohashes_are_written_and_read()
    {
        Call.Of("geo_point_to_geohash", -122.303404, 47.570482).ShouldBe("c23n8");
        Call.Of("geo_point_to_geohash", -122.278156, 47.566936, 5L).ShouldBe("c23n9");
        Call.Of("geo_point_to_geohash", 200.0, 0.0).ShouldBe("");
        Call.Of("geo_point_to_geohash", 0.0, 0.0, 19L).ShouldBe("");
        Call.Of("geo_geohash_to_central_point", "sunny").ShouldBe("""{"type":"Point","coordinates":[42.47314453125,23.70849609375]}""");
        Call.Of("geo_geohash_to_polygon", "dr5ru").ShouldBe(
            """{"type":"Polygon","coordinates":[[[-74.00390625,40.7373046875],[-73.9599609375,40.7373046875],[-73.9599609375,40.78125],[-74.00390625,40.78125],[-74.00390625,40.7373046875]]]}""");
        Call.Of("geo_geohash_to_central_point", "a").ShouldBeNull();
        Call.Of("geo_geohash_to_central_point", "").ShouldBeNull();
    }
}
