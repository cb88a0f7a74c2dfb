using System.Globalization;
using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Process trees from tables of events, as tables.</summary>
public static class ProcessTreeTables
{
    /// <summary>
    /// The columns of the summary, one row: Processes, RootProcesses, LeafProcesses, BranchProcesses, IsolatedProcesses and
    /// LargestTreeDepth as in MSTICPy, then SyntheticProcesses, Hosts, Duplicates, OtherEvents; all long.
    /// </summary>
    public static TableSchema SummarySchema { get; } = new(
        new[]
        {
            "Processes", "RootProcesses", "LeafProcesses", "BranchProcesses", "IsolatedProcesses", "LargestTreeDepth", "SyntheticProcesses", "Hosts",
            "Duplicates", "OtherEvents",
        }
        .Select(name => new ColumnSchema(name, ColumnType.Long)));

    /// <summary>
    /// The columns of a table of trees: those of the input, then EffectiveLogonId, new_process_lc, parent_proc_lc, source_index,
    /// the parent's process id, EffectiveLogonId, new_process_lc, source_index (long: its row of the input), parent id and name
    /// with the suffix <c>_par</c>, timestamp_orig_par, proc_key, parent_key, IsRoot, IsLeaf, IsBranch, path, parent_index; then
    /// Depth, Descendants (int), root_index, root_key, IsSynthetic, MatchedBy (see <see cref="ParentLink"/>), Occurrences and
    /// src_index (long: the row of the input, null for a synthetic one). A column of the input that is called as one of these is
    /// renamed to end in <c>_input</c>.
    /// </summary>
    /// <exception cref="UnknownColumnException">A column that was named is not there.</exception>
    /// <exception cref="QuarryException">No schema fits, or a field that is needed has no column.</exception>
    public static TableSchema SchemaOf(TableSchema input, ProcessTreeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new ProcessTreeOptions();
        return options.View == ProcessView.Summary ? SummarySchema : TreeColumns.Of(input, ProcessColumns.Of(input, options));
    }

    /// <summary>The trees of a table of events; see <see cref="SchemaOf"/> for the columns.</summary>
    /// <exception cref="UnknownColumnException">A column that was named is not there.</exception>
    /// <exception cref="QuarryException">No schema fits, or no process is the one to be shown.</exception>
    public static Table BuildProcessTree(this Table table, ProcessTreeOptions? options = null)
    {
        options ??= new ProcessTreeOptions();
        return Select(ProcessTree.Build(table, options), options, remark: null);
    }

    /// <summary>The trees of a stream of events, which is gathered when the result is read; see <see cref="SchemaOf"/> for the columns.</summary>
    /// <param name="stream">The events; disposed with the result.</param>
    /// <param name="options">Where the table says what, and what to show.</param>
    /// <param name="context">Threads, progress, remarks and cancellation.</param>
    /// <exception cref="UnknownColumnException">A column that was named is not there.</exception>
    /// <exception cref="QuarryException">No schema fits; while reading, no process is the one to be shown.</exception>
    public static TableStream BuildProcessTree(this TableStream stream, ProcessTreeOptions options, AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(context);
        _ = ProcessColumns.Of(stream.Schema, options);
        return new TableStream(SchemaOf(stream.Schema, options), Batches(), stream);

        IEnumerable<TableBatch> Batches()
        {
            Table table = Gather(stream, context);
            ProcessTree tree = ProcessTree.Build(table, options, context.Threads, context.Cancellation);
            foreach (TableBatch batch in TableStream.Of(Select(tree, options, context.Remark)).TakeBatches())
            {
                yield return batch;
            }
        }
    }

    private static Table Gather(TableStream stream, AnalysisContext context)
    {
        long rows = 0;
        return Table.Concat(stream.Schema, stream.TakeBatches().Select(batch =>
        {
            context.Cancellation.ThrowIfCancellationRequested();
            rows += batch.Table.RowCount;
            context.Progress?.Report(rows);
            return batch.Table;
        }));
    }

    private static Table Select(ProcessTree tree, ProcessTreeOptions options, Action<string>? remark)
    {
        IReadOnlyList<int>? chosen = options.Root is { } root ? Chosen(tree, root) : null;
        foreach (string sentence in ProcessTreeRemarks.Of(tree, options, chosen))
        {
            remark?.Invoke(sentence);
        }

        bool isWhole = chosen is null && options.Depth is null;
        if (options.View == ProcessView.Summary)
        {
            return Summarise(tree, isWhole ? null : ProcessSelection.Of(tree, options.View, chosen, options.Depth));
        }

        return options.View == ProcessView.Tree && isWhole
            ? tree.ToTable()
            : tree.ToTable(ProcessSelection.Of(tree, options.View, chosen, options.Depth));
    }

    private static IReadOnlyList<int> Chosen(ProcessTree tree, string root)
    {
        IReadOnlyList<int> found = tree.Find(root);
        if (found.Count == 0)
        {
            string shown = root.Length > 80 ? root[..80] + "…" : root;
            throw new QuarryException(string.Create(
                CultureInfo.InvariantCulture,
                $"None of the {tree.Count:N0} processes has the id, key, source_index or image name '{shown}'. The view roots lists where the trees begin."));
        }

        return found;
    }

    private static Table Summarise(ProcessTree tree, int[]? shown)
    {
        ProcessTreeSummary summary = shown is null ? tree.Summary : SummaryOf(tree, shown);
        var builder = new TableBuilder(SummarySchema);
        builder.AddRow(
            (long)summary.Processes, (long)summary.RootProcesses, (long)summary.LeafProcesses, (long)summary.BranchProcesses,
            (long)summary.IsolatedProcesses, (long)summary.LargestTreeDepth,
            (long)(shown is null ? tree.Report.Synthetic : shown.Count(tree.IsSynthetic)),
            (long)tree.Report.Hosts, (long)tree.Report.Duplicates, (long)tree.Report.OtherEvents);
        return builder.Build();
    }

    // As the whole, with only the given processes: one whose parent is not among them is a root.
    private static ProcessTreeSummary SummaryOf(ProcessTree tree, int[] shown)
    {
        var depths = new Dictionary<int, int>(shown.Length);
        var withChild = new HashSet<int>();
        int roots = 0;
        foreach (int process in shown)
        {
            int parent = tree.Parents[process];
            bool isRoot = !depths.TryGetValue(parent, out int depth);
            depths.Add(process, isRoot ? 1 : depth + 1);
            roots += isRoot ? 1 : 0;
            if (!isRoot)
            {
                withChild.Add(parent);
            }
        }

        int isolated = shown.Count(process => depths[process] == 1 && !withChild.Contains(process));
        int branches = shown.Count(process => depths[process] > 1 && withChild.Contains(process));
        return new ProcessTreeSummary(shown.Length, roots, shown.Length - withChild.Count, branches, isolated, depths.Values.DefaultIfEmpty().Max());
    }
}
