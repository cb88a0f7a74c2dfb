namespace Quarry.Kql.Functions.Places;

/// <summary>The cells of the H3 grid whose middle is in polygons.</summary>
internal static class HexCovering
{
    // The most cells, as documented.
    private const int MostCells = 61_680;
    private const long MostWork = 300_000_000;

    /// <summary>The indexes as an array in JSON; null where there are too many.</summary>
    public static string? Json(GeoShape shape, int resolution)
    {
        var cells = new List<HexCell>();
        HashSet<HexCell> seen = [];
        var queue = new Queue<HexCell>();
        Edge[] edges = [.. shape.Edges()];
        long work = 0;

        // From the outline inwards. A cell that the outline runs through, or that is beside one, is a beginning.
        double reach = 0.3 * Math.Pow(7, -resolution / 2.0);
        foreach (Edge edge in edges)
        {
            double steps = Math.Ceiling(edge.From.AngleTo(edge.To) / (reach / 2));
            work += (long)steps;
            if (work > 10L * MostCells)
            {
                return null;
            }

            for (int i = 0; i <= steps; i++)
            {
                HexCell cell = HexCell.Of(edge.From.Towards(edge.To, steps == 0 ? 0 : i / steps), resolution);
                foreach (HexCell one in (IEnumerable<HexCell>)[cell, .. seen.Contains(cell) ? [] : HexGeometry.Around(cell)])
                {
                    if (seen.Add(one))
                    {
                        queue.Enqueue(one);
                    }
                }
            }
        }

        work = 0;
        while (queue.TryDequeue(out HexCell cell))
        {
            work += edges.Length;
            if (work > MostWork)
            {
                return null;
            }

            if (!shape.Contains(cell.Center))
            {
                continue;
            }

            cells.Add(cell);
            if (cells.Count > MostCells)
            {
                return null;
            }

            foreach (HexCell one in HexGeometry.Around(cell).Where(seen.Add))
            {
                queue.Enqueue(one);
            }
        }

        return GeoJson.Texts(cells.OrderBy(cell => cell.Id).Select(cell => cell.Token));
    }
}
