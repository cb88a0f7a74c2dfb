namespace Quarry.Kql.Functions.Places;

/// <summary>A point on the unit sphere: its degrees and its vector.</summary>
/// <param name="Longitude">Degrees east of Greenwich.</param>
/// <param name="Latitude">Degrees north of the equator.</param>
/// <param name="Vector">The unit vector: x towards 0 E, y towards 90 E, z towards the north pole.</param>
internal readonly record struct GlobePoint(double Longitude, double Latitude, Direction Vector)
{
    /// <summary>The point of degrees; null where there is none.</summary>
    public static GlobePoint? At(double longitude, double latitude)
    {
        if (longitude is not (>= -180 and <= 180) || latitude is not (>= -90 and <= 90))
        {
            return null;
        }

        // A pole is one point whatever its longitude, and so is the antimeridian from either side.
        if (Math.Abs(latitude) == 90)
        {
            return new GlobePoint(longitude, latitude, new Direction(0, 0, Math.Sign(latitude)));
        }

        double east = (longitude == -180 ? 180 : longitude) * (Math.PI / 180);
        double north = latitude * (Math.PI / 180);
        double level = Math.Cos(north);
        return new GlobePoint(longitude, latitude, new Direction(Math.Cos(east) * level, Math.Sin(east) * level, Math.Sin(north)));
    }

    /// <summary>The point in a direction.</summary>
    public static GlobePoint Of(Direction vector)
    {
        Direction unit = vector.Unit;
        return new GlobePoint(
            Math.Atan2(unit.Y, unit.X) * (180 / Math.PI),
            Math.Atan2(unit.Z, Math.Sqrt((unit.X * unit.X) + (unit.Y * unit.Y))) * (180 / Math.PI),
            unit);
    }
}
