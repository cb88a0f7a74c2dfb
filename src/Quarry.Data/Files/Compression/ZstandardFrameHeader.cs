using System.Buffers.Binary;

namespace Quarry.Data.Files.Compression;

/// <summary>What a Zstandard frame says of itself (RFC 8878, section 3.1.1.1).</summary>
/// <param name="Window">How far back the frame's sequences may reach, in bytes.</param>
/// <param name="ContentSize">The number of bytes the frame gives, where it says so.</param>
/// <param name="HasChecksum">Whether a checksum of the content follows the last block.</param>
internal readonly record struct ZstandardFrameHeader(ulong Window, ulong? ContentSize, bool HasChecksum)
{
    /// <summary>The most bytes a header has behind its magic number.</summary>
    public const int LargestSize = 14;

    /// <summary>The size of the header that begins with a descriptor byte.</summary>
    public static int SizeOf(byte descriptor) =>
        1 + ((descriptor & 0x20) == 0 ? 1 : 0) + DictionaryIdSize(descriptor) + ContentSizeSize(descriptor);

    /// <summary>Reads a header of <see cref="SizeOf"/> bytes.</summary>
    /// <exception cref="CompressedDataException">It uses what a reader must not accept, or a dictionary.</exception>
    public static ZstandardFrameHeader Read(ReadOnlySpan<byte> header)
    {
        byte descriptor = header[0];
        if ((descriptor & 0x08) != 0)
        {
            throw new CompressedDataException("the frame header uses a reserved bit");
        }

        bool isSingleSegment = (descriptor & 0x20) != 0;
        ulong window = 0;
        int at = 1;
        if (!isSingleSegment)
        {
            ulong least = 1UL << (10 + (header[at] >> 3));
            window = least + (least / 8 * (ulong)(header[at] & 7));
            at++;
        }

        int idSize = DictionaryIdSize(descriptor);
        ulong dictionary = ReadLittle(header.Slice(at, idSize));
        if (dictionary != 0)
        {
            throw new CompressedDataException(
                $"the frame was compressed with dictionary {dictionary}, which a reader would need; "
                + "decompress the file first: zstd -d -D DICTIONARY FILE");
        }

        at += idSize;
        int sizeSize = ContentSizeSize(descriptor);
        ulong? contentSize = sizeSize == 0 ? null : ReadLittle(header.Slice(at, sizeSize)) + (sizeSize == 2 ? 256u : 0);
        return new ZstandardFrameHeader(isSingleSegment ? contentSize!.Value : window, contentSize, (descriptor & 0x04) != 0);
    }

    private static int DictionaryIdSize(byte descriptor) => (descriptor & 3) switch { 0 => 0, 1 => 1, 2 => 2, _ => 4 };

    private static int ContentSizeSize(byte descriptor) =>
        (descriptor >> 6) switch { 0 => (descriptor & 0x20) == 0 ? 0 : 1, 1 => 2, 2 => 4, _ => 8 };

    private static ulong ReadLittle(ReadOnlySpan<byte> bytes)
    {
        Span<byte> word = stackalloc byte[8];
        word.Clear();
        bytes.CopyTo(word);
        return BinaryPrimitives.ReadUInt64LittleEndian(word);
    }
}
