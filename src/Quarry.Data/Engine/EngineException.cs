namespace Quarry.Data.Engine;

/// <summary>The engine refused or failed: the message is DuckDB's own, or tells how the engine was misused.</summary>
public sealed class EngineException : QuarryException
{
    /// <summary>An error with its message.</summary>
    public EngineException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and the error below it.</summary>
    public EngineException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
