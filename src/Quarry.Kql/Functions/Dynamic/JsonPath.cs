using System.Globalization;

namespace Quarry.Kql.Functions.Dynamic;

/// <summary>Reads JSONPath as Kusto takes it (<c>$.a.b[0]['x y']["z"]</c>): names and indices, no wildcards.</summary>
internal static class JsonPath
{
    /// <summary>The path, or null if it is none.</summary>
    public static DynamicPath? Read(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '$')
        {
            return null;
        }

        var path = new DynamicPath();
        text = text[1..];
        while (!text.IsEmpty)
        {
            int length = text[0] switch
            {
                '.' => ReadName(text, path),
                '[' when text.Length > 2 && text[1] is '\'' or '"' => ReadQuoted(text, path),
                '[' => ReadIndex(text, path),
                _ => 0,
            };
            if (length == 0)
            {
                return null;
            }

            text = text[length..];
        }

        return path;
    }

    private static int ReadName(ReadOnlySpan<char> text, DynamicPath path)
    {
        int end = text[1..].IndexOfAny('.', '[');
        end = end < 0 ? text.Length : end + 1;
        path.Property(text[1..end].ToString());
        return end == 1 ? 0 : end;
    }

    private static int ReadQuoted(ReadOnlySpan<char> text, DynamicPath path)
    {
        int quote = text[2..].IndexOf(text[1]) + 2;
        if (quote < 2 || quote + 1 >= text.Length || text[quote + 1] != ']')
        {
            return 0;
        }

        path.Property(text[2..quote].ToString());
        return quote + 2;
    }

    private static int ReadIndex(ReadOnlySpan<char> text, DynamicPath path)
    {
        int end = text.IndexOf(']');
        if (end < 0 || !int.TryParse(text[1..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
        {
            return 0;
        }

        path.Element(index);
        return end + 1;
    }
}
