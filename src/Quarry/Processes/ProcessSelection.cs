namespace Quarry.Processes;

/// <summary>Which processes of the trees are shown.</summary>
internal static class ProcessSelection
{
    /// <summary>The positions that a view shows, rising. Each is looked at a fixed number of times, however the chosen processes lie.</summary>
    /// <param name="tree">The trees.</param>
    /// <param name="view">The view; a summary counts what the trees show.</param>
    /// <param name="chosen">The chosen processes, or null where none were.</param>
    /// <param name="depth">How many levels below the roots or the chosen processes are shown, or null for all.</param>
    /// <exception cref="QuarryException">The view needs processes to be chosen.</exception>
    public static int[] Of(ProcessTree tree, ProcessView view, IReadOnlyList<int>? chosen, int? depth) => view switch
    {
        ProcessView.Roots => [.. chosen is null ? tree.Roots : chosen.Select(tree.RootOf).Distinct().Order()],
        ProcessView.Ancestors => Upwards(tree, Needed(chosen, "ancestors")),
        ProcessView.Siblings => Beside(tree, Needed(chosen, "siblings")),
        _ => Downwards(tree, chosen, depth),
    };

    private static IReadOnlyList<int> Needed(IReadOnlyList<int>? chosen, string view) => chosen
        ?? throw new QuarryException($"The view {view} is of processes that are chosen. Choose them with --root, by process id, key or image name.");

    private static int[] Downwards(ProcessTree tree, IReadOnlyList<int>? chosen, int? depth)
    {
        if (chosen is null && depth is null)
        {
            return [.. Enumerable.Range(0, tree.Count)];
        }

        int[] levels = new int[tree.Count];
        levels.AsSpan().Fill(-1);
        foreach (int start in chosen ?? [.. tree.Roots])
        {
            levels[start] = depth ?? int.MaxValue;
        }

        var shown = new List<int>();
        for (int process = 0; process < levels.Length; process++)
        {
            int above = tree.Parents[process] < 0 ? -1 : levels[tree.Parents[process]];
            levels[process] = Math.Max(levels[process], above == int.MaxValue ? above : above - 1);
            if (levels[process] >= 0)
            {
                shown.Add(process);
            }
        }

        return [.. shown];
    }

    private static int[] Upwards(ProcessTree tree, IReadOnlyList<int> chosen)
    {
        bool[] shown = new bool[tree.Count];
        foreach (int process in chosen)
        {
            for (int at = process; at >= 0 && !shown[at]; at = tree.Parents[at])
            {
                shown[at] = true;
            }
        }

        return [.. Enumerable.Range(0, tree.Count).Where(process => shown[process])];
    }

    private static int[] Beside(ProcessTree tree, IReadOnlyList<int> chosen)
    {
        HashSet<int> own = [.. chosen];
        HashSet<int> parents = [.. chosen.Select(process => tree.Parents[process]).Where(parent => parent >= 0)];
        int[] above = tree.Parents.ToArray();
        return [.. Enumerable.Range(0, tree.Count).Where(process => own.Contains(process) || parents.Contains(above[process]))];
    }
}
