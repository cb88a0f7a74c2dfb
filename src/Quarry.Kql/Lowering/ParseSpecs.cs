using Quarry.Kql.Syntax.Operators;

namespace Quarry.Kql.Lowering;

/// <summary>Patterns of the parse operators as the texts that their functions take.</summary>
internal static class ParseSpecs
{
    public static string Of(ParseOperator parse) => throw new LoweringRefusedException(parse, "'parse' is not supported by the embedded engine.");

    public static string Of(ParseKvOperator parse) => throw new LoweringRefusedException(parse, "'parse-kv' is not supported by the embedded engine.");
}
