using System.Buffers;
using System.Text;
using Quarry.Kql.Functions.Dynamic;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary>URLs and their queries taken apart.</summary>
internal static class UrlFunctions
{
    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All =>
    [
        new("parse_url", [ColumnType.String], ColumnType.Dynamic, ParseUrl),
        new("parse_urlquery", [ColumnType.String], ColumnType.Dynamic, ParseQuery),
    ];

    // scheme://user:password@host:port/path?query#fragment, each part as it is written; without a scheme only the query is one.
    private static void ParseUrl(in Arguments arguments, ref Result result)
    {
        string text = arguments.String(0);
        string fragment = Cut(ref text, '#');
        string query = Cut(ref text, '?');
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        string authority = scheme < 0 ? "" : text[(scheme + 3)..];
        int slash = authority.IndexOf('/', StringComparison.Ordinal);
        string path = scheme < 0 ? text : slash < 0 ? "" : authority[slash..];
        authority = slash < 0 ? authority : authority[..slash];
        int at = authority.LastIndexOf('@');
        string user = at < 0 ? "" : authority[..at];
        string password = Cut(ref user, ':');
        string host = authority[(at + 1)..];
        int colon = host.LastIndexOf(':');
        string port = colon >= 0 && colon > host.LastIndexOf(']') ? host[(colon + 1)..] : "";
        host = port.Length > 0 || host.EndsWith(':') ? host[..colon] : host;
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        buffer.Write("{"u8);
        Property(buffer, "Scheme", scheme < 0 ? "" : text[..scheme]);
        Property(buffer, "Host", host);
        Property(buffer, "Port", port);
        Property(buffer, "Path", path);
        Property(buffer, "Username", user);
        Property(buffer, "Password", password);
        WriteQuery(buffer, query);
        Property(buffer, "Fragment", fragment);
        buffer.Write("}"u8);
        result.Text(buffer);
    }

    private static void ParseQuery(in Arguments arguments, ref Result result)
    {
        string text = arguments.String(0);
        ArrayBufferWriter<byte> buffer = Result.Scratch();
        buffer.Write("{"u8);
        WriteQuery(buffer, text.StartsWith('?') ? text[1..] : text);
        buffer.Write("}"u8);
        result.Text(buffer);
    }

    private static string Cut(ref string text, char at)
    {
        int place = text.IndexOf(at, StringComparison.Ordinal);
        string rest = place < 0 ? "" : text[(place + 1)..];
        text = place < 0 ? text : text[..place];
        return rest;
    }

    private static void Property(ArrayBufferWriter<byte> buffer, string name, string value)
    {
        if (buffer.WrittenSpan[^1] != '{')
        {
            buffer.Write(","u8);
        }

        JsonOutput.String(buffer, Encoding.UTF8.GetBytes(name));
        buffer.Write(":"u8);
        JsonOutput.String(buffer, Encoding.UTF8.GetBytes(value));
    }

    // The last value of a name counts, as it does of an object's.
    private static void WriteQuery(ArrayBufferWriter<byte> buffer, string query)
    {
        buffer.Write(buffer.WrittenSpan[^1] == '{' ? "\"Query Parameters\":{"u8 : ",\"Query Parameters\":{"u8);
        var parameters = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = parameter;
            string value = Cut(ref name, '=');
            parameters[Decoded(name)] = Decoded(value);
        }

        foreach ((string name, string value) in parameters)
        {
            Property(buffer, name, value);
        }

        buffer.Write("}"u8);
    }

    private static string Decoded(string text) =>
        text.AsSpan().ContainsAny('%', '+') ? Encoding.UTF8.GetString(EncodingFunctions.UrlDecode(Encoding.UTF8.GetBytes(text), new ArrayBufferWriter<byte>())) : text;
}
