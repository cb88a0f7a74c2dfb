using System.Globalization;
using System.Text;

namespace Quarry.Kql.Functions.Places;

/// <summary>Turns the well-known text of a shape into GeoJSON.</summary>
/// <remarks>Source: OGC 06-103r4, Simple Feature Access, part 1, chapter 7 (coordinates of two numbers).</remarks>
internal ref struct WellKnownText
{
    // What real data never nests, and a stack stands.
    private const int MostNested = 32;
    private ReadOnlySpan<char> _rest;

    private WellKnownText(ReadOnlySpan<char> text) => _rest = text;

    /// <summary>The GeoJSON; null of what is no well-known text.</summary>
    public static string? ToGeoJson(ReadOnlySpan<char> text)
    {
        var reader = new WellKnownText(text.TrimEnd().TrimEnd(';'));
        var json = new StringBuilder();
        return reader.Shape(json, 0) && reader._rest.Trim().IsEmpty ? json.ToString() : null;
    }

    private bool Shape(StringBuilder json, int depth)
    {
        _rest = _rest.TrimStart();
        int length = 0;
        while (length < _rest.Length && char.IsAsciiLetter(_rest[length]))
        {
            length++;
        }

        string word = _rest[..length].ToString().ToUpperInvariant();
        _rest = _rest[length..];
        if (word == "GEOMETRYCOLLECTION")
        {
            json.Append("""{"type":"GeometryCollection","geometries":""");
            return depth < MostNested && Many(json, depth) && Close(json);
        }

        (string Type, int Nesting) kind = word switch
        {
            "POINT" => ("Point", 0),
            "LINESTRING" => ("LineString", 1),
            "POLYGON" => ("Polygon", 2),
            "MULTIPOINT" => ("MultiPoint", 1),
            "MULTILINESTRING" => ("MultiLineString", 2),
            "MULTIPOLYGON" => ("MultiPolygon", 3),
            _ => ("", -1),
        };
        if (kind.Nesting < 0)
        {
            return false;
        }

        json.Append(CultureInfo.InvariantCulture, $$"""{"type":"{{kind.Type}}","coordinates":""");
        return (kind.Nesting == 0 ? Take('(') && Position(json) && Take(')') : Coordinates(json, kind.Nesting, word == "MULTIPOINT")) && Close(json);
    }

    private bool Many(StringBuilder json, int depth)
    {
        if (!Take('('))
        {
            return false;
        }

        json.Append('[');
        do
        {
            if (!Shape(json, depth + 1))
            {
                return false;
            }

            json.Append(',');
        }
        while (Take(','));
        json[^1] = ']';
        return Take(')');
    }

    private bool Coordinates(StringBuilder json, int nesting, bool mayBracket)
    {
        if (!Take('('))
        {
            return false;
        }

        json.Append('[');
        do
        {
            // The points of a MULTIPOINT may each have brackets.
            bool isBracketed = nesting == 1 && mayBracket && Take('(');
            if (!(nesting > 1 ? Coordinates(json, nesting - 1, mayBracket: false) : Position(json)) || (isBracketed && !Take(')')))
            {
                return false;
            }

            json.Append(',');
        }
        while (Take(','));
        json[^1] = ']';
        return Take(')');
    }

    private bool Position(StringBuilder json)
    {
        if (Number() is not { } longitude || Number() is not { } latitude || GlobePoint.At(longitude, latitude) is null)
        {
            return false;
        }

        json.Append(CultureInfo.InvariantCulture, $"[{longitude},{latitude}]");
        return true;
    }

    private double? Number()
    {
        _rest = _rest.TrimStart();
        int length = 0;
        while (length < _rest.Length && (char.IsAsciiDigit(_rest[length]) || _rest[length] is '+' or '-' or '.' or 'e' or 'E'))
        {
            length++;
        }

        bool isNumber = double.TryParse(_rest[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        _rest = _rest[length..];
        return isNumber ? number : null;
    }

    private bool Take(char one)
    {
        _rest = _rest.TrimStart();
        if (_rest.IsEmpty || _rest[0] != one)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private static bool Close(StringBuilder json)
    {
        json.Append('}');
        return true;
    }
}
