using System.IO.Compression;
using FsCheck.Fluent;

namespace Quarry.Samples.Tests;

public class FixedDeflateTests
{
    private static readonly byte[][] Cases =
    [
        [],
        [0],
        [.. Enumerable.Range(0, 256).Select(i => (byte)i)],
        new byte[3],
        new byte[258],
        new byte[259],
        new byte[5000],
        [.. Enumerable.Range(0, 30000).Select(i => (byte)((i * i) >> 3))],
    ];

    public static TheoryData<int> Contents() => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Contents))]
    public void Gives_what_gzip_unpacks(int index)
    {
        byte[] content = Cases[index];

        byte[] packed = FixedDeflate.Gzip(content);

        Unpack(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress)).ShouldBe(content);
    }

    [Fact]
    public void Gives_what_inflate_unpacks_whatever_the_bytes()
    {
        Prop.ForAll<byte[], byte[]>((once, repeated) =>
        {
            byte[] content = [.. repeated, .. once, .. repeated, .. repeated];
            byte[] packed = FixedDeflate.Deflate(content);
            return Unpack(new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress)).AsSpan().SequenceEqual(content);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20260304, 1));
    }

    private static byte[] Unpack(Stream stream)
    {
        using (stream)
        {
            using var unpacked = new MemoryStream();
            stream.CopyTo(unpacked);
            return unpacked.ToArray();
        }
    }
}
