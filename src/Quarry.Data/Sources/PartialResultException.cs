namespace Quarry.Data.Sources;

/// <summary>The service cut an answer short: what was read of it is not the whole.</summary>
public sealed class PartialResultException : SourceException
{
    /// <summary>An answer that was cut short, with the reason and what to do.</summary>
    public PartialResultException(string message, Exception? innerException = null)
        : base(SourceFault.Partial, message, innerException)
    {
    }
}
