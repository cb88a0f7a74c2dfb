using Quarry.Kql.Diagnostics;

namespace Quarry.Data.Kql;

/// <summary>A query is not right, or was stopped, or failed while it ran.</summary>
public sealed class KqlException : QuarryException
{
    /// <summary>An error with its message, and the error below it.</summary>
    public KqlException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>A query that is not right.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">What is wrong, at least one.</param>
    public KqlException(string text, IReadOnlyList<KqlDiagnostic> diagnostics)
        : base(Describe(text, diagnostics)) => Diagnostics = diagnostics;

    /// <summary>What is wrong with the query, in the order of its text; empty where it was right and failed.</summary>
    public IReadOnlyList<KqlDiagnostic> Diagnostics { get; } = [];

    private static string Describe(string text, IReadOnlyList<KqlDiagnostic> diagnostics) => string.Join('\n', diagnostics.Select(one =>
    {
        (int line, int column) = KqlDiagnostic.LineAndColumn(text, one.Span.Start);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {line}, column {column}: {one.Message}");
    }));
}
