using System.IO.Compression;
using Quarry.Data.Files.Readers;

namespace Quarry.Data.Files.Compression;

/// <summary>Decompresses gzip and, other than <see cref="GZipStream"/>, says so where the data stops in the middle.</summary>
/// <remarks>
/// <see cref="GZipStream"/> ends without a word where its source does (a switch for the whole process aside). It does go on
/// to a further member, though: at the end it is given one of our own. Only a decoder that has ended whole gives back what
/// that member holds.
/// </remarks>
internal sealed class CheckedGzipStream : ForwardStream
{
    private static readonly byte[] ProbeContent = "the end of the data"u8.ToArray();
    private static readonly byte[] ProbeMember = Compress(ProbeContent);

    private readonly EndedSource _source;
    private readonly GZipStream _gzip;
    private bool _isAtEnd;

    /// <summary>Decompresses what a stream gives.</summary>
    public CheckedGzipStream(Stream source)
    {
        _source = new EndedSource(source);
        _gzip = new GZipStream(_source, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    /// <exception cref="CompressedDataException">The data stops in the middle.</exception>
    /// <exception cref="InvalidDataException">The data is not gzip, or damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_isAtEnd || buffer.IsEmpty)
        {
            return 0;
        }

        int read = _gzip.Read(buffer);
        if (read > 0)
        {
            return read;
        }

        _isAtEnd = true;
        return EndsWhole() ? 0 : throw new CompressedDataException("the compressed data stops in the middle", isTruncated: true);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool EndsWhole()
    {
        byte[] answer = new byte[ProbeContent.Length + 1];
        try
        {
            _source.BeginProbe();
            int count = _gzip.ReadAtLeast(answer, answer.Length, throwOnEndOfStream: false);
            return answer.AsSpan(0, count).SequenceEqual(ProbeContent);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static byte[] Compress(byte[] content)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    // The source, and after its end the probe.
    private sealed class EndedSource(Stream source) : ForwardStream
    {
        private MemoryStream? _probe;

        public void BeginProbe() => _probe = new MemoryStream(ProbeMember);

        public override int Read(Span<byte> buffer) => _probe?.Read(buffer) ?? source.Read(buffer);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                source.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
