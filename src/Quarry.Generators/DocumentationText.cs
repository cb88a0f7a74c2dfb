using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Quarry.Generators;

/// <summary>The summary of a documentation comment as plain text.</summary>
internal static class DocumentationText
{
    /// <summary>The summary on one line, or an empty text if there is none or the comment is not well-formed.</summary>
    public static string SummaryOf(ISymbol symbol, CancellationToken cancellation)
    {
        string? xml = symbol.GetDocumentationCommentXml(expandIncludes: true, cancellationToken: cancellation);
        if (string.IsNullOrWhiteSpace(xml))
        {
            return "";
        }

        try
        {
            XElement? summary = XElement.Parse(xml).Element("summary");
            return summary is null ? "" : OneLine(Render(summary));
        }
        catch (XmlException)
        {
            return "";
        }
    }

    private static string Render(XElement element) =>
        string.Concat(element.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement child => RenderChild(child),
            _ => "",
        }));

    private static string RenderChild(XElement child)
    {
        string content = Render(child);
        if (content.Trim().Length > 0)
        {
            return child.Name.LocalName is "para" or "item" or "description" or "term" ? $" {content} " : content;
        }

        return child.Attribute("cref") is { } cref
            ? NameOf(cref.Value)
            : (child.Attribute("name") ?? child.Attribute("langword") ?? child.Attribute("href"))?.Value ?? " ";
    }

    // "P:Quarry.Decoding.DecodeOptions.MaxDepth" is MaxDepth, "M:System.Text.Rune.#ctor(System.Char)" is Rune.
    private static string NameOf(string cref)
    {
        string path = cref.Length > 1 && cref[1] == ':' ? cref.Substring(2) : cref;
        int parameters = path.IndexOf('(');
        path = parameters < 0 ? path : path.Substring(0, parameters);
        string[] parts = path.Split('.');
        string name = parts[parts.Length - 1];
        if (name.StartsWith("#", StringComparison.Ordinal) && parts.Length > 1)
        {
            name = parts[parts.Length - 2];
        }

        int arity = name.IndexOf('`');
        return arity < 0 ? name : name.Substring(0, arity);
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        return line.ToString();
    }
}
