using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Paths of processes from the root, as source indexes with slashes between.</summary>
/// <remarks>
/// The paths of a chain of n processes are n²/2 indexes long together. Where all paths would take more than 64 MiB and 128 bytes a
/// process, those of more than some number of levels are cut: the root, an ellipsis, and the last levels.
/// </remarks>
internal sealed class PathText
{
    private const long FixedBytes = 64L << 20, BytesAProcess = 128, MostBytes = 0x60000000;
    private const int FewestLevels = 4;

    private static readonly byte[] Gap = [.. "…/"u8];

    private readonly TreeLayout _layout;
    private readonly int _levels;

    public PathText(TreeLayout layout)
    {
        _layout = layout;
        int count = layout.Numbers.Length;
        Width = Math.Max(5, Math.Max(0, count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture).Length);
        int deepest = 0;
        foreach (int depth in layout.Depths)
        {
            deepest = Math.Max(deepest, depth + 1);
        }

        _levels = MostLevels(deepest, Math.Min(MostBytes, FixedBytes + (BytesAProcess * count)));
        Levels = _levels < deepest ? _levels : null;
    }

    /// <summary>How many digits a source index has.</summary>
    public int Width { get; }

    /// <summary>How many levels of a path are written, or null where all are.</summary>
    public int? Levels { get; }

    /// <summary>The paths of some processes.</summary>
    public TextColumn Write(int[] positions)
    {
        int[] offsets = new int[positions.Length + 1];
        for (int i = 0; i < positions.Length; i++)
        {
            offsets[i + 1] = checked(offsets[i] + LengthOf(positions[i]));
        }

        byte[] text = new byte[offsets[^1]];
        for (int i = 0; i < positions.Length; i++)
        {
            WritePath(positions[i], text.AsSpan(offsets[i]..offsets[i + 1]));
        }

        return new TextColumn(ColumnType.String, text, offsets, default);
    }

    private int LengthOf(int position)
    {
        int levels = _layout.Depths[position] + 1;
        return levels <= _levels ? (levels * (Width + 1)) - 1 : (_levels * (Width + 1)) - 1 + Gap.Length;
    }

    // From the end backwards, since each process knows its parent.
    private void WritePath(int position, Span<byte> text)
    {
        int end = text.Length;
        int from = end > (_levels * (Width + 1)) - 1 ? Width + 1 + Gap.Length : 0;
        int at = position;
        while (end > from)
        {
            KeyText.WriteNumber(_layout.Numbers[at], text.Slice(end - Width, Width));
            end -= Width + 1;
            if (end > 0)
            {
                text[end] = (byte)'/';
            }

            at = _layout.Parents[at];
        }

        if (from > 0)
        {
            KeyText.WriteNumber(_layout.Numbers[_layout.Roots[position]], text[..Width]);
            text[Width] = (byte)'/';
            Gap.CopyTo(text[(Width + 1)..]);
        }
    }

    // The largest number of levels that keeps all paths within the limit.
    private int MostLevels(int deepest, long limit)
    {
        long[] reaching = new long[deepest + 2];
        foreach (int depth in _layout.Depths)
        {
            reaching[depth + 1]++;
        }

        for (int level = deepest; level > 0; level--)
        {
            reaching[level] += reaching[level + 1];
        }

        long bytes = 0;
        int levels = 0;
        while (levels < deepest && (levels < FewestLevels || bytes + (reaching[levels + 1] * (Width + 1)) <= limit))
        {
            levels++;
            bytes += reaching[levels] * (Width + 1);
        }

        return Math.Max(levels, FewestLevels);
    }
}
