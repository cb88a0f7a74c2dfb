using System.Buffers.Binary;
using System.Text;
using Quarry.Data.Files.Compression;

namespace Quarry.Data.Tests.Files.Compression;

public class ZstandardStreamTests
{
    public static TheoryData<string, byte[]> Fixtures => new()
    {
        { nameof(ZstandardFixtures.Level1), ZstandardFixtures.Level1 },
        { nameof(ZstandardFixtures.Level3), ZstandardFixtures.Level3 },
        { nameof(ZstandardFixtures.Level19), ZstandardFixtures.Level19 },
        { nameof(ZstandardFixtures.Ultra22Long), ZstandardFixtures.Ultra22Long },
        { nameof(ZstandardFixtures.NoChecksum), ZstandardFixtures.NoChecksum },
        { nameof(ZstandardFixtures.TwoFrames), ZstandardFixtures.TwoFrames },
    };

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Reads_what_zstd_wrote(string name, byte[] compressed)
    {
        string text = Encoding.ASCII.GetString(Decompress(compressed));

        text.ShouldBe(ZstandardFixtures.Text, name);
    }

    [Fact]
    public void Reads_one_byte_over_and_over() =>
        Decompress(ZstandardFixtures.Rle).ShouldBe(Enumerable.Repeat((byte)'a', 300_000));

    [Fact]
    public void Reads_a_frame_of_nothing() => Decompress(ZstandardFixtures.Empty).ShouldBeEmpty();

    [Fact]
    public void Reads_an_empty_source_as_nothing() => Decompress([]).ShouldBeEmpty();

    [Fact]
    public void Reads_from_a_source_that_gives_one_byte_at_a_time()
    {
        using var stream = new ZstandardStream(new Trickle(ZstandardFixtures.TwoFrames));
        using var reader = new StreamReader(stream);

        reader.ReadToEnd().ShouldBe(ZstandardFixtures.Text);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-3")]
    [InlineData("-9")]
    [InlineData("-19")]
    [InlineData("--ultra", "-22", "--long=27")]
    [InlineData("--fast=5")]
    [InlineData("-3", "--no-check")]
    [InlineData("-12", "--long=24")]
    public void Reads_every_kind_of_content_at_every_level(params string[] options)
    {
        foreach ((string kind, byte[] content) in Contents())
        {
            byte[] compressed = Zstd.Compress(content, options);

            byte[] read = Decompress(compressed);

            read.AsSpan().SequenceEqual(content).ShouldBeTrue($"{kind} at {string.Join(' ', options)}");
        }
    }

    [Fact]
    public void Keeps_no_more_than_the_window_of_a_long_content()
    {
        byte[] content = [.. Enumerable.Repeat(Encoding.ASCII.GetBytes(ZstandardFixtures.Lines(9000)), 60).SelectMany(x => x)];
        byte[] compressed = Zstd.Compress(content, "-1");
        long before = GC.GetAllocatedBytesForCurrentThread();

        using var stream = new ZstandardStream(new MemoryStream(compressed));
        stream.CopyTo(Stream.Null);

        content.Length.ShouldBeGreaterThan(30_000_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public void Refuses_a_window_beyond_the_limit_and_says_what_to_do()
    {
        byte[] compressed = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 18 << 3, 0x01, 0x00, 0x00];

        var e = Should.Throw<CompressedDataException>(() => Decompress(compressed));

        e.Message.ShouldContain("needs a window of 256 MiB, more than the limit of 128 MiB");
        e.Message.ShouldContain("--long=27");
    }

    [Fact]
    public void Accepts_a_larger_window_where_it_is_allowed()
    {
        byte[] compressed = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 18 << 3, 0x19, 0x00, 0x00, (byte)'a', (byte)'b', (byte)'c'];
        using var stream = new ZstandardStream(new MemoryStream(compressed), largestWindow: 256 << 20);
        using var reader = new StreamReader(stream);

        reader.ReadToEnd().ShouldBe("abc");
    }

    [Fact]
    public void Does_not_take_a_lying_window_at_its_word()
    {
        byte[] compressed = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 17 << 3, 0x19, 0x00, 0x00, (byte)'a', (byte)'b', (byte)'c'];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Decompress(compressed).Length.ShouldBe(3);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_000_000);
    }

    [Fact]
    public void Refuses_a_dictionary_and_names_it()
    {
        byte[] compressed = [0x28, 0xB5, 0x2F, 0xFD, 0x01, 0x58, 42, 0x01, 0x00, 0x00];

        Should.Throw<CompressedDataException>(() => Decompress(compressed)).Message.ShouldContain("dictionary 42");
    }

    [Fact]
    public void Hands_out_what_came_before_a_wrong_checksum_and_then_says_so()
    {
        byte[] compressed = [.. ZstandardFixtures.Level3];
        compressed[^1] ^= 1;

        (byte[] read, CompressedDataException? fault) = DecompressUntilFault(compressed);

        Encoding.ASCII.GetString(read).ShouldBe(ZstandardFixtures.Text);
        fault.ShouldNotBeNull().Message.ShouldContain("does not match its checksum");
        fault.IsTruncated.ShouldBeFalse();
    }

    [Fact]
    public void Says_where_something_that_is_no_frame_begins()
    {
        byte[] compressed = [.. ZstandardFixtures.Level3, .. "garbage"u8];

        (byte[] read, CompressedDataException? fault) = DecompressUntilFault(compressed);

        read.Length.ShouldBe(ZstandardFixtures.Text.Length);
        fault.ShouldNotBeNull().Message.ShouldContain($"at compressed byte {ZstandardFixtures.Level3.Length}: no Zstandard frame begins here");
    }

    [Theory]
    [InlineData(6)]
    [InlineData(3)]
    public void Refuses_a_frame_whose_length_is_not_the_announced_one(byte announced)
    {
        byte[] compressed = [0x28, 0xB5, 0x2F, 0xFD, 0x20, announced, 0x29, 0x00, 0x00, 1, 2, 3, 4, 5];

        Should.Throw<CompressedDataException>(() => Decompress(compressed));
    }

    [Theory]
    [InlineData("reserved kind", 0x07, 0x00, 0x00)]
    [InlineData("larger than the frame's", 0x01, 0x00, 0x7F)]
    [InlineData("too short", 0x0D, 0x00, 0x00, 0x00)]
    [InlineData("none came before", 0x2D, 0x00, 0x00, 0x43, 0x40, 0x00, 0x01, 0x00)]
    [InlineData("goes past its block", 0x15, 0x00, 0x00, 0xF8, 0x00)]
    public void Refuses_a_block_that_breaks_the_rules(string reason, params int[] block)
    {
        byte[] compressed = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58, .. block.Select(b => (byte)b)];

        Should.Throw<CompressedDataException>(() => Decompress(compressed)).Message.ShouldContain(reason);
    }

    [Fact]
    public void Says_that_a_cut_stream_is_cut_and_hands_out_what_came_before()
    {
        byte[] whole = ZstandardFixtures.TwoFrames;
        for (int length = 1; length < whole.Length; length++)
        {
            (byte[] read, CompressedDataException? fault) = DecompressUntilFault(whole[..length]);

            ZstandardFixtures.Text.ShouldStartWith(Encoding.ASCII.GetString(read));
            if (fault is not null)
            {
                fault.IsTruncated.ShouldBeTrue($"cut at {length}");
            }
            else
            {
                // A cut between frames cannot be told from an end.
                int second = whole.AsSpan(1).IndexOf(whole.AsSpan(0, 4)) + 1;
                length.ShouldBeOneOf(second, second - 13);
            }
        }
    }

    [Fact]
    public void Throws_only_its_own_exception_on_mutated_streams_and_ends()
    {
        var random = new Random(8878);
        byte[][] seeds = [.. Fixtures.Select(f => f.Data.Item2), ZstandardFixtures.Rle];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] mutated = [.. seeds[random.Next(seeds.Length)]];
            for (int m = random.Next(1, 6); m > 0; m--)
            {
                mutated[random.Next(4, mutated.Length)] = (byte)random.Next(256);
            }

            // Without the checksum flag more of a changed stream is read.
            mutated[4] &= 0xFB;
            (byte[] read, _) = DecompressUntilFault(mutated, 1 << 22);

            read.Length.ShouldBeLessThanOrEqualTo(1 << 22);
        }
    }

    [Fact]
    public void Accepts_no_mutated_stream_that_zstd_refuses_and_reads_the_others_alike()
    {
        var random = new Random(1);
        int sound = 0;
        for (int i = 0; i < 200; i++)
        {
            byte[] mutated = [.. ZstandardFixtures.NoChecksum];
            mutated[random.Next(9, mutated.Length)] ^= (byte)(1 << random.Next(8));
            (int exitCode, byte[] expected) = Zstd.Run(mutated, "-d", "-q", "-c");

            (byte[] read, CompressedDataException? fault) = DecompressUntilFault(mutated, 1 << 22);

            if (fault is null)
            {
                sound++;
                exitCode.ShouldBe(0, $"mutation {i}");
                read.ShouldBe(expected);
            }
        }

        sound.ShouldBeGreaterThan(0);
    }

    private static IEnumerable<(string Kind, byte[] Content)> Contents()
    {
        var random = new Random(22);
        byte[] noise = new byte[300_000];
        random.NextBytes(noise);
        yield return ("noise", noise);
        yield return ("log", Encoding.ASCII.GetBytes(ZstandardFixtures.Lines(12_000)));
        yield return ("one line", Encoding.ASCII.GetBytes(ZstandardFixtures.Lines(1)));
        yield return ("two letters", [.. Enumerable.Range(0, 200_000).Select(_ => (byte)('a' + random.Next(2)))]);
        yield return ("skewed bytes", [.. Enumerable.Range(0, 400_000).Select(_ => (byte)(256 * Math.Pow(random.NextDouble(), 6)))]);
        yield return ("short patterns", [.. Enumerable.Range(1, 40).SelectMany(p => Enumerable.Repeat(noise[..p], 3000 / p).SelectMany(x => x))]);
        yield return ("noise between repeats", [.. Enumerable.Range(0, 60).SelectMany(i => noise.AsSpan(random.Next(100_000), random.Next(20_000)).ToArray())]);
        byte[] numbers = new byte[400_000];
        for (int i = 0; i < numbers.Length; i += 4)
        {
            BinaryPrimitives.WriteInt32LittleEndian(numbers.AsSpan(i), i * 3);
        }

        yield return ("numbers", numbers);
    }

    private static byte[] Decompress(byte[] compressed)
    {
        using var stream = new ZstandardStream(new MemoryStream(compressed));
        var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static (byte[] Read, CompressedDataException? Fault) DecompressUntilFault(byte[] compressed, int most = int.MaxValue)
    {
        using var stream = new ZstandardStream(new MemoryStream(compressed));
        var content = new MemoryStream();
        byte[] buffer = new byte[4096];
        try
        {
            int count;
            while (content.Length + buffer.Length <= most && (count = stream.Read(buffer)) > 0)
            {
                content.Write(buffer, 0, count);
            }
        }
        catch (CompressedDataException e)
        {
            return (content.ToArray(), e);
        }

        return (content.ToArray(), null);
    }

    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1)]);
    }
}
