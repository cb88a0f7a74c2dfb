namespace Quarry.Indicators;

/// <summary>Takes a text that was decoded from a cell.</summary>
/// <param name="reference">The layer's dotted reference, for example <c>1.2</c>.</param>
/// <param name="text">The layer, in UTF-8; it lives until the call returns.</param>
public delegate void LayerSink(string reference, ReadOnlySpan<byte> text);

/// <summary>Decodes cells, so that indicators are found in what is hidden in them too. Called from several threads.</summary>
public interface ICellLayers
{
    /// <summary>Hands the layers of a cell to a sink, the outer ones first.</summary>
    void Visit(ReadOnlySpan<byte> cell, LayerSink sink);
}
