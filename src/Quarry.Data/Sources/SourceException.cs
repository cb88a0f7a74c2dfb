namespace Quarry.Data.Sources;

/// <summary>A source cannot be reached, refuses, fails or breaks off. The message says what to do and holds no secret.</summary>
public class SourceException : QuarryException
{
    /// <summary>A fault of a kind.</summary>
    public SourceException(SourceFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What kind of fault it is.</summary>
    public SourceFault Fault { get; }

    /// <summary>The HTTP status of the answer; null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The service's own code for the error, for example <c>SemanticError</c>; null where it gave none.</summary>
    public string? Code { get; init; }
}
