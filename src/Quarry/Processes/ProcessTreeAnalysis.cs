using Quarry.Catalogue;
using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>Process trees as the catalogue describes them to every face.</summary>
public static class ProcessTreeAnalysis
{
    /// <summary>The entry of the catalogue.</summary>
    public static Analysis<ProcessTreeOptions> Entry { get; } = new()
    {
        Name = "tree",
        Summary = "Rebuilds process trees from the events of Windows, Sysmon, Defender, Linux auditd, osquery and HX.",
        Shape = AnalysisShape.WholeTable,
        TakesColumns = false,
        Keywords =
        [
            "process", "processes", "process_tree", "build_process_tree", "parent", "child", "children", "ancestors", "descendants", "siblings", "pid", "ppid",
            "4688", "SecurityEvent", "sysmon", "mde", "DeviceProcessEvents", "auditd", "execve", "osquery", "fireeye", "lineage", "spawn",
        ],
        Examples =
        [
            new("quarry tree events.csv", "every tree; the schema is recognised from the columns"),
            new("quarry tree events.csv --root 0x1f4", "the processes with this id, and what they started"),
            new("quarry tree events.csv --root wuhelper.exe --view ancestors", "how a program came to run"),
            new("quarry tree events.csv --view roots", "where the trees begin"),
            new("quarry tree procs.csv --process-name Image --process-id PID --parent-id PPID --time Start", "columns of another source"),
            new("quarry tree 'logs/*.jsonl.gz' -o trees.parquet", "many files, into a table"),
        ],
        Headline = ["source_index", "Depth", "new_process_lc", "parent_proc_lc", "MatchedBy", "Descendants", "path"],
        Output =
        [
            new("EffectiveLogonId", ColumnType.String, "The logon session that the process runs in. Before it stand the columns of the input."),
            new("new_process_lc", ColumnType.String, "The process's image in lower case."),
            new("parent_proc_lc", ColumnType.String, "The parent's image in lower case."),
            new("source_index", ColumnType.String, "The position in order of time, with leading zeros; parents that are not in the log come last."),
            new("NewProcessId_par", ColumnType.String, "The parent's process id, named after the column of the process id; likewise the following."),
            new("EffectiveLogonId_par", ColumnType.String, "The parent's logon session."),
            new("new_process_lc_par", ColumnType.String, "The parent's image in lower case, as the parent's row has it."),
            new("source_index_par", ColumnType.Long, "The parent's row of the input, from 0."),
            new("ProcessId_par", ColumnType.String, "The process id of the parent's parent."),
            new("NewProcessName_par", ColumnType.String, "The parent's image."),
            new("timestamp_orig_par", ColumnType.DateTime, "When the parent began."),
            new("proc_key", ColumnType.String, "Image, id and time; a time of 1970 stands for none."),
            new("parent_key", ColumnType.String, "The parent's proc_key."),
            new("IsRoot", ColumnType.Bool, "Whether it has no parent."),
            new("IsLeaf", ColumnType.Bool, "Whether it has no child."),
            new("IsBranch", ColumnType.Bool, "Whether it has both."),
            new("path", ColumnType.String, "The source_index of every process from the root down, with slashes between."),
            new("parent_index", ColumnType.String, "The parent's source_index."),
            new("Depth", ColumnType.Int, "How many ancestors it has."),
            new("Descendants", ColumnType.Int, "How many processes are below it."),
            new("root_index", ColumnType.String, "The source_index of the first process of its tree."),
            new("root_key", ColumnType.String, "The proc_key of the first process of its tree."),
            new("IsSynthetic", ColumnType.Bool, "Whether it is not in the log and is known from its children only."),
            new("MatchedBy", ColumnType.String, "How the parent was told: Guid, StartTime, IdAndName, Id, NotLogged, or why there is none: None, Ambiguous, Self, Cycle."),
            new("Occurrences", ColumnType.Long, "How many equal rows stand for it; 0 for a synthetic one."),
            new("src_index", ColumnType.Long, "The row of the input, from 0."),
        ],
        Function = static (input, options, context) => input.BuildProcessTree(options, context),
        Charts = ProcessTreeDrawing.Draw,
        Text = ProcessTreeText.Write,
    };
}
