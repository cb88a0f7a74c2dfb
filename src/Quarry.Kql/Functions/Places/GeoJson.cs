using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Quarry.Kql.Functions.Places;

/// <summary>Reads and writes shapes as GeoJSON (RFC 7946).</summary>
internal static class GeoJson
{
    /// <summary>Nothing in common.</summary>
    public const string Empty = """{"type":"GeometryCollection","geometries":[]}""";

    // The text read last and its shape: a literal polygon is the same for every row.
    [ThreadStatic]
    private static (byte[] Text, GeoShape? Shape)[]? _read;

    [ThreadStatic]
    private static int _next;

    /// <summary>The lines of a LineString or MultiLineString; null where the text is none, or has a point that there is not.</summary>
    public static GeoShape? Lines(ReadOnlySpan<byte> json) => Read(json) is { IsArea: false } shape ? shape : null;

    /// <summary>The polygons of a Polygon or MultiPolygon; null where the text is none, or rings are open, too short, or cross.</summary>
    public static GeoShape? Polygons(ReadOnlySpan<byte> json) => Read(json) is { IsArea: true } shape ? shape : null;

    /// <summary>The lines or polygons of a text; null where it has none that are valid.</summary>
    public static GeoShape? Read(ReadOnlySpan<byte> json)
    {
        (byte[] Text, GeoShape? Shape)[] read = _read ??= [([], null), ([], null)];
        foreach ((byte[] text, GeoShape? shape) in read)
        {
            if (json.SequenceEqual(text))
            {
                return shape;
            }
        }

        GeoShape? parsed = Parse(json);
        _next ^= 1;
        read[_next] = (json.ToArray(), parsed);
        return parsed;
    }

    /// <summary>A point.</summary>
    public static string Point(GlobePoint point) => $$"""{"type":"Point","coordinates":{{Json(point)}}}""";

    /// <summary>Points.</summary>
    public static string Points(IReadOnlyList<GlobePoint> points) => $$"""{"type":"MultiPoint","coordinates":{{Json(points, isRing: false)}}}""";

    /// <summary>One line as LineString, several as MultiLineString.</summary>
    public static string Lines(IReadOnlyList<IReadOnlyList<GlobePoint>> lines, bool isMulti)
    {
        var text = new StringBuilder(isMulti ? """{"type":"MultiLineString","coordinates":[""" : """{"type":"LineString","coordinates":""");
        text.AppendJoin(',', lines.Select(line => Json(line, isRing: false)));
        return text.Append(isMulti ? "]}" : "}").ToString();
    }

    /// <summary>One polygon as Polygon, several as MultiPolygon. The rings are closed here.</summary>
    public static string Polygons(IReadOnlyList<IReadOnlyList<IReadOnlyList<GlobePoint>>> polygons, bool isMulti)
    {
        var text = new StringBuilder(isMulti ? """{"type":"MultiPolygon","coordinates":[""" : """{"type":"Polygon","coordinates":""");
        text.AppendJoin(',', polygons.Select(polygon => $"[{string.Join(',', polygon.Select(ring => Json(ring, isRing: true)))}]"));
        return text.Append(isMulti ? "]}" : "}").ToString();
    }

    /// <summary>A collection; its only member, where it has one.</summary>
    public static string Collection(IReadOnlyList<string> members) =>
        members.Count == 1 ? members[0] : $$"""{"type":"GeometryCollection","geometries":[{{string.Join(',', members)}}]}""";

    /// <summary>An array of texts that need no escapes.</summary>
    public static string Texts(IEnumerable<string> texts) => $"[{string.Join(',', texts.Select(text => $"\"{text}\""))}]";

    /// <summary>The shapes of an array; null where one is not of the kind that is asked for, or there is none.</summary>
    public static List<GeoShape>? Shapes(ReadOnlySpan<byte> json, bool areas)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return null;
            }

            var shapes = new List<GeoShape>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (Parse(json[start..(int)reader.BytesConsumed]) is not { } shape || shape.IsArea != areas)
                {
                    return null;
                }

                shapes.Add(shape);
            }

            return shapes.Count == 0 ? null : shapes;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Json(IReadOnlyList<GlobePoint> points, bool isRing)
    {
        var text = new StringBuilder("[");
        text.AppendJoin(',', points.Select(Json));
        return (isRing ? text.Append(',').Append(Json(points[0])) : text).Append(']').ToString();
    }

    private static string Json(GlobePoint point) => string.Create(CultureInfo.InvariantCulture, $"[{point.Longitude + 0.0},{point.Latitude + 0.0}]");

    private static GeoShape? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            string? type = null;
            int coordinates = -1;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals("type"u8);
                bool isCoordinates = reader.ValueTextEquals("coordinates"u8);
                reader.Read();
                if (isType)
                {
                    type = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
                else if (isCoordinates && reader.TokenType == JsonTokenType.StartArray)
                {
                    coordinates = (int)reader.TokenStartIndex;
                }

                reader.Skip();
            }

            return coordinates < 0 ? null : Shape(type, new Utf8JsonReader(json[coordinates..], new JsonReaderOptions { AllowTrailingCommas = false }));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static GeoShape? Shape(string? type, Utf8JsonReader reader)
    {
        reader.Read();
        switch (type)
        {
            case "LineString":
                return Positions(ref reader) is { } line ? GeoShapes.OfLines([line], isMulti: false) : null;
            case "MultiLineString" or "Polygon":
                return PositionLists(ref reader) is not { } lines ? null
                    : type == "Polygon" ? GeoShapes.OfPolygons([lines], isMulti: false) : GeoShapes.OfLines(lines, isMulti: true);
            case "MultiPolygon":
                var polygons = new List<List<GlobePoint[]>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType != JsonTokenType.StartArray || PositionLists(ref reader) is not { } rings)
                    {
                        return null;
                    }

                    polygons.Add(rings);
                }

                return GeoShapes.OfPolygons(polygons, isMulti: true);
            default:
                return null;
        }
    }

    // The reader stands at the opening bracket of what is read, and then at its closing one.
    private static List<GlobePoint[]>? PositionLists(ref Utf8JsonReader reader)
    {
        var lists = new List<GlobePoint[]>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartArray || Positions(ref reader) is not { } positions)
            {
                return null;
            }

            lists.Add(positions);
        }

        return lists;
    }

    private static GlobePoint[]? Positions(ref Utf8JsonReader reader)
    {
        var points = new List<GlobePoint>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartArray || Number(ref reader) is not { } longitude || Number(ref reader) is not { } latitude
                || GlobePoint.At(longitude, latitude) is not { } point)
            {
                return null;
            }

            points.Add(point);

            // An altitude is no matter here.
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.Number)
                {
                    return null;
                }
            }
        }

        return [.. points];
    }

    private static double? Number(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number) ? number : null;
}
