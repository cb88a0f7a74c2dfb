using Quarry.Kql.Binding;
using Quarry.Kql.Lowering;

namespace Quarry.Data.Kql;

/// <summary>What a query is lowered with.</summary>
/// <param name="SqlNames">The names in SQL of the tables, by their names; the columns of each are c0, c1, … there.</param>
/// <param name="Now">The present, in UTC.</param>
/// <param name="Parameters">Values of the query's parameters, by name.</param>
internal sealed record LoweringContext(
    IReadOnlyDictionary<string, string> SqlNames,
    DateTime Now,
    IReadOnlyDictionary<string, object?> Parameters);

/// <summary>Lowers a bound query.</summary>
/// <exception cref="KqlException">It cannot be run.</exception>
internal delegate LoweredQuery QueryLowering(BoundQuery query, LoweringContext context);
