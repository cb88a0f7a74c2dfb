using System.IO.Compression;
using Quarry.Data.Files.Compression;

namespace Quarry.Data.Tests.Files.Compression;

public class CheckedGzipStreamTests
{
    [Fact]
    public void Tells_at_every_length_whether_the_data_stops_in_the_middle()
    {
        byte[] first = Gzip("a first member, a first member"u8), second = Gzip(new byte[3000]);
        byte[] whole = [.. first, .. second];
        for (int length = 1; length <= whole.Length; length++)
        {
            bool isWhole = length == first.Length || length == whole.Length;

            (int count, bool isCut) = Read(whole[..length]);

            isCut.ShouldBe(!isWhole, $"cut at {length} of {whole.Length}");
            count.ShouldBeLessThanOrEqualTo(3030);
        }
    }

    [Fact]
    public void Reads_members_one_after_another() => Read([.. Gzip("abc"u8), .. Gzip([]), .. Gzip("d"u8)]).ShouldBe((4, false));

    [Fact]
    public void Passes_on_that_data_is_damaged()
    {
        byte[] damaged = Gzip("some content to damage"u8);
        damaged[^6] ^= 1;

        Should.Throw<InvalidDataException>(() => Read(damaged));
    }

    private static (int Count, bool IsCut) Read(byte[] compressed)
    {
        using var stream = new CheckedGzipStream(new MemoryStream(compressed));
        byte[] buffer = new byte[700];
        int count = 0;
        try
        {
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                count += read;
            }
        }
        catch (CompressedDataException e) when (e.IsTruncated)
        {
            return (count, true);
        }

        return (count, false);
    }

    private static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
