using Quarry.Kql.Lowering;
using Quarry.Kql.Symbols;
using Quarry.Kql.Syntax;

namespace Quarry.Data.Kql;

/// <summary>What queries read from outside the database.</summary>
internal static class ExternalTables
{
    public static KqlTable Read(KqlDatabase database, ExternalDataExpression external, RowSchema schema, CancellationToken cancellation) =>
        throw new LoweringRefusedException(external, "externaldata is not supported.");

    public static KqlTable ReadWatchlist(KqlDatabase database, CallExpression call, string name, CancellationToken cancellation) =>
        throw new LoweringRefusedException(call, "_GetWatchlist is not supported.");
}
