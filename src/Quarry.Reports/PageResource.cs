using System.Security.Cryptography;
using System.Text;

namespace Quarry.Reports;

/// <summary>A script or style of the page, as it was bundled, with the hash by which the page's policy knows it.</summary>
internal sealed class PageResource
{
    private readonly Lazy<byte[]> _bytes;
    private readonly Lazy<string> _hash;

    private PageResource(string name)
    {
        _bytes = new Lazy<byte[]>(() => Read(name));
        _hash = new Lazy<string>(() => $"'sha256-{Convert.ToBase64String(SHA256.HashData(_bytes.Value))}'");
    }

    /// <summary>The page's own script.</summary>
    public static PageResource Script { get; } = new("report.js");

    /// <summary>Vega and what draws charts with it.</summary>
    public static PageResource Charts { get; } = new("charts.js");

    /// <summary>The page's styles.</summary>
    public static PageResource Styles { get; } = new("report.css");

    /// <summary>The text, UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => _bytes.Value;

    /// <summary>The source expression of a content security policy for it.</summary>
    public string Hash => _hash.Value;

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(PageResource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The report's {name} is not in this build.");
        using var text = new StreamReader(stream, Encoding.UTF8);

        // A parser of HTML reads a carriage return as a line feed, and hashes what it has read.
        return Encoding.UTF8.GetBytes(text.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
