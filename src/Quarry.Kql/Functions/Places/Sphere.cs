namespace Quarry.Kql.Functions.Places;

/// <summary>A point on a sphere of the Earth's mean radius, in radians.</summary>
/// <param name="Longitude">East of Greenwich.</param>
/// <param name="Latitude">North of the equator.</param>
internal readonly record struct Sphere(double Longitude, double Latitude)
{
    /// <summary>Metres. The results of Kusto's documented examples are those of this radius, to the last digit.</summary>
    public const double EarthRadius = 6_371_010;

    /// <summary>The point of degrees; null where there is none.</summary>
    public static Sphere? At(double longitude, double latitude) =>
        longitude is >= -180 and <= 180 && latitude is >= -90 and <= 90 ? new Sphere(longitude * Math.PI / 180, latitude * Math.PI / 180) : null;

    /// <summary>The way along a great circle in metres, by the haversine formula.</summary>
    public double DistanceTo(Sphere other)
    {
        double north = Math.Sin((other.Latitude - Latitude) / 2);
        double east = Math.Sin((other.Longitude - Longitude) / 2);
        double squared = (north * north) + (Math.Cos(Latitude) * Math.Cos(other.Latitude) * east * east);
        return 2 * EarthRadius * Math.Asin(Math.Sqrt(Math.Min(1, squared)));
    }

    /// <summary>The direction of the way to another point: radians clockwise from north, from 0 to 2 pi.</summary>
    public double AzimuthTo(Sphere other)
    {
        double way = other.Longitude - Longitude;
        double angle = Math.Atan2(
            Math.Sin(way) * Math.Cos(other.Latitude),
            (Math.Cos(Latitude) * Math.Sin(other.Latitude)) - (Math.Sin(Latitude) * Math.Cos(other.Latitude) * Math.Cos(way)));
        return angle < 0 ? angle + (2 * Math.PI) : angle;
    }

    /// <summary>The angle clockwise from the first leg of a corner to the second: radians from 0 to 2 pi.</summary>
    public static double Angle(Sphere first, Sphere corner, Sphere second)
    {
        double angle = corner.AzimuthTo(second) - corner.AzimuthTo(first);
        return angle < 0 ? angle + (2 * Math.PI) : angle;
    }
}
