using System.Text;
using Quarry.Tables;

namespace Quarry.Signatures;

/// <summary>A signature as a KQL condition.</summary>
internal static class KqlClause
{
    /// <summary>
    /// What stands in a filled text: a character that is no white space, by Unicode's definition. KQL's own isempty() takes a text of
    /// blanks for filled, and <c>\S</c> knows ASCII only.
    /// </summary>
    public const string Filled = @"[^\t-\r\x{85}\p{Z}]";

    /// <summary>The condition that some columns are filled and others are not; <c>true</c> if there are none.</summary>
    public static string Of(IEnumerable<(ColumnSchema Column, bool IsPresent)> columns, SignatureMode mode)
    {
        string[] conditions = [.. columns.Select(c => Condition(c.Column, c.IsPresent, mode)).OfType<string>().Distinct()];
        return conditions.Length == 0 ? "true" : string.Join(" and ", conditions);
    }

    /// <summary>A column's name as KQL takes any name: in brackets and quotes.</summary>
    public static string Quote(string name)
    {
        var quoted = new StringBuilder("['");
        foreach (char c in name)
        {
            switch (c)
            {
                case '\\' or '\'': quoted.Append('\\').Append(c); break;
                case '\t': quoted.Append(@"\t"); break;
                case '\n': quoted.Append(@"\n"); break;
                case '\r': quoted.Append(@"\r"); break;
                case < ' ' or (>= '\x7F' and < '\xA0') or '\u2028' or '\u2029': quoted.Append(@"\u").Append(((int)c).ToString("x4")); break;
                default: quoted.Append(c); break;
            }
        }

        return quoted.Append("']").ToString();
    }

    // A column that was read as text may be anything in the workspace: tostring() of every type is text, empty for null.
    private static string? Condition(ColumnSchema column, bool isPresent, SignatureMode mode)
    {
        string name = Quote(column.Name);
        switch (column.Type)
        {
            case ColumnType.String or ColumnType.Dynamic:
                string filled = $"tostring({name}) matches regex @'{Filled}'";
                return isPresent ? filled : $"not({filled})";
            case ColumnType.DateTime or ColumnType.TimeSpan when mode == SignatureMode.Reference:
                return null; // always filled to the reference, with NaT if with nothing else
            case ColumnType.Real when mode == SignatureMode.Reference:
                return isPresent ? $"(isnotnull({name}) and not(isnan({name})))" : $"(isnull({name}) or isnan({name}))";
            default:
                return isPresent ? $"isnotnull({name})" : $"isnull({name})";
        }
    }
}
