namespace Quarry.Processes;

/// <summary>
/// The order in which trees are written: each process before its descendants, siblings and roots by number. The descendants of a
/// process stand behind it without a gap.
/// </summary>
internal sealed class TreeLayout
{
    private TreeLayout(int count)
    {
        Numbers = new int[count];
        Positions = new int[count];
        Parents = new int[count];
        Depths = new int[count];
        Sizes = new int[count];
        Roots = new int[count];
    }

    /// <summary>The number of the process at each position.</summary>
    public int[] Numbers { get; }

    /// <summary>The position of each number.</summary>
    public int[] Positions { get; }

    /// <summary>The position of the parent of the process at each position, or -1.</summary>
    public int[] Parents { get; }

    /// <summary>How many ancestors each has.</summary>
    public int[] Depths { get; }

    /// <summary>How many processes its tree has, itself among them.</summary>
    public int[] Sizes { get; }

    /// <summary>The position of the root of the tree of each.</summary>
    public int[] Roots { get; }

    /// <summary>Lays out a forest.</summary>
    /// <param name="parents">The number of each parent, or -1; without rings.</param>
    public static TreeLayout Of(int[] parents)
    {
        int count = parents.Length;
        var layout = new TreeLayout(count);
        (int[] starts, int[] children) = Children(parents);
        int[] pending = new int[count];
        int left = 0;
        for (int i = starts[1] - 1; i >= starts[0]; i--)
        {
            pending[left++] = children[i];
        }

        for (int position = 0; position < count; position++)
        {
            int number = pending[--left];
            layout.Numbers[position] = number;
            layout.Positions[number] = position;
            int parent = parents[number] < 0 ? -1 : layout.Positions[parents[number]];
            layout.Parents[position] = parent;
            layout.Depths[position] = parent < 0 ? 0 : layout.Depths[parent] + 1;
            layout.Roots[position] = parent < 0 ? position : layout.Roots[parent];
            layout.Sizes[position] = 1;
            for (int i = starts[number + 2] - 1; i >= starts[number + 1]; i--)
            {
                pending[left++] = children[i];
            }
        }

        for (int position = count - 1; position > 0; position--)
        {
            if (layout.Parents[position] >= 0)
            {
                layout.Sizes[layout.Parents[position]] += layout.Sizes[position];
            }
        }

        return layout;
    }

    // The children of number n stand from starts[n + 1] to starts[n + 2]; the roots from starts[0] to starts[1].
    private static (int[] Starts, int[] Children) Children(int[] parents)
    {
        int[] starts = new int[parents.Length + 2];
        foreach (int parent in parents)
        {
            starts[parent + 2]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        int[] next = [.. starts];
        int[] children = new int[parents.Length];
        for (int number = 0; number < parents.Length; number++)
        {
            children[next[parents[number] + 1]++] = number;
        }

        return (starts, children);
    }
}
