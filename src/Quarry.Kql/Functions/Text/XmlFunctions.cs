using System.Text;
using System.Xml;
using Quarry.Tables;

namespace Quarry.Kql.Functions.Text;

/// <summary><c>parse_xml</c>: attributes are properties with @, text beside others is #text, elements of the same name are an array.</summary>
/// <remarks>Source: Microsoft's documentation, "parse_xml()".</remarks>
internal static class XmlFunctions
{
    // As documented; what is longer is null.
    private const int MostBytes = 1 << 20;

    // An element within so many others is refused: the value would be deeper than readers of JSON go.
    private const int Deepest = 60;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        ConformanceLevel = ConformanceLevel.Document,
    };

    /// <summary>The functions.</summary>
    public static IEnumerable<ScalarFunction> All => [new("parse_xml", [ColumnType.String], ColumnType.Dynamic, ParseXml)];

    private static void ParseXml(in Arguments arguments, ref Result result)
    {
        ReadOnlySpan<byte> text = arguments.Text(0);
        if (text.IsEmpty || text.Length > MostBytes)
        {
            result.Null();
            return;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(text).Trim()), Settings);
            reader.MoveToContent();
            string name = reader.Name;
            Element? root = Element.Read(reader, 0);
            while (root is not null && reader.Read())
            {
                // What follows has to be well-formed too.
            }

            if (root is null)
            {
                result.Null();
                return;
            }

            JsonTexts.Write(ref result, writer =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName(name);
                root.Write(writer);
                writer.WriteEndObject();
            });
        }
        catch (XmlException)
        {
            result.Null();
        }
    }

    private sealed class Element
    {
        private readonly OrderedDictionary<string, List<Element>> _children = new(StringComparer.Ordinal);
        private readonly List<(string Name, string Value)> _attributes = [];
        private readonly StringBuilder _text = new();

        // Reads an element, on whose start the reader is; it is then on its end.
        public static Element? Read(XmlReader reader, int depth)
        {
            var element = new Element();
            bool isEmpty = reader.IsEmptyElement;
            while (reader.MoveToNextAttribute())
            {
                element._attributes.Add(("@" + reader.Name, reader.Value));
            }

            if (depth > Deepest)
            {
                return null;
            }

            while (!isEmpty && reader.Read() && reader.NodeType != XmlNodeType.EndElement)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    string name = reader.Name;
                    if (Read(reader, depth + 1) is not { } child)
                    {
                        return null;
                    }

                    if (!element._children.TryGetValue(name, out List<Element>? all))
                    {
                        element._children.Add(name, all = []);
                    }

                    all.Add(child);
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                {
                    element._text.Append(reader.Value);
                }
            }

            return element;
        }

        public void Write(System.Text.Json.Utf8JsonWriter writer)
        {
            string text = _text.ToString().Trim();
            if (_attributes.Count == 0 && _children.Count == 0)
            {
                if (text.Length == 0)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    writer.WriteStringValue(text);
                }

                return;
            }

            writer.WriteStartObject();
            foreach ((string name, string value) in _attributes)
            {
                writer.WriteString(name, value);
            }

            if (text.Length > 0)
            {
                writer.WriteString("#text", text);
            }

            foreach ((string name, List<Element> all) in _children)
            {
                writer.WritePropertyName(name);
                WriteAll(writer, all);
            }

            writer.WriteEndObject();
        }

        private static void WriteAll(System.Text.Json.Utf8JsonWriter writer, List<Element> all)
        {
            if (all.Count == 1)
            {
                all[0].Write(writer);
                return;
            }

            writer.WriteStartArray();
            foreach (Element one in all)
            {
                one.Write(writer);
            }

            writer.WriteEndArray();
        }
    }
}
