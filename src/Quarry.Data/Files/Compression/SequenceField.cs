namespace Quarry.Data.Files.Compression;

/// <summary>
/// One of the three numbers of a sequence: its codes, its limits and the table used where a block brings none
/// (RFC 8878, sections 3.1.1.3.2.1.1 and 3.1.1.3.2.2).
/// </summary>
internal sealed class SequenceField
{
    /// <summary>How many literals a sequence begins with.</summary>
    public static readonly SequenceField LiteralLength = new(
        "literal length",
        9,
        LiteralLengthCodes(),
        6,
        [
            4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1,
        ]);

    /// <summary>How many bytes a sequence repeats.</summary>
    public static readonly SequenceField MatchLength = new(
        "match length",
        9,
        MatchLengthCodes(),
        6,
        [
            1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
        ]);

    /// <summary>From how far back, or from which of the last three distances, a sequence repeats.</summary>
    public static readonly SequenceField Offset = new(
        "offset",
        8,
        OffsetCodes(),
        5,
        [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1]);

    private readonly string _name;
    private readonly int _largestLog;
    private readonly ValueCode[] _codes;
    private readonly FseTable _predefined;

    private SequenceField(string name, int largestLog, ValueCode[] codes, int log, ReadOnlySpan<short> shares)
    {
        _name = name;
        _largestLog = largestLog;
        _codes = codes;
        _predefined = FseTable.Build(shares, log, codes);
    }

    /// <summary>The table of a block for this field: the predefined one, one symbol, a described one, or the last one.</summary>
    /// <param name="mode">0 predefined, 1 one symbol, 2 described, 3 the last one.</param>
    /// <param name="source">The block from here on.</param>
    /// <param name="last">The table of the block before.</param>
    /// <param name="size">The number of bytes taken.</param>
    /// <exception cref="CompressedDataException">There is no such table.</exception>
    public FseTable Read(int mode, ReadOnlySpan<byte> source, FseTable? last, out int size)
    {
        size = 0;
        switch (mode)
        {
            case 0:
                return _predefined;
            case 1:
                if (source.IsEmpty || source[0] >= _codes.Length)
                {
                    throw new CompressedDataException($"the only {_name} code is not a known one");
                }

                size = 1;
                return FseTable.Single(_codes[source[0]]);
            case 2:
                FseDistribution distribution = FseDistribution.Read(source, _codes.Length - 1, _largestLog);
                size = distribution.Size;
                return FseTable.Build(distribution.Shares.Span, distribution.Log, _codes);
            default:
                return last ?? throw new CompressedDataException($"a block repeats the {_name} table, and none came before");
        }
    }

    private static ValueCode[] LiteralLengthCodes() => Ladder(
        0, 16, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    private static ValueCode[] MatchLengthCodes() => Ladder(
        3, 32, [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    private static ValueCode[] OffsetCodes() =>
        [.. Enumerable.Range(0, 32).Select(code => new ValueCode(1u << code, (byte)code))];

    // Each code begins where the one before ends.
    private static ValueCode[] Ladder(uint first, int singles, byte[] extraBits)
    {
        var codes = new ValueCode[singles + extraBits.Length];
        uint baseline = first;
        for (int i = 0; i < codes.Length; i++)
        {
            byte bits = i < singles ? (byte)0 : extraBits[i - singles];
            codes[i] = new ValueCode(baseline, bits);
            baseline += 1u << bits;
        }

        return codes;
    }
}
