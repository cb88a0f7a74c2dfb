namespace Quarry.Catalogue;

/// <summary>Sizes as text: <c>64MiB</c> is 64 times 1,048,576 bytes, <c>64MB</c> 64 million, <c>64</c> is 64 bytes.</summary>
/// <remarks>Source: IEC 80000-13 for the binary units. A bare <c>64M</c> means either, and is refused.</remarks>
public static class ByteSizeText
{
    private static readonly (string Name, long Worth)[] Binary =
        [("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("", 1)];

    private static readonly (string Name, long Worth)[] All =
    [
        .. Binary,
        ("B", 1),
        ("KB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("TB", 1_000_000_000_000),
    ];

    /// <summary>Reads a size; false if it is none, or no whole number of bytes, or beyond 64 bits.</summary>
    public static bool TryParse(string text, out long bytes) => UnitText.TryParse(text, All, out bytes);

    /// <summary>Writes a size so that it is read back as the same.</summary>
    public static string Format(long bytes) => UnitText.Format(bytes, Binary);
}
