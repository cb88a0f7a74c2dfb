using Quarry.Catalogue;

namespace Quarry.Processes;

/// <summary>Where the table says what, and which processes to show.</summary>
[AnalysisOptions]
public sealed partial record ProcessTreeOptions
{
    /// <summary>The source of the events. Default: recognised from the columns.</summary>
    public ProcessSchemaKind? Schema { get; init; }

    /// <summary>
    /// Show only the processes with this id, key (proc_key), position (source_index) or image name, and what is below them. Where
    /// several processes have it, over time or on several hosts, all are shown. Default: everything.
    /// </summary>
    public string? Root { get; init; }

    /// <summary>What is shown: the trees, only roots, ancestors or siblings of the chosen processes, or a summary of counts. Default: tree.</summary>
    public ProcessView View { get; init; } = ProcessView.Tree;

    /// <summary>How many levels below the roots, or below the chosen processes, are shown. Default: none, which is all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int? Depth
    {
        get;
        init
        {
            if (value is { } levels)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(levels);
            }

            field = value;
        }
    }

    /// <summary>The column of the process name. Default: the schema's, as for each of the following.</summary>
    public string? ProcessName { get; init; }

    /// <summary>The column of the process id.</summary>
    public string? ProcessId { get; init; }

    /// <summary>The column of the parent's process id.</summary>
    public string? ParentId { get; init; }

    /// <summary>The column of the time at which the process began.</summary>
    public string? Time { get; init; }

    /// <summary>The column of the command line.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The column of the user's name.</summary>
    public string? User { get; init; }

    /// <summary>The column of the user's id.</summary>
    public string? UserId { get; init; }

    /// <summary>The column of the logon session.</summary>
    public string? LogonId { get; init; }

    /// <summary>The column of the host. Processes of different hosts are never related.</summary>
    public string? Host { get; init; }

    /// <summary>The column of the parent's name.</summary>
    public string? ParentName { get; init; }

    /// <summary>The column of an identifier that no other process of the host has, ever, such as Sysmon's ProcessGuid.</summary>
    public string? ProcessGuid { get; init; }

    /// <summary>The column of the parent's identifier of that kind.</summary>
    public string? ParentGuid { get; init; }

    /// <summary>The column of the time at which the process ended.</summary>
    public string? EndTime { get; init; }

    /// <summary>The column of the time at which the parent began.</summary>
    public string? ParentTime { get; init; }

    /// <summary>The columns that were named, by field.</summary>
    internal IEnumerable<(ProcessField Field, string Column)> Named() =>
        new (ProcessField Field, string? Column)[]
        {
            (ProcessField.ProcessName, ProcessName), (ProcessField.ProcessId, ProcessId), (ProcessField.ParentId, ParentId),
            (ProcessField.Time, Time), (ProcessField.CommandLine, CommandLine), (ProcessField.UserName, User),
            (ProcessField.UserId, UserId), (ProcessField.LogonId, LogonId), (ProcessField.Host, Host),
            (ProcessField.ParentName, ParentName), (ProcessField.ProcessGuid, ProcessGuid), (ProcessField.ParentGuid, ParentGuid),
            (ProcessField.EndTime, EndTime), (ProcessField.ParentTime, ParentTime),
        }
        .Where(named => !string.IsNullOrEmpty(named.Column))
        .Select(named => (named.Field, named.Column!));
}
