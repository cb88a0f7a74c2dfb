namespace Quarry.Data.Configuration;

/// <summary>How bad a problem of a configuration is.</summary>
public enum ProblemSeverity
{
    /// <summary>It works, and could be better.</summary>
    Hint,

    /// <summary>Something that is asked for will be missing.</summary>
    Warning,

    /// <summary>What needs the setting will not work.</summary>
    Error,
}
