using System.Text;

namespace Quarry.Decoding;

/// <summary>What was hidden in one text.</summary>
public sealed class UnpackResult
{
    private readonly ReadOnlyMemory<byte> _annotated;

    internal UnpackResult(ReadOnlyMemory<byte> annotated, IReadOnlyList<DecodedLayer> layers, string? stoppedBy)
    {
        _annotated = annotated;
        Layers = layers;
        StoppedBy = stoppedBy;
    }

    /// <summary>The text in which every run that decodes is replaced by a <c>&lt;decoded …&gt;</c> element; the text itself where there is none.</summary>
    public string AnnotatedText => Encoding.UTF8.GetString(_annotated.Span);

    /// <summary>The annotated text as UTF-8. Bytes of the input that are not UTF-8 stand in it as they were.</summary>
    public ReadOnlyMemory<byte> AnnotatedUtf8 => _annotated;

    /// <summary>The layers, level by level, in the order of the text within a level.</summary>
    public IReadOnlyList<DecodedLayer> Layers { get; }

    /// <summary>The first limit that cut something short, by its option's name and value, for example <c>max-depth (32)</c>; null where none did.</summary>
    public string? StoppedBy { get; }
}
