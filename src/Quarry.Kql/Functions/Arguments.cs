namespace Quarry.Kql.Functions;

/// <summary>
/// The arguments of one row. bool is a byte, int and long numbers; datetime and timespan are longs in ticks of 100 ns;
/// decimal is scaled by 10^18; string, dynamic (JSON) and guid (32 digits with hyphens) are UTF-8.
/// </summary>
internal readonly unsafe ref struct Arguments(ReadOnlySpan<VectorData> vectors, int row)
{
    private readonly ReadOnlySpan<VectorData> _vectors = vectors;
    private readonly int _row = row;

    /// <summary>How many there are.</summary>
    public int Count => _vectors.Length;

    /// <summary>Whether an argument is null (or was left out).</summary>
    public bool IsNull(int index)
    {
        ulong* validity = _vectors[index].Validity;
        return validity is not null && (validity[_row >> 6] >> (_row & 63) & 1) == 0;
    }

    /// <summary>Whether any argument is null.</summary>
    public bool AnyNull
    {
        get
        {
            for (int i = 0; i < _vectors.Length; i++)
            {
                if (IsNull(i))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>A bool; meaningless where null, as are all but texts.</summary>
    public bool Bool(int index) => _vectors[index].Values[_row] != 0;

    /// <summary>An int.</summary>
    public int Int(int index) => ((int*)_vectors[index].Values)[_row];

    /// <summary>A long, or the ticks of a datetime or timespan.</summary>
    public long Long(int index) => ((long*)_vectors[index].Values)[_row];

    /// <summary>A real.</summary>
    public double Real(int index) => ((double*)_vectors[index].Values)[_row];

    /// <summary>A decimal as the engine holds it: times 10^18.</summary>
    public Int128 Scaled(int index) => ((Int128*)_vectors[index].Values)[_row];

    /// <summary>A decimal; null where .NET's holds fewer digits.</summary>
    public decimal? Decimal(int index) => DecimalStorage.ToDecimal(Scaled(index));

    /// <summary>The UTF-8 of a string, dynamic or guid; empty where null. Valid until the body returns.</summary>
    public ReadOnlySpan<byte> Text(int index)
    {
        if (IsNull(index))
        {
            return default;
        }

        byte* entry = _vectors[index].Values + (16L * _row);
        uint length = *(uint*)entry;
        return new ReadOnlySpan<byte>(length <= 12 ? entry + 4 : *(byte**)(entry + 8), checked((int)length));
    }

    /// <summary>A text as a string; empty where null.</summary>
    public string String(int index) => System.Text.Encoding.UTF8.GetString(Text(index));
}
