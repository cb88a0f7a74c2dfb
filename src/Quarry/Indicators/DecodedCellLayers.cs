using Quarry.Decoding;

namespace Quarry.Indicators;

/// <summary>The layers that <see cref="Base64Unpacker"/> finds in a cell, with its default limits.</summary>
/// <param name="cancellation">Ends the decoding.</param>
public sealed class DecodedCellLayers(CancellationToken cancellation = default) : ICellLayers
{
    /// <inheritdoc/>
    public void Visit(ReadOnlySpan<byte> cell, LayerSink sink)
    {
        if (!Base64Unpacker.MayContainEncoded(cell))
        {
            return;
        }

        foreach (DecodedLayer layer in Base64Unpacker.Unpack(cell, null, cancellation).Layers)
        {
            if (layer.IsText)
            {
                sink(layer.Reference, layer.DecodedUtf8.Span);
            }
        }
    }
}
