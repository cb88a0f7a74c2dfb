namespace Quarry.Data.Files.Readers;

/// <summary>Bytes that were read from a stream to look at them, and then the rest of it.</summary>
internal sealed class PrefixedStream(byte[] prefix, int count, Stream rest) : ForwardStream
{
    private int _next;

    public override int Read(Span<byte> buffer)
    {
        if (_next == count)
        {
            return rest.Read(buffer);
        }

        int taken = Math.Min(buffer.Length, count - _next);
        prefix.AsSpan(_next, taken).CopyTo(buffer);
        _next += taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
