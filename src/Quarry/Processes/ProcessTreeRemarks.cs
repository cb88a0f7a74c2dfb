using System.Globalization;
using Quarry.Tables;

namespace Quarry.Processes;

/// <summary>What a user has to know beside the rows of a tree.</summary>
internal static class ProcessTreeRemarks
{
    /// <summary>A sentence each.</summary>
    public static IEnumerable<string> Of(ProcessTree tree, ProcessTreeOptions options, IReadOnlyList<int>? chosen)
    {
        ProcessTreeReport report = tree.Report;
        yield return Columns(tree);
        string kind = tree.Columns.Has(ProcessField.EventId) ? tree.Source.Schema[tree.Columns[ProcessField.EventId]].Name : "";
        if (report.OtherEvents > 0)
        {
            yield return Count(report.OtherEvents, $"row starts no process ({kind} is not {tree.Schema.EventId}) and is in no tree", $"rows start no process ({kind} is not {tree.Schema.EventId}) and are in no tree");
        }

        (int Count, string One, string Many)[] counts =
        [
            (report.Duplicates, "row repeats another in every column; Occurrences counts it", "rows repeat others in every column; Occurrences counts them"),
            (report.Synthetic, "parent is not in the log; it was added and is marked IsSynthetic", "parents are not in the log; they were added and are marked IsSynthetic"),
            (report.MissingTimes, "process has no time; it stands before the others", "processes have no time; they stand before the others"),
            (report.UnreadableTimes, "time was not understood; its process counts as without time", "times were not understood; their processes count as without time"),
            (report.MissingIds, "process has no process id; its children are not found by it", "processes have no process id; their children are not found by it"),
            (report.MissingParentIds, "process names no parent and begins a tree", "processes name no parent and begin trees"),
            (report.AmbiguousParents, "process may have one of several parents, for a time is missing, and begins a tree", "processes may have one of several parents, for a time is missing, and begin trees"),
            (report.SelfParents, "process names itself as its parent and begins a tree", "processes name themselves as their parents and begin trees"),
            (report.BrokenCycles, "ring of processes that are each other's ancestors was cut above the earliest", "rings of processes that are each other's ancestors were cut above the earliest"),
        ];
        foreach ((int count, string one, string many) in counts)
        {
            if (count > 0)
            {
                yield return Count(count, one, many);
            }
        }

        string[] renamed = [.. TreeColumns.Of(tree.Source.Schema, tree.Columns).Take(tree.Source.Schema.Count).Where((c, i) => c.Name != tree.Source.Schema[i].Name).Select(c => c.Name)];
        if (renamed.Length > 0)
        {
            yield return $"The input has columns that are called as the result's; they are now {string.Join(", ", renamed)}.";
        }

        if (tree.PathLevels is { } levels)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Paths of more than {levels:N0} levels are cut to the root and the last {levels - 1:N0}; Depth and parent_index are whole.");
        }

        if (chosen is { Count: > 1 })
        {
            string shown = options.Root!.Length > 80 ? options.Root[..80] + "…" : options.Root;
            yield return string.Create(CultureInfo.InvariantCulture, $"{chosen.Count:N0} processes are '{shown}', on different hosts or one after another; all are shown.");
        }
    }

    private static string Columns(ProcessTree tree)
    {
        TableSchema schema = tree.Source.Schema;
        string NameOf(ProcessField field) => schema[tree.Columns[field]].Name;
        string source = tree.Schema.Name.Length == 0 ? "Columns as named" : $"Read as {tree.Schema.Name}";
        string guid = tree.Columns.Has(ProcessField.ProcessGuid) && tree.Columns.Has(ProcessField.ParentGuid) ? $", identifier {NameOf(ProcessField.ProcessGuid)}" : "";
        string host = tree.Columns.Has(ProcessField.Host) ? $", host {NameOf(ProcessField.Host)}" : ", no host";
        return $"{source}: name {NameOf(ProcessField.ProcessName)}, id {NameOf(ProcessField.ProcessId)}, parent {NameOf(ProcessField.ParentId)}, time {NameOf(ProcessField.Time)}{host}{guid}.";
    }

    private static string Count(int count, string one, string many) =>
        Counted.Of(count, one, many) + ".";
}
