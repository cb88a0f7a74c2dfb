using System.Text;
using Quarry.Tables;

namespace Quarry.Logs.Auditd;

/// <summary>
/// Events as Sentinel's AuditdMessage column holds them: a list of records, each a map from its type to a list of its fields,
/// written as Python or JSON writes it. They are turned into the lines that auditd would have written.
/// </summary>
internal static class AuditCells
{
    /// <summary>Whether a text begins like such a list.</summary>
    public static bool IsCell(ReadOnlySpan<byte> text) => text.StartsWith("[{"u8);

    /// <summary>
    /// The lines of a cell; null if it is not well formed.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="id">The message id, from a column beside it.</param>
    /// <param name="node">The machine, from a column beside it; empty for none.</param>
    public static List<byte[]>? Lines(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> id, ReadOnlySpan<byte> node)
    {
        var lines = new List<byte[]>();
        var line = new List<byte>();
        int at = 1;
        while (Skip(cell, ref at, " ,"u8) && cell[at] == '{')
        {
            at++;
            line.Clear();
            if (node.Length > 0 && !node.Contains((byte)' '))
            {
                line.AddRange("node="u8);
                line.AddRange(node);
                line.Add((byte)' ');
            }

            line.AddRange("type="u8);
            if (!TryString(cell, ref at, line) || !Skip(cell, ref at, " :"u8) || cell[at++] != '[')
            {
                return null;
            }

            line.AddRange(" msg=audit("u8);
            line.AddRange(id);
            line.AddRange("):"u8);
            while (Skip(cell, ref at, " ,"u8) && cell[at] != ']')
            {
                line.Add((byte)' ');
                if (!TryString(cell, ref at, line))
                {
                    return null;
                }
            }

            at++;
            if (!Skip(cell, ref at, " "u8) || cell[at++] != '}')
            {
                return null;
            }

            lines.Add([.. line]);
        }

        return lines.Count > 0 && at < cell.Length && cell[at] == ']' ? lines : null;
    }

    /// <summary>The message id beside a cell; empty if there is none.</summary>
    public static ReadOnlySpan<byte> Id(Table table, int row)
    {
        int ordinal = table.Schema.IndexOf("mssg_id");
        return ordinal >= 0 && table[ordinal] is TextColumn ids && AuditHeader.IsId(ids[row]) ? ids[row] : [];
    }

    private static bool Skip(ReadOnlySpan<byte> text, ref int at, ReadOnlySpan<byte> over)
    {
        while (at < text.Length && over.Contains(text[at]))
        {
            at++;
        }

        return at < text.Length;
    }

    private static bool TryString(ReadOnlySpan<byte> text, ref int at, List<byte> line)
    {
        if (at >= text.Length || text[at] is not ((byte)'\'' or (byte)'"'))
        {
            return false;
        }

        byte quote = text[at++];
        Span<byte> utf8 = stackalloc byte[4];
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] != '\\' || at + 1 >= text.Length)
            {
                line.Add(text[at++]);
                continue;
            }

            at++;
            int digits = text[at] == 'x' ? 2 : text[at] == 'u' ? 4 : 0;
            if (digits > 0 && at + digits < text.Length
                && int.TryParse(text.Slice(at + 1, digits), System.Globalization.NumberStyles.AllowHexSpecifier, null, out int code))
            {
                line.AddRange(Rune.TryCreate(code, out Rune rune) ? utf8[..rune.EncodeToUtf8(utf8)] : "\uFFFD"u8);
                at += digits + 1;
                continue;
            }

            line.Add(text[at] switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', byte other => other });
            at++;
        }

        at++;
        return at <= text.Length;
    }
}
