namespace Quarry.Kql.Functions.Places;

/// <summary>The cells of the H3 grid whose middle is in polygons. The edges are straight lines in degrees, as documented.</summary>
internal static class HexCovering
{
    // The most cells, as documented.
    private const int MostCells = 61_680;
    private const long MostWork = 300_000_000;

    /// <summary>The indexes as an array in JSON; null where there are too many.</summary>
    public static string? Json(GeoShape shape, int resolution)
    {
        var texts = new List<string>();
        foreach (GeoRing[] polygon in shape.Polygons)
        {
            if (Cells(polygon, resolution) is not { } cells)
            {
                return null;
            }

            texts.AddRange(InSlots(cells, Slots(polygon[0].Points, polygon.Sum(ring => ring.Points.Length), resolution)).Select(cell => cell.Token));
            if (texts.Count > MostCells)
            {
                return null;
            }
        }

        return GeoJson.Texts(NativeSetOrder.Of(texts));
    }

    // From the outline inwards: the cells that it runs through, and those beside them, are the beginning.
    private static List<HexCell>? Cells(GeoRing[] polygon, int resolution)
    {
        HashSet<HexCell> seen = [];
        var queue = new Queue<HexCell>();
        double reach = 0.15 * Math.Pow(7, -resolution / 2.0);
        long work = 0;
        foreach ((GlobePoint from, GlobePoint to) in polygon.SelectMany(ring => ring.Points.Select((point, i) => (point, ring.Points[(i + 1) % ring.Points.Length]))))
        {
            double east = Short(to.Longitude - from.Longitude);
            double north = to.Latitude - from.Latitude;
            double steps = Math.Ceiling(Math.Max(Math.Abs(east), Math.Abs(north)) * (Math.PI / 180) / reach);
            work += (long)steps;
            if (work > 20L * MostCells)
            {
                return null;
            }

            for (int i = 0; i <= steps; i++)
            {
                double part = steps == 0 ? 0 : i / steps;
                double latitude = Math.Clamp(from.Latitude + (part * north), -90, 90);
                HexCell cell = HexCell.Of(GlobePoint.At(Short(from.Longitude + (part * east)), latitude)!.Value.Vector, resolution);
                if (seen.Add(cell))
                {
                    queue.Enqueue(cell);
                    foreach (HexCell beside in HexGeometry.Around(cell).Where(seen.Add))
                    {
                        queue.Enqueue(beside);
                    }
                }
            }
        }

        var cells = new List<HexCell>();
        work = 0;
        int points = polygon.Sum(ring => ring.Points.Length);
        while (queue.TryDequeue(out HexCell cell))
        {
            work += points;
            if (work > MostWork || cells.Count > MostCells)
            {
                return null;
            }

            var center = GlobePoint.Of(cell.Center);
            if (IsWithin(polygon[0].Points, center) && !polygon[1..].Any(hole => IsWithin(hole.Points, center)))
            {
                cells.Add(cell);
                foreach (HexCell beside in HexGeometry.Around(cell).Where(seen.Add))
                {
                    queue.Enqueue(beside);
                }
            }
        }

        return cells;
    }

    // How often a line of constant latitude to the east crosses the ring.
    private static bool IsWithin(GlobePoint[] ring, GlobePoint point)
    {
        bool isWithin = false;
        for (int i = 0; i < ring.Length; i++)
        {
            GlobePoint from = ring[i];
            GlobePoint to = ring[(i + 1) % ring.Length];
            if (from.Latitude > point.Latitude != to.Latitude > point.Latitude)
            {
                double fromEast = Short(from.Longitude - point.Longitude);
                double toEast = fromEast + Short(to.Longitude - from.Longitude);
                isWithin ^= fromEast + ((point.Latitude - from.Latitude) / (to.Latitude - from.Latitude) * (toEast - fromEast)) > 0;
            }
        }

        return isWithin;
    }

    private static double Short(double longitude) => longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;

    // H3 gives cells as they lie in a table of this size: an estimate of their number from the polygon's bounds and the least area of a cell.
    private static long Slots(GlobePoint[] shell, int points, int resolution)
    {
        (double west, double east) = (shell.Min(point => point.Longitude), shell.Max(point => point.Longitude));
        (double south, double north) = (shell.Min(point => point.Latitude), shell.Max(point => point.Latitude));
        if (GlobePoint.At(west, south) is not { } low || GlobePoint.At(east, north) is not { } high)
        {
            return points;
        }

        ulong pentagon = (0x08UL << 56) | (4UL << 45) | 0x1FFF_FFFF_FFFF;
        for (int r = 1; r <= resolution; r++)
        {
            pentagon &= ~(7UL << (3 * (15 - r)));
        }

        var cell = new HexCell(pentagon | ((ulong)resolution << 52));
        double radius = cell.Center.AngleTo(HexGeometry.Outline(cell)[0].Vector);
        double across = low.Vector.AngleTo(high.Vector);
        double area = across * across / Math.Min(3, Math.Abs((east - west) / (north - south)));
        return (long)Math.Min(1e9, Math.Max(points, Math.Ceiling(area / (0.8 * 2.59807621135 * radius * radius)))) + 12;
    }

    private static List<HexCell> InSlots(List<HexCell> cells, long slots)
    {
        // Open addressing: a cell goes to the next free place after its own. Cells that want the same place go there by their number.
        var taken = new SortedDictionary<ulong, HexCell>();
        foreach (HexCell cell in cells.OrderBy(cell => cell.Id))
        {
            ulong at = cell.Id % (ulong)slots;
            while (!taken.TryAdd(at, cell))
            {
                at = (at + 1) % (ulong)slots;
            }
        }

        return [.. taken.Values];
    }
}
