using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Texts that repeat, each kept once: what a process has is a number of one of them.</summary>
/// <param name="texts">The distinct texts.</param>
/// <param name="ids">The number of the text of each process by position; -1 where it has none.</param>
internal sealed class RepeatedTexts(TextColumn texts, int[] ids)
{
    /// <summary>The text of a process; empty where it has none.</summary>
    public ReadOnlySpan<byte> this[int position] => ids[position] < 0 ? default : texts[ids[position]];

    /// <summary>The texts of some processes as a column; a position of -1 is null.</summary>
    public TextColumn At(int[] positions)
    {
        int[] rows = new int[positions.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = positions[i] < 0 ? -1 : ids[positions[i]];
        }

        return TextGather.Of(texts, null, rows);
    }
}
