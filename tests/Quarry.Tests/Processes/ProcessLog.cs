using System.Globalization;
using Quarry.Processes;
using Quarry.Tables;

namespace Quarry.Tests.Processes;

/// <summary>Makes tables of event 4688 and shows their trees in a line a process.</summary>
internal static class ProcessLog
{
    /// <summary>A table of events: host, time (a second of an hour, or any text), id, name, parent's id, parent's name; null is a missing cell.</summary>
    public static Table Of(params (string? Host, string? Time, string? Id, string? Name, string? ParentId, string? ParentName)[] events)
    {
        var builder = new TableBuilder(
            ("Computer", ColumnType.String), ("TimeGenerated", ColumnType.String), ("NewProcessId", ColumnType.String), ("NewProcessName", ColumnType.String),
            ("ProcessId", ColumnType.String), ("ParentProcessName", ColumnType.String));
        foreach ((string? host, string? time, string? id, string? name, string? parentId, string? parentName) in events)
        {
            builder.AddRow(host, TimeOf(time), id, name, parentId, parentName);
        }

        return builder.Build();
    }

    /// <summary>A line a process: two blanks a level, the name, the id, the host, and a star if it is not in the log.</summary>
    public static string[] Show(Table tree) =>
    [
        .. Enumerable.Range(0, tree.RowCount).Select(row =>
            new string(' ', 2 * ((int?)tree["Depth"].GetValue(row) ?? 0))
            + $"{tree.Text("new_process_lc").GetString(row)} {tree.Text("NewProcessId").GetString(row)} {tree.Text("Computer").GetString(row)}".TrimEnd()
            + ((bool)tree["IsSynthetic"].GetValue(row)! ? " *" : "")),
    ];

    public static string[] Show(Table log, ProcessTreeOptions? options) => Show(log.BuildProcessTree(options));

    private static string? TimeOf(string? time) => int.TryParse(time, out int second)
        ? new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : time;
}
