namespace Quarry.Kql.Diagnostics;

/// <summary>Collects the errors of one query, at most one a position and not without end.</summary>
internal sealed class DiagnosticList
{
    // Nobody reads more, and a hostile text must not fill the memory with complaints about itself.
    private const int Most = 100;

    private readonly List<KqlDiagnostic> _all = [];
    private readonly HashSet<int> _positions = [];

    /// <summary>What was found so far, in the order it was found.</summary>
    public IReadOnlyList<KqlDiagnostic> All => _all;

    /// <summary>
    /// Notes an error. A second one at the same position is a consequence of the first more often than not, so only the
    /// first is kept.
    /// </summary>
    public void Add(DiagnosticKind kind, TextSpan span, string message)
    {
        if (_all.Count < Most && _positions.Add(span.Start))
        {
            _all.Add(new KqlDiagnostic(kind, span, message));
        }
    }

    /// <summary>Takes back the errors found since there were so many.</summary>
    public void Forget(int first)
    {
        foreach (KqlDiagnostic one in _all.Skip(first))
        {
            _positions.Remove(one.Span.Start);
        }

        _all.RemoveRange(first, _all.Count - first);
    }

    /// <summary>Moves the errors found since there were so many to another place.</summary>
    public void Relocate(int first, TextSpan span, string prefix)
    {
        if (_all.Count > first)
        {
            KqlDiagnostic one = _all[first];
            _all.RemoveRange(first, _all.Count - first);
            _all.Add(one with { Span = span, Message = prefix + one.Message });
        }
    }
}
