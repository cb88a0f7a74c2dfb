using System.Text.Json;
using Quarry.Data.Kql;

namespace Quarry.Web.Kusto;

/// <summary>What <c>render</c> says, as the services tell it: an object with a member for each property.</summary>
internal static class Visualization
{
    // Property of KQL and member of the answer.
    private static readonly (string Property, string Member)[] Members =
    [
        ("title", "Title"), ("xcolumn", "XColumn"), ("series", "Series"), ("ycolumns", "YColumns"), ("anomalycolumns", "AnomalyColumns"),
        ("xtitle", "XTitle"), ("ytitle", "YTitle"), ("xaxis", "XAxis"), ("yaxis", "YAxis"), ("legend", "Legend"), ("ysplit", "YSplit"),
        ("accumulate", "Accumulate"), ("kind", "Kind"), ("ymin", "Ymin"), ("ymax", "Ymax"), ("xmin", "Xmin"), ("xmax", "Xmax"),
    ];

    /// <summary>The object as JSON; its <c>Visualization</c> is null where the query draws nothing.</summary>
    public static byte[] Bytes(KqlRender? render)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("Visualization", render?.Kind);
            foreach ((string property, string member) in Members)
            {
                json.WriteString(member, render?.Properties.GetValueOrDefault(property));
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
