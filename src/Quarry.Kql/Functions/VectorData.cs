namespace Quarry.Kql.Functions;

/// <summary>
/// The values of one argument for up to 2,048 rows, where the engine has them: numbers one after another, texts as entries
/// of 16 bytes (length, then up to 12 bytes of UTF-8 or four of them and a pointer), a bit a row that is set where there is a value.
/// </summary>
internal readonly unsafe struct VectorData(byte* values, ulong* validity)
{
    /// <summary>The values.</summary>
    public byte* Values { get; } = values;

    /// <summary>The bits; null where no row is null.</summary>
    public ulong* Validity { get; } = validity;
}
