namespace Quarry.Processes;

/// <summary>How the parent of a process was told.</summary>
public enum ParentLink : byte
{
    /// <summary>Its row names no parent, or it is synthetic and nothing is known of its parent.</summary>
    None,

    /// <summary>By the parent's own identifier.</summary>
    Guid,

    /// <summary>By process id and the time at which the parent began.</summary>
    StartTime,

    /// <summary>By process id and name: the latest such process before it.</summary>
    IdAndName,

    /// <summary>By process id alone: the process that had it at the time.</summary>
    Id,

    /// <summary>The parent is not in the log and was added.</summary>
    NotLogged,

    /// <summary>Several processes may be the parent, for a time is missing: none is taken.</summary>
    Ambiguous,

    /// <summary>Its row names itself as parent.</summary>
    Self,

    /// <summary>Its ancestors led back to it; the link is cut here.</summary>
    Cycle,
}
