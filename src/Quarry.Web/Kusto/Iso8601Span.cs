using System.Text;
using System.Xml;
using Quarry.Tables;

namespace Quarry.Web.Kusto;

/// <summary>The timespan of a Log Analytics query: ISO 8601's interval (<c>start/end</c>, <c>start/duration</c>, <c>duration/end</c>) or a duration before now.</summary>
internal static class Iso8601Span
{
    /// <summary>The first instant, and the first after it.</summary>
    /// <exception cref="RequestException">The text is none.</exception>
    public static (DateTime From, DateTime To) Parse(string text, DateTime now)
    {
        string[] parts = text.Trim().Split('/');
        try
        {
            return parts switch
            {
                [['P', ..] length] => (now - XmlConvert.ToTimeSpan(length), now),
                [['P', ..] length, var end] => (Time(end) - XmlConvert.ToTimeSpan(length), Time(end)),
                [var start, ['P', ..] length] => (Time(start), Time(start) + XmlConvert.ToTimeSpan(length)),
                [var start, var end] => (Time(start), Time(end)),
                _ => throw Bad(text),
            };
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            throw Bad(text);
        }
    }

    private static DateTime Time(string text) => TimeText.TryParse(Encoding.UTF8.GetBytes(text), out DateTime time) ? time : throw new FormatException();

    private static RequestException Bad(string text) =>
        JsonBody.Bad($"timespan is '{text}'; expected ISO 8601, for example P1D or 2026-03-01T00:00:00Z/2026-03-02T00:00:00Z.");
}
