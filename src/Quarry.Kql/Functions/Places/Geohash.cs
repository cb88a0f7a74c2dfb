namespace Quarry.Kql.Functions.Places;

/// <summary>A rectangle of a geohash, in degrees.</summary>
/// <remarks>Source: G. Niemeyer, geohash.org (2008): bits of longitude and latitude in turn, five a character.</remarks>
internal readonly record struct Geohash(double West, double South, double East, double North)
{
    private static ReadOnlySpan<byte> Digits => "0123456789bcdefghjkmnpqrstuvwxyz"u8;

    /// <summary>The middle.</summary>
    public double Longitude => (West + East) / 2;

    /// <summary>The middle.</summary>
    public double Latitude => (South + North) / 2;

    /// <summary>The rectangle of a geohash of 1 to 18 characters; null of what is none.</summary>
    public static Geohash? Read(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 1 or > 18)
        {
            return null;
        }

        var cell = new Geohash(-180, -90, 180, 90);
        bool isLongitude = true;
        foreach (byte one in text)
        {
            int digit = Digits.IndexOf(one is >= (byte)'A' and <= (byte)'Z' ? (byte)(one | 0x20) : one);
            if (digit < 0)
            {
                return null;
            }

            for (int bit = 4; bit >= 0; bit--, isLongitude = !isLongitude)
            {
                cell = cell.Half((digit >> bit & 1) != 0, isLongitude);
            }
        }

        return cell;
    }

    /// <summary>The geohashes of a length around this one, in the order of Kusto's documented examples; none beyond a pole.</summary>
    public IEnumerable<string> Neighbors(int length)
    {
        (int East, int North)[] steps = [(-1, -1), (-1, 1), (1, -1), (0, 1), (-1, 0), (1, 1), (1, 0), (0, -1)];
        foreach ((int east, int north) in steps)
        {
            double longitude = Longitude + (east * (East - West));
            double latitude = Latitude + (north * (North - South));
            if (latitude is > -90 and < 90)
            {
                byte[] text = new byte[length];
                yield return System.Text.Encoding.ASCII.GetString(
                    Write(longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude, latitude, text));
            }
        }
    }

    /// <summary>Writes the geohash of a point with as many characters as there is room for.</summary>
    public static ReadOnlySpan<byte> Write(double longitude, double latitude, Span<byte> to)
    {
        var cell = new Geohash(-180, -90, 180, 90);
        bool isLongitude = true;
        for (int i = 0; i < to.Length; i++)
        {
            int digit = 0;
            for (int bit = 0; bit < 5; bit++, isLongitude = !isLongitude)
            {
                bool isUpper = isLongitude ? longitude >= cell.Longitude : latitude >= cell.Latitude;
                cell = cell.Half(isUpper, isLongitude);
                digit = (digit << 1) | (isUpper ? 1 : 0);
            }

            to[i] = Digits[digit];
        }

        return to;
    }

    private Geohash Half(bool isUpper, bool isLongitude) =>
        isLongitude ? isUpper ? this with { West = Longitude } : this with { East = Longitude }
        : isUpper ? this with { South = Latitude }
        : this with { North = Latitude };
}
