using Quarry.Kql.Diagnostics;

namespace Quarry.Kql.Binding;

/// <summary>A query with all names and types known.</summary>
/// <param name="Results">The tables it gives, in order; empty if it gives a scalar, or nothing.</param>
/// <param name="Scalar">The value, if the last statement is one.</param>
/// <param name="Diagnostics">What is wrong, in the order of the text. With any, nothing must be run.</param>
internal sealed record BoundQuery(IReadOnlyList<BoundRelation> Results, BoundExpression? Scalar, IReadOnlyList<KqlDiagnostic> Diagnostics)
{
    /// <summary>Whether it has to be bound again with an <see cref="IQueryHost"/> to be run: only the data tells its columns.</summary>
    public bool NeedsHost { get; init; }
}
