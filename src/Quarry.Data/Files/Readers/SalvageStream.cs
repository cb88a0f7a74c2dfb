using Quarry.Data.Files.Compression;

namespace Quarry.Data.Files.Readers;

/// <summary>A decompressed stream that ends where its compressed form is cut or damaged, and says so, so that the rows before are read.</summary>
internal sealed class SalvageStream : ForwardStream
{
    private readonly Stream _source;
    private readonly Action<string> _onFault;
    private readonly Func<string, QuarryException> _nothingRead;
    private bool _hasRead, _isOver;

    /// <summary>Reads a decompressed stream.</summary>
    /// <param name="source">The decompressed stream.</param>
    /// <param name="onFault">Told the reason of an early end.</param>
    /// <param name="nothingRead">Makes the error where not a byte could be read.</param>
    public SalvageStream(Stream source, Action<string> onFault, Func<string, QuarryException> nothingRead)
    {
        _source = source;
        _onFault = onFault;
        _nothingRead = nothingRead;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_isOver)
        {
            return 0;
        }

        try
        {
            int read = _source.Read(buffer);
            _hasRead |= read > 0;
            return read;
        }
        catch (Exception e) when (e is InvalidDataException or CompressedDataException or EndOfStreamException)
        {
            _isOver = true;

            // The system's gzip calls any damage an unsupported method.
            string reason = e is InvalidDataException ? "the compressed data is damaged" : e.Message;
            if (!_hasRead)
            {
                throw _nothingRead(reason);
            }

            _onFault(reason);
            return 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }
}
