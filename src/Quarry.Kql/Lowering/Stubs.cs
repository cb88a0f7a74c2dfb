namespace Quarry.Kql.Lowering
{
    internal static class DynamicPath { public static string Property(string s) => s; public static string Index(long i) => i.ToString(); }
    internal static class DynamicLiterals { public static string? ToJson(Quarry.Kql.Syntax.DynamicLiteral l) => null; }
    internal static class LiteralValues { public static bool TryRead(Quarry.Kql.Syntax.SyntaxToken t, out object? v, out string? m) { v = null; m = null; return true; } }
}
namespace Quarry.Kql.Functions.Text
{
    internal static class RegexSyntax { public static bool IsValid(string p, out string m) { m = ""; return true; } }
}
