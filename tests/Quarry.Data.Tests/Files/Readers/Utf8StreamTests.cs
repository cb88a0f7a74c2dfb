using System.Text;
using FsCheck.Fluent;
using Quarry.Data.Files.Readers;

namespace Quarry.Data.Tests.Files.Readers;

public class Utf8StreamTests
{
    private const string Text = "Zeile ü €, 😀 und\0 so weiter\r\n";

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Text) },
        { "UTF-8 with a mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)] },
        { "UTF-16 LE with a mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)] },
        { "UTF-16 BE with a mark", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)] },
        { "UTF-16 LE without", Encoding.Unicode.GetBytes(Text) },
        { "UTF-16 BE without", Encoding.BigEndianUnicode.GetBytes(Text) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Reads_every_encoding_in_pieces_of_any_size(string name, byte[] content)
    {
        for (int chunk = 1; chunk < 9; chunk++)
        {
            (string text, long replaced) = Read(new ChunkedStream(content, chunk));

            text.ShouldBe(Text, name);
            replaced.ShouldBe(0);
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Reads_more_than_a_block_of_every_encoding(string name, byte[] content)
    {
        int mark = content[0] == 0xEF ? 3 : content[0] >= 0xFE ? 2 : 0;
        byte[] longer = [.. content, .. Enumerable.Repeat(content[mark..], 20_000).SelectMany(x => x)];

        (string text, long replaced) = Read(new MemoryStream(longer));

        replaced.ShouldBe(0, name);
        (text == string.Concat(Enumerable.Repeat(Text, 20_001))).ShouldBeTrue(name);
    }

    [Fact]
    public void Replaces_bytes_that_are_no_text_and_counts_them()
    {
        (string text, long replaced) = Read(new MemoryStream([(byte)'a', 0xFF, (byte)'b', 0xC3, (byte)'c', 0xE2, 0x82, 0x00, 0xF0, 0x9F]));

        text.ShouldBe("a\uFFFDb\uFFFDc\uFFFD\0\uFFFD");
        replaced.ShouldBe(6);
    }

    [Fact]
    public void Replaces_half_characters_and_half_units_of_UTF_16()
    {
        (string text, long replaced) = Read(new MemoryStream([0xFF, 0xFE, 0x41, 0, 0x00, 0xD8, 0x42, 0, 0x00, 0xDC, 0x43]));

        text.ShouldBe("A\uFFFDB\uFFFD\uFFFD");
        replaced.ShouldBe(5);
    }

    [Fact]
    public void Keeps_zero_bytes() => Read(new MemoryStream("a\0\0b\0"u8.ToArray())).Text.ShouldBe("a\0\0b\0");

    [Fact]
    public void Decodes_whatever_stands_there_as_the_framework_does() => Prop.ForAll<byte[], int>((content, chunk) =>
    {
        byte[] bytes = [(byte)'x', .. content];

        (string text, _) = Read(new ChunkedStream(bytes, 1 + Math.Abs(chunk % 5)));

        return text == Encoding.UTF8.GetString(bytes);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1, 3));

    private static (string Text, long Replaced) Read(Stream source)
    {
        long replaced = 0;
        using var stream = new Utf8Stream(source, count => replaced += count);
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        byte[] utf8 = bytes.ToArray();
        System.Text.Unicode.Utf8.IsValid(utf8).ShouldBeTrue();
        return (Encoding.UTF8.GetString(utf8), replaced);
    }
}
