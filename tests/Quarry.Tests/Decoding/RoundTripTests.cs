using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using FsCheck.Fluent;
using Quarry.Decoding;

namespace Quarry.Tests.Decoding;

public sealed class RoundTripTests
{
    /// <summary>The ways to hide bytes in bytes that are used at random.</summary>
    private static readonly (string Name, Func<byte[], byte[]> Hide)[] Packers =
    [
        ("gzip", Encode.Gzip),
        ("zip", b => Encode.Zip(CompressionLevel.Optimal, ("a.bin", b))),
        ("stored zip", b => Encode.Zip(CompressionLevel.NoCompression, ("dir/a.bin", b))),
        ("zip of two", b => Encode.Zip(CompressionLevel.Fastest, ("readme.txt", Encode.Utf8("nothing here")), ("b.bin", b))),
        ("ustar", b => Encode.Tar(TarEntryFormat.Ustar, ("a.bin", b))),
        ("pax", b => Encode.Tar(TarEntryFormat.Pax, (new string('p', 300) + "/é.bin", b))),
        ("gnu", b => Encode.Tar(TarEntryFormat.Gnu, (new string('g', 200), b), ("other", Encode.Utf8("nothing here")))),
    ];

    private static readonly (string Name, Func<byte[], byte[]> Hide)[] Encoders =
    [
        ("base64", b => Encode.Utf8(" x = " + Encode.Base64(b) + " ;")),
        ("base64url", b => Encode.Utf8("?q=" + Encode.Base64(b).Replace('+', '-').Replace('/', '_').TrimEnd('=') + "&n=1")),
        ("wrapped", b => Encode.Utf8("-----BEGIN X-----\r\n" + Convert.ToBase64String(b, Base64FormattingOptions.InsertLineBreaks) + "\r\n-----END X-----\r\n")),
        ("context", b => Encode.Utf8("[Convert]::FromBase64String(\"" + Encode.Base64(b) + "\")")),
        ("hex", b => Encode.Utf8(" 0x" + Convert.ToHexStringLower(b) + " ")),
        ("utf-16 base64", b => Encode.Utf8("powershell -e " + Encode.Wide("$x='" + Encode.Base64(b) + "'"))),
    ];

    [Fact]
    public void Brings_back_what_is_hidden_in_any_nesting_of_encodings_and_archives()
    {
        Gen<int[]> nestings = Gen.Choose(0, 1000).ArrayOf(5);
        Prop.ForAll(nestings.ToArbitrary(), Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (picks, seed) =>
        {
            string secret = Secret(seed);
            byte[] bytes = Encode.Utf8(secret);
            var names = new List<string>();
            foreach (int pick in picks)
            {
                if (pick % 3 > 0)
                {
                    (string name, Func<byte[], byte[]> pack) = Packers[pick % Packers.Length];
                    names.Add(name);
                    bytes = pack(bytes);
                }

                (string encoder, Func<byte[], byte[]> encode) = Encoders[pick / 7 % Encoders.Length];
                names.Add(encoder);
                bytes = encode(bytes);
            }

            UnpackResult result = Base64Unpacker.Unpack(bytes);

            bool isBack = result.Layers.Any(l => l.DecodedString == secret);
            return isBack.Label(string.Join(" < ", names) + " of " + secret);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Leaves_the_text_around_a_run_as_it_was()
    {
        Prop.ForAll<NonNull<string>, NonNull<string>, int>((before, after, seed) =>
        {
            string secret = Secret(seed), left = Clean(before.Get) + " ", right = " " + Clean(after.Get);
            string text = left + Encode.Base64(secret) + right;

            string annotated = Base64Unpacker.Unpack(text).AnnotatedText;

            return annotated.StartsWith(left, StringComparison.Ordinal) && annotated.EndsWith("</decoded>" + right, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    /// <summary>A text of words, long enough to be found in base64 and without anything in it that is found itself.</summary>
    private static string Secret(int seed)
    {
        string[] words = ["whoami", "net user", "C:\\Temp\\a.ps1", "été", "http://10.0.0.1/x", "Привет", "$_.Name", "; exit 0", "日本語"];
        var random = new Random(seed);
        var text = new StringBuilder("Invoke-Expression (Get-Content secret) ");
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            text.Append(words[random.Next(words.Length)]).Append(' ');
        }

        return text.ToString();
    }

    private static string Clean(string text) => new([.. text.Where(c => c is > ' ' and < '\u007F' and not ('%' or '\\' or '='))]);
}
