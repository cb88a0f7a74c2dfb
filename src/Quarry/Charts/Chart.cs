using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Quarry.Charts;

/// <summary>
/// A picture as data, which knows no face: a notebook, a page and the report render its <see cref="ToVegaLite"/>, a terminal
/// draws what it can of the values themselves.
/// </summary>
/// <param name="Title">What it shows, in a few words.</param>
public abstract record Chart(string Title)
{
    /// <summary>
    /// The chart as a Vega-Lite specification with its data in it: JSON, version 6. Texts of the data are values in it and never
    /// expressions or names of fields. Times are UTC, and what is not a number is null. A chart of more than can be looked at
    /// draws a part, and its subtitle says which.
    /// </summary>
    /// <param name="shown">What makes a text of the data fit to be shown, for example escaped; null leaves each as it is.</param>
    public string ToVegaLite(Func<string, string>? shown = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteTo(new VegaLiteWriter(json, shown ?? (text => text)));
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private protected abstract void WriteTo(VegaLiteWriter writer);
}
