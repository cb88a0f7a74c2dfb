using Quarry.Kql.Diagnostics;
using Quarry.Kql.Syntax;

namespace Quarry.Kql.Lowering;

/// <summary>A part of a query that is understood and that the embedded engine does not run.</summary>
/// <param name="place">Where it stands.</param>
/// <param name="message">What it is.</param>
/// <param name="kind">What is wrong with it.</param>
internal sealed class LoweringRefusedException(SyntaxElement place, string message, DiagnosticKind kind = DiagnosticKind.Unsupported)
    : Exception(message)
{
    /// <summary>The error at its place.</summary>
    public KqlDiagnostic Diagnostic { get; } = new(kind, place.Span, message);

    /// <summary>The text that the place is in: the query's, or that of a saved function.</summary>
    public string SourceText { get; } = place.SourceText;
}
