using System.Text;
using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>
/// The processes of a table of events as trees. Processes are named by their position from 0 in the order of the result table:
/// each stands before its descendants, siblings stand in order of time, and parents that are not in the log, which were added and
/// are synthetic, behind their like.
/// </summary>
/// <remarks>
/// A process's parent is looked for on its host only: by the parent's identifier where the data has one, by id and start time where
/// it has that, else it is the process that had the id (and the name, where rows name their parents) at the time. No process is its
/// own ancestor.
/// </remarks>
public sealed class ProcessTree
{
    private readonly TreeLayout _layout;
    private readonly ProcessEvents _events;
    private readonly Forest _forest;
    private readonly ProcessTreeTable _writer;
    private Table? _whole;

    private ProcessTree(Table source, ProcessColumns columns, ProcessEvents events, Forest forest, TreeLayout layout, ProcessTreeReport report, ParallelOptions parallel)
    {
        (Source, Columns, _events, _forest, _layout, Report) = (source, columns, events, forest, layout, report);
        _writer = new ProcessTreeTable(source, columns, events, forest, layout, parallel);
    }

    /// <summary>The table of events.</summary>
    public Table Source { get; }

    /// <summary>The schema of the events; its name is empty where the columns were named by hand.</summary>
    public ProcessSchema Schema => Columns.Schema;

    /// <summary>What became of the rows.</summary>
    public ProcessTreeReport Report { get; }

    /// <summary>The number of processes, synthetic ones among them.</summary>
    public int Count => _layout.Numbers.Length;

    /// <summary>The position of the parent of each process, or -1.</summary>
    public ReadOnlySpan<int> Parents => _layout.Parents;

    /// <summary>How many ancestors each process has.</summary>
    public ReadOnlySpan<int> Depths => _layout.Depths;

    /// <summary>The positions of the processes without a parent.</summary>
    public IEnumerable<int> Roots
    {
        get
        {
            for (int root = 0; root < Count; root += _layout.Sizes[root])
            {
                yield return root;
            }
        }
    }

    /// <summary>The counts.</summary>
    public ProcessTreeSummary Summary
    {
        get
        {
            int roots = 0, leaves = 0, isolated = 0, branches = 0, depth = 0;
            for (int process = 0; process < Count; process++)
            {
                bool isRoot = IsRoot(process);
                bool isLeaf = IsLeaf(process);
                roots += isRoot ? 1 : 0;
                leaves += isLeaf ? 1 : 0;
                isolated += isRoot && isLeaf ? 1 : 0;
                branches += isRoot || isLeaf ? 0 : 1;
                depth = Math.Max(depth, _layout.Depths[process] + 1);
            }

            return new ProcessTreeSummary(Count, roots, leaves, branches, isolated, depth);
        }
    }

    /// <summary>The columns of the events.</summary>
    internal ProcessColumns Columns { get; }

    /// <summary>Builds the trees of a table of events.</summary>
    /// <param name="table">The events, in any order.</param>
    /// <param name="options">Where the table says what; only the schema and the columns are looked at.</param>
    /// <param name="degree">How many threads may work; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="UnknownColumnException">A column that was named is not there.</exception>
    /// <exception cref="QuarryException">No schema fits, or a field that is needed has no column.</exception>
    public static ProcessTree Build(Table table, ProcessTreeOptions? options = null, int degree = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ProcessColumns columns = ProcessColumns.Of(table.Schema, options ?? new ProcessTreeOptions());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, degree), CancellationToken = cancellation };
        (ProcessEvents events, ProcessTreeReport report) = new ProcessEventReader(table, columns, parallel).Read();
        Forest forest = Forest.Of(events, parallel);
        report = report with
        {
            Synthetic = forest.Missing.Count,
            ReusedIds = forest.ReusedIds,
            MissingParentIds = CountLinks(forest, events, ParentLink.None),
            AmbiguousParents = CountLinks(forest, events, ParentLink.Ambiguous),
            SelfParents = CountLinks(forest, events, ParentLink.Self),
            BrokenCycles = CountLinks(forest, events, ParentLink.Cycle),
        };
        return new ProcessTree(table, columns, events, forest, TreeLayout.Of(forest.Parents), report, parallel);
    }

    /// <summary>The row of the events' table that started a process; null for a synthetic one.</summary>
    public int? SourceRow(int process) => IsSynthetic(process) ? null : _events.Rows[_layout.Numbers[process]];

    /// <summary>Whether a process is not in the log and was added as the parent of one that is.</summary>
    public bool IsSynthetic(int process) => _layout.Numbers[process] >= _events.Count;

    /// <summary>Whether a process has no parent.</summary>
    public bool IsRoot(int process) => _layout.Parents[process] < 0;

    /// <summary>Whether a process has no child.</summary>
    public bool IsLeaf(int process) => _layout.Sizes[process] == 1;

    /// <summary>Whether a process has both.</summary>
    public bool IsBranch(int process) => !IsRoot(process) && !IsLeaf(process);

    /// <summary>How the parent of a process was told.</summary>
    public ParentLink LinkOf(int process) => _forest.Links[_layout.Numbers[process]];

    /// <summary>The key of a process: <c>name|id|time</c>. Processes of different hosts can have the same.</summary>
    public string KeyOf(int process) => Encoding.UTF8.GetString(_writer.Keys[process]);

    /// <summary>The parent of a process; null for a root.</summary>
    public int? ParentOf(int process) => _layout.Parents[process] is >= 0 and int parent ? parent : null;

    /// <summary>The first process of the tree that a process belongs to.</summary>
    public int RootOf(int process) => _layout.Roots[process];

    /// <summary>Every process of the tree that a process belongs to.</summary>
    public IEnumerable<int> RootTree(int process) => Descendants(RootOf(process), includeSelf: true);

    /// <summary>The most processes on the way from the root of a process's tree down to a leaf.</summary>
    public int TreeDepth(int process) => RootTree(process).Max(p => _layout.Depths[p]) + 1;

    /// <summary>The children of a process.</summary>
    public IEnumerable<int> Children(int process, bool includeSelf = false) => Descendants(process, includeSelf, maxLevels: 1);

    /// <summary>The processes below a process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="includeSelf">Whether it is among them.</param>
    /// <param name="maxLevels">How many levels down; null for all.</param>
    public IEnumerable<int> Descendants(int process, bool includeSelf = false, int? maxLevels = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(process);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(process, Count);
        return Walk();

        IEnumerable<int> Walk()
        {
            int end = process + _layout.Sizes[process];
            long deepest = _layout.Depths[process] + (long)(maxLevels ?? int.MaxValue);
            int next = includeSelf ? process : process + 1;
            while (next < end)
            {
                if (_layout.Depths[next] <= deepest)
                {
                    yield return next;
                }

                // What is below the last level is stepped over, not walked through.
                next += _layout.Depths[next] >= deepest ? _layout.Sizes[next] : 1;
            }
        }
    }

    /// <summary>The ancestors of a process, the root first.</summary>
    public IReadOnlyList<int> Ancestors(int process, bool includeSelf = false)
    {
        var ancestors = new List<int>(_layout.Depths[process] + 1);
        for (int at = includeSelf ? process : _layout.Parents[process]; at >= 0; at = _layout.Parents[at])
        {
            ancestors.Add(at);
        }

        ancestors.Reverse();
        return ancestors;
    }

    /// <summary>The other children of a process's parent; of a root, none.</summary>
    public IEnumerable<int> Siblings(int process, bool includeSelf = false) => _layout.Parents[process] < 0
        ? includeSelf ? [process] : []
        : Children(_layout.Parents[process]).Where(child => includeSelf || child != process);

    /// <summary>The processes that have a process id, a key, a source_index or an image name (with or without its folder).</summary>
    /// <param name="text">What to look for; a number is an id (0x1f4 and 500 are the same), else letter case does not matter.</param>
    public IReadOnlyList<int> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _writer.Find(text.Trim());
    }

    /// <summary>The trees as a table: see <see cref="ProcessTreeTables.SchemaOf"/>.</summary>
    public Table ToTable() => _whole ??= _writer.Write([.. Enumerable.Range(0, Count)]);

    /// <summary>Some processes as a table of the same columns.</summary>
    public Table ToTable(IEnumerable<int> processes) => _writer.Write([.. processes]);

    /// <summary>How many levels of a path are written, or null where all are.</summary>
    internal int? PathLevels => _writer.PathLevels;

    private static int CountLinks(Forest forest, ProcessEvents events, ParentLink link) => forest.Links.AsSpan(0, events.Count).Count(link);
}
