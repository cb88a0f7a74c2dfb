using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Quarry.Decoding;
using Quarry.Tables;

namespace Quarry.Tests.Decoding;

/// <summary>Whoever writes the logs may be the attacker: a marked result, never an exception, never a hang.</summary>
public sealed class HostileInputTests
{
    private const int Mega = 1 << 20;

    public static TheoryData<string> MegabyteTexts()
    {
        var data = new TheoryData<string>();
        foreach (string unit in new[]
        {
            "A", "a", "0", "/", "+", "-", "_", "=", "%", "\\", "(", "[", "{", "<", " ", "\n", "\r", "\0", "1.", "a.", "12.34.", "-e ", "/e", "-enc ", "b64", "base64 -d|",
            "base64 -d <<<", "|base64 -d", "atob(", "FromBase64String(", "chr(", "chr(1)+", "[char]", "[char]1+", "[char[]](", "1,", "1,|%{[char]", "0x41,", "\\x41", "%41", "%41a",
            "a\0", "\0a", "data:", "data:;base64,", "AAAA\n", "AAAAAAAAAAAAAAAAAAAA\n", "H4sIAAAA", "UEsDBBQAAAA", "TVqQAAMAAAA", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
            "abcdefghij/klmnop/ABCDEFG0", "String.fromCharCode(1,", "eNqr", "é", "\u2013e ",
        })
        {
            data.Add(unit);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(MegabyteTexts))]
    public void Takes_time_in_proportion_to_a_megabyte_of_anything(string unit)
    {
        string text = string.Concat(Enumerable.Repeat(unit, Mega / unit.Length));
        Base64Unpacker.Unpack(text[..(text.Length / 16)]);

        var watch = Stopwatch.StartNew();
        UnpackResult result = Base64Unpacker.Unpack(text);
        watch.Stop();

        result.ShouldNotBeNull();
        // A build without optimisation on a busy machine; quadratic would be minutes. The benchmarks hold the real bound, 0.1 s.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Stops_a_gzip_bomb_by_its_ratio_and_says_so()
    {
        byte[] bomb = Encode.Gzip(new byte[50 * Mega]);

        UnpackResult result = Base64Unpacker.Unpack("x " + Encode.Base64(bomb));

        result.StoppedBy.ShouldBe("max-ratio (1000)");
        DecodedLayer layer = result.Layers.ShouldHaveSingleItem();
        layer.StoppedBy.ShouldBe("max-ratio (1000)");
        layer.Bytes.Length.ShouldBeLessThan(3 * Mega);
    }

    [Fact]
    public void Stops_a_zip_bomb_and_its_nested_kind()
    {
        byte[] zip = Encode.Zip(CompressionLevel.SmallestSize, ("a", new byte[30 * Mega]), ("b", new byte[30 * Mega]));
        byte[] nested = Encode.Zip(CompressionLevel.SmallestSize, [.. Enumerable.Range(0, 20).Select(i => ($"{i}.zip", zip))]);

        UnpackResult result = Base64Unpacker.Unpack("x " + Encode.Base64(nested));

        result.StoppedBy.ShouldNotBeNull();
        result.Layers.Sum(l => (long)l.Bytes.Length).ShouldBeLessThan(66L * Mega);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void Stops_at_the_size_limit_of_an_input_and_says_so(int limit)
    {
        string text = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{i} "));
        var options = new DecodeOptions { MaxExpandedBytes = limit };

        UnpackResult result = Base64Unpacker.Unpack("x " + Encode.Base64(Encode.Gzip(Encode.Utf8(text))), options);

        result.StoppedBy.ShouldBe($"max-expanded-bytes ({limit})");
        result.Layers.Sum(l => l.Bytes.Length).ShouldBeLessThanOrEqualTo(limit);
    }

    [Fact]
    public void Stops_at_the_size_limit_of_a_layer_and_says_so()
    {
        string text = string.Concat(Enumerable.Range(0, 4_000).Select(i => $"{i} "));
        var options = new DecodeOptions { MaxLayerBytes = 9_000 };

        UnpackResult result = Base64Unpacker.Unpack("x " + Encode.Base64(Encode.Gzip(Encode.Utf8(text))) + " " + Encode.Base64(text), options);

        result.StoppedBy.ShouldBe("max-layer-bytes (9000)");
        result.Layers.Count.ShouldBe(2);
        result.Layers.ShouldAllBe(l => l.StoppedBy == "max-layer-bytes (9000)" && l.Bytes.Length <= 9_000 && text.StartsWith(l.DecodedString!));
    }

    [Fact]
    public void Stops_at_the_depth_and_says_so()
    {
        string text = "The quick brown fox jumps over it";
        for (int i = 0; i < 20; i++)
        {
            text = Encode.Base64($"layer {i} " + text);
        }

        UnpackResult all = Base64Unpacker.Unpack(text);
        UnpackResult some = Base64Unpacker.Unpack(text, new DecodeOptions { MaxDepth = 5 });

        all.Layers.Count.ShouldBe(20);
        all.StoppedBy.ShouldBeNull();
        some.Layers.Count.ShouldBe(5);
        some.Layers[4].StoppedBy.ShouldBe("max-depth (5)");
        some.StoppedBy.ShouldBe("max-depth (5)");
    }

    [Fact]
    public void Stops_at_the_depth_of_archives_too()
    {
        byte[] bytes = Encode.Utf8("the end");
        for (int i = 0; i < 60; i++)
        {
            bytes = Encode.Gzip(bytes);
        }

        UnpackResult result = Base64Unpacker.Unpack("x " + Encode.Base64(bytes));

        result.Layers.Count.ShouldBe(32);
        result.StoppedBy.ShouldBe("max-depth (32)");
    }

    [Fact]
    public void Stops_at_the_number_of_layers_and_says_so()
    {
        string text = string.Join(' ', Enumerable.Range(0, 2000).Select(i => Encode.Base64($"fragment number {i} padded to length")));

        UnpackResult result = Base64Unpacker.Unpack(text);

        result.Layers.Count.ShouldBe(1024);
        result.StoppedBy.ShouldBe("max-layers (1024)");
        result.Layers[^1].StoppedBy.ShouldBe("max-layers (1024)");
        result.AnnotatedText.ShouldEndWith(Encode.Base64("fragment number 1999 padded to length"));
    }

    [Fact]
    public void Stops_a_tar_of_many_at_the_number_of_layers()
    {
        byte[] tar = Encode.Tar(TarEntryFormat.Ustar, [.. Enumerable.Range(0, 3000).Select(i => ($"{i}", Encode.Utf8("x")))]);

        UnpackResult result = Base64Unpacker.Unpack("x " + Encode.Base64(tar));

        result.Layers.Count.ShouldBe(1024);
        result.StoppedBy.ShouldBe("max-layers (1024)");
    }

    [Fact]
    public void Stops_when_the_time_is_up_and_says_so()
    {
        string text = string.Join(' ', Enumerable.Range(0, 500).Select(i => Encode.Base64(new string('x', 1000) + i)));
        var options = new DecodeOptions { TimeLimit = TimeSpan.FromSeconds(1) };

        UnpackResult result = Base64Unpacker.Unpack(Encode.Utf8(text), options, new JumpingClock(), CancellationToken.None);

        result.StoppedBy.ShouldBe("time-limit (00:00:01)");
        result.Layers.Count.ShouldBeLessThan(500);
    }

    [Fact]
    public void Does_not_multiply_a_run_that_is_repeated()
    {
        string run = Encode.Base64(Encode.Gzip(Encode.Utf8(string.Concat(Enumerable.Range(0, 20_000).Select(i => "0123456789")))));

        UnpackResult result = Base64Unpacker.Unpack(string.Join(' ', Enumerable.Repeat(run, 2000)));

        result.AnnotatedUtf8.Length.ShouldBeLessThan(70 * Mega);
        result.StoppedBy!.ShouldStartWith("max-expanded-bytes");
    }

    [Fact]
    public void Stops_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Should.Throw<OperationCanceledException>(() => Base64Unpacker.Unpack("x " + Encode.Base64("The quick brown fox jumps over"), cancellation: source.Token));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData(@"C:\Windows\System32\evil.dll")]
    [InlineData("/etc/shadow")]
    [InlineData("a\nb'><decoded")]
    public void Takes_the_names_of_files_for_data(string name)
    {
        byte[] zip = Encode.Zip(CompressionLevel.Optimal, (name, Encode.Utf8("content")));
        byte[] tar = Encode.Tar(TarEntryFormat.Pax, (name, Encode.Utf8("content")));

        string zipName = Base64Unpacker.Unpack("x " + Encode.Base64(zip)).Layers.ShouldHaveSingleItem().FileName;
        string tarName = Base64Unpacker.Unpack("x " + Encode.Base64(tar)).Layers.ShouldHaveSingleItem().FileName;

        zipName.ShouldBe(name);
        tarName.ShouldBe(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\uD800 lone \uDC00")]
    [InlineData("=")]
    [InlineData("-e")]
    [InlineData("powershell -enc")]
    [InlineData("powershell -enc ")]
    [InlineData("FromBase64String(")]
    [InlineData("[char]")]
    [InlineData("[char[]](")]
    [InlineData("chr(")]
    [InlineData("\\x")]
    [InlineData("0x")]
    [InlineData("%")]
    [InlineData("base64 -d")]
    [InlineData("|base64 -d")]
    public void Gives_back_what_holds_nothing(string text)
    {
        UnpackResult result = Base64Unpacker.Unpack(text);

        result.Layers.ShouldBeEmpty();
        result.StoppedBy.ShouldBeNull();
        result.AnnotatedText.ShouldBe(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Keeps_bytes_that_are_not_utf_8_as_they_were()
    {
        byte[] text = [0xFF, 0xC0, 0x20, .. Encode.Utf8(Encode.Base64("The quick brown fox jumps over it")), 0x20, 0x80, 0xFE];

        UnpackResult result = Base64Unpacker.Unpack(text);

        result.Layers.ShouldHaveSingleItem();
        result.AnnotatedUtf8.Span[..3].ToArray().ShouldBe([0xFF, 0xC0, 0x20]);
        result.AnnotatedUtf8.Span[^3..].ToArray().ShouldBe([0x20, 0x80, 0xFE]);
    }

    [Fact]
    public void Reads_ten_megabytes_of_one_line()
    {
        string text = Encode.Base64(string.Concat(Enumerable.Range(0, 700_000).Select(i => $"{i:D7} word ")));

        UnpackResult result = Base64Unpacker.Unpack("x " + text);

        result.Layers.ShouldHaveSingleItem().Bytes.Length.ShouldBe(700_000 * 13);
    }

    [Fact]
    public void Yields_what_can_be_read_of_archives_cut_at_any_byte_and_never_throws()
    {
        byte[][] archives =
        [
            Encode.Zip(CompressionLevel.Optimal, ("a.txt", Encode.Utf8(string.Concat(Enumerable.Repeat("some text ", 30)))), ("b.txt", Encode.Utf8("more text"))),
            Encode.Gzip(Encode.Utf8(string.Concat(Enumerable.Repeat("some text ", 30)))),
            Encode.Tar(TarEntryFormat.Gnu, ("a.txt", Encode.Utf8("some text")), (new string('n', 150), Encode.Utf8("more text"))),
            Encode.Zlib(Encode.Utf8(string.Concat(Enumerable.Range(0, 100).Select(i => $"line {i} ")))),
        ];
        foreach (byte[] archive in archives)
        {
            int step = archive.Length > 2000 ? 37 : 1;
            for (int length = 0; length < archive.Length; length += step)
            {
                UnpackResult result = Base64Unpacker.Unpack("x " + Encode.Base64(archive[..length]) + " y " + Encode.Base64("The quick brown fox jumps over it"));

                result.Layers.ShouldContain(l => l.DecodedString == "The quick brown fox jumps over it");
            }
        }
    }

    [Fact]
    public void Survives_archives_with_bytes_changed_at_random()
    {
        byte[] inner = Encode.Zip(CompressionLevel.Optimal, ("a.txt", Encode.Utf8(string.Concat(Enumerable.Repeat("some text ", 30)))), ("b/", []), ("c.gz", Encode.Gzip(Encode.Utf8("x"))));
        byte[][] archives = [inner, Encode.Tar(TarEntryFormat.Pax, ("a.zip", inner), ("b", Encode.Utf8("text"))), Encode.Gzip(inner), Encode.Zlib(inner)];
        var random = new Random(9);
        for (int round = 0; round < 4000; round++)
        {
            byte[] archive = [.. archives[round % archives.Length]];
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                archive[random.Next(archive.Length)] = (byte)random.Next(256);
            }

            Should.NotThrow(() => Base64Unpacker.Unpack("x " + Encode.Base64(archive)));
        }
    }

    [Fact]
    public void Survives_random_text_made_of_what_it_looks_for()
    {
        string[] parts =
        [
            "-enc ", "powershell ", "FromBase64String('", "atob(", "')", "base64 -d", " | ", "data:;base64,", "\\x41", "0x41,", "%41", "[char]73+", "chr(73).", "String.fromCharCode(73,", ")",
            Encode.Base64("The quick brown fox jumps over the lazy dog"), Encode.Wide("whoami"), Encode.Base64(Encode.Gzip(Encode.Utf8("hello hello"))), "\r\n", "\n", "=", "/", "path/", "-", "_", "é", "\0", "I\0E\0X\0", "4865782074", "A",
        ];
        var random = new Random(12);
        for (int round = 0; round < 5000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => parts[random.Next(parts.Length)]));

            UnpackResult result = Base64Unpacker.Unpack(text, new DecodeOptions { ReportWeak = round % 2 == 0 });

            result.Layers.Select(l => l.Reference).Distinct().Count().ShouldBe(result.Layers.Count);
            if (result.Layers.Count > 0)
            {
                Base64Unpacker.MayContainEncoded(Encode.Utf8(text)).ShouldBeTrue(text);
            }
        }
    }

    [Fact]
    public void Reports_a_protected_archive_as_one()
    {
        byte[] zip = Encode.Zip(CompressionLevel.NoCompression, ("secret.exe", new byte[40]));
        zip[6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\x01\x02"u8) + 8] |= 1;

        DecodedLayer layer = Base64Unpacker.Unpack("x " + Encode.Base64(zip)).Layers.ShouldHaveSingleItem();

        layer.FileType.ShouldBe("zip (pwd protected)");
        layer.StoppedBy.ShouldBe("password");
        layer.Bytes.ToArray().ShouldBe(zip);
    }

    [Fact]
    public void Leaves_the_other_rows_alone_when_one_is_broken()
    {
        byte[] broken = Encode.Gzip(Encode.Utf8(string.Concat(Enumerable.Range(0, 100).Select(i => $"line {i} "))))[..60];
        var builder = new TableBuilder(("c", ColumnType.String));
        builder.AddRow("x " + Encode.Base64(broken)).AddRow("y " + Encode.Base64("The quick brown fox jumps over it"));

        Table records = builder.Build().Decode("c");

        records.RowCount.ShouldBe(2);
        records.Text("stopped_by").GetString(0).ShouldBe("truncated");
        records.Text("decoded_string").GetString(1).ShouldBe("The quick brown fox jumps over it");
    }

    [Theory]
    [InlineData("MinimumRun")]
    [InlineData("MaxDepth")]
    [InlineData("MaxRatio")]
    [InlineData("TimeLimit")]
    [InlineData("MaxExpandedBytes")]
    public void Refuses_options_that_make_no_sense_and_says_what_to_give(string option)
    {
        Func<DecodeOptions> make = option switch
        {
            "MinimumRun" => () => new DecodeOptions { MinimumRun = 0 },
            "MaxDepth" => () => new DecodeOptions { MaxDepth = 1000 },
            "MaxRatio" => () => new DecodeOptions { MaxRatio = double.NaN },
            "TimeLimit" => () => new DecodeOptions { TimeLimit = TimeSpan.Zero },
            _ => () => new DecodeOptions { MaxExpandedBytes = 0 },
        };

        Should.Throw<QuarryException>(make).Message.ShouldContain(option);
    }

    /// <summary>A clock on which a second passes at every look.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _ticks++;
    }
}
