namespace Quarry.Logs.Sessions;

/// <summary>What is known of a session's ends.</summary>
public enum SessionState
{
    /// <summary>Its beginning and its end are in the log.</summary>
    Closed,

    /// <summary>Its end is not in the log.</summary>
    Open,

    /// <summary>Its beginning is not in the log.</summary>
    NotOpened,
}
