namespace Quarry.Data.Files.Readers;

/// <summary>A stream that cannot go back, whose beginning can still be read twice: once for a look, once in earnest.</summary>
internal sealed class ReplayStream : ForwardStream
{
    private readonly Stream _source;
    private MemoryStream? _recorded = new();
    private bool _isReplaying;

    /// <summary>Begins to record.</summary>
    public ReplayStream(Stream source) => _source = source;

    /// <summary>Begins again from the first byte, and records no more.</summary>
    public void Rewind()
    {
        _isReplaying = true;
        _recorded!.Position = 0;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_isReplaying && _recorded is not null)
        {
            int replayed = _recorded.Read(buffer);
            if (replayed > 0)
            {
                return replayed;
            }

            _recorded = null;
        }

        int read = _source.Read(buffer);
        _recorded?.Write(buffer[..read]);
        return read;
    }
}
