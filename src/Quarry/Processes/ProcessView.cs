namespace Quarry.Processes;

/// <summary>Which processes of the trees are shown, and how.</summary>
public enum ProcessView
{
    /// <summary>The trees, or those below the chosen processes.</summary>
    Tree,

    /// <summary>The processes that begin a tree; of the chosen processes, the first of the tree that each belongs to.</summary>
    Roots,

    /// <summary>The chosen processes with all their ancestors, the root first.</summary>
    Ancestors,

    /// <summary>The chosen processes with the others of the same parent.</summary>
    Siblings,

    /// <summary>The counts: processes, roots, leaves, branches, depth.</summary>
    Summary,
}
