using System.Globalization;
using System.Text;

namespace Quarry.Samples;

/// <summary>How the samples write lines, fields and times.</summary>
internal static class SampleText
{
    /// <summary>Log Analytics' export form: seven decimals and Z.</summary>
    public static string Iso(DateTime time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>ISO 8601 to the second.</summary>
    public static string IsoSeconds(DateTime time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The UTC time written as <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    public static DateTime Utc(string time) => DateTime.ParseExact(
        time,
        "yyyy-MM-dd HH:mm:ss",
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>One CSV row (RFC 4180); a field is quoted where it must be.</summary>
    public static void AppendCsv(this StringBuilder csv, params ReadOnlySpan<string> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            string field = fields[i];
            bool quote = field.AsSpan().IndexOfAny(",\" ") >= 0;
            csv.Append(i == 0 ? "" : ",");
            csv.Append(quote ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field);
        }

        csv.Append('\n');
    }

    /// <summary>One JSON object on its own line; the values are strings, or raw JSON where they start with [ or {.</summary>
    public static void AppendJsonLine(this StringBuilder json, IEnumerable<KeyValuePair<string, string>> fields)
    {
        string separator = "{";
        foreach ((string name, string value) in fields)
        {
            json.Append(separator).Append('"').Append(name).Append("\":");
            separator = ",";
            if (value is ['[', ..] or ['{', ..])
            {
                json.Append(value);
                continue;
            }

            json.Append('"');
            foreach (char c in value)
            {
                if (c is '"' or '\\')
                {
                    json.Append('\\');
                }

                json.Append(c);
            }

            json.Append('"');
        }

        json.Append("}\n");
    }

    /// <summary>The text as UTF-8 without byte-order mark.</summary>
    public static byte[] Utf8(this StringBuilder text) => new UTF8Encoding(false).GetBytes(text.ToString());
}
