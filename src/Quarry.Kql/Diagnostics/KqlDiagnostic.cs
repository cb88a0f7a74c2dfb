namespace Quarry.Kql.Diagnostics;

/// <summary>One error in a query: where, and what was expected.</summary>
/// <param name="Kind">What sort of error it is.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Message">What is wrong and what was expected, in one sentence for a person.</param>
public sealed record KqlDiagnostic(DiagnosticKind Kind, TextSpan Span, string Message)
{
    /// <summary>The line and column of a position, both from 1, as editors count them.</summary>
    public static (int Line, int Column) LineAndColumn(string text, int position)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, Math.Min(position, text.Length));
        int line = before.Count('\n') + 1;
        return (line, before.Length - before.LastIndexOf('\n'));
    }
}
