using System.IO.Compression;
using FsCheck.Fluent;
using Quarry.Decoding;

namespace Quarry.Tests.Decoding;

public sealed class InflaterTests
{
    [Fact]
    public void Inflates_what_the_runtime_deflates_and_says_how_much_it_used()
    {
        Prop.ForAll<byte[], int>((bytes, kind) =>
        {
            byte[] input = [.. Enumerable.Repeat(bytes, 1 + (Math.Abs(kind % 50) * bytes.Length)).SelectMany(b => b).Take(200_000)];
            byte[] packed = input.Length == 0 ? [3, 0] : Encode.Deflate(input);

            Inflated inflated = Inflater.Inflate([.. packed, 1, 2, 3, 4, 5, 6, 7, 8, 9], NewBudget());

            return inflated.Bytes.AsSpan().SequenceEqual(input) && inflated.Consumed == packed.Length && inflated.StoppedBy is null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Inflates_every_level(CompressionLevel level)
    {
        byte[] input = new byte[300_000];
        var random = new Random(3);
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = (byte)(random.Next(4) == 0 ? random.Next(256) : i / 100);
        }

        using var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, level, leaveOpen: true))
        {
            deflate.Write(input);
        }

        Inflated inflated = Inflater.Inflate(stream.ToArray(), NewBudget());

        inflated.Bytes.ShouldBe(input);
        inflated.StoppedBy.ShouldBeNull();
    }

    [Fact]
    public void Keeps_what_came_before_the_end_of_a_truncated_stream()
    {
        byte[] input = Encode.Utf8(string.Concat(Enumerable.Range(0, 500).Select(i => $"line {i}\n")));
        byte[] packed = Encode.Deflate(input);
        for (int length = 0; length < packed.Length; length++)
        {
            Inflated inflated = Inflater.Inflate(packed.AsSpan(0, length), NewBudget());

            inflated.StoppedBy.ShouldBe("truncated");
            input.AsSpan().StartsWith(inflated.Bytes).ShouldBeTrue();
        }
    }

    [Fact]
    public void Never_throws_on_noise()
    {
        var random = new Random(4);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] noise = new byte[random.Next(200)];
            random.NextBytes(noise);

            Should.NotThrow(() => Inflater.Inflate(noise, NewBudget()));
        }
    }

    private static Budget NewBudget() => new(DecodeOptions.Default, TimeProvider.System, CancellationToken.None);
}
