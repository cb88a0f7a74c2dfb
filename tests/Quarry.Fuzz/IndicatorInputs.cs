using System.Globalization;
using System.Text;

namespace Quarry.Fuzz;

/// <summary>Texts full of what looks like indicators, most of them then damaged.</summary>
internal static class IndicatorInputs
{
    private static readonly string[] Separators = [" ", ", ", ";", "\n", "\t", "|", "'", "\"", "(", ")", "<", ">", "", ".", ":", "/", "\\", "=", "`", "++"];

    private static readonly string[] Fixed =
    [
        "::1", "::ffff:192.0.2.1", "2001:db8::1%eth0", "[2001:db8::17]:8443", "12:34:56", "aa:bb:cc:dd:ee:ff", "1.2.3.4.5",
        "999.1.1.1", "198.51.100.0/24", "Microsoft.NET", "update.zip", "run.ps1", "http://[2001:db8::1]/x", "file:///C:/x",
        "https://user:pw@host.example.com:8080/p?q=http%3A%2F%2Finner.example.net%2Fa#f", "hxxps[:]//a[.]example[.]org/x",
        "evil (dot) example (dot) com", "me[at]example[dot]com", "xn--bcher-kva.example.com", "bücher.example.com",
        "CVE-2021-44228", "T1059.001", "AS64500", "HKLM\\Software\\X", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "0x52908400098527886E0F7030069857D2E4169EE7", "C:\\a b\\c.exe", "/etc/passwd", "_dmarc.example.com", "a..b.com",
        "http://", "https:///x", "@example.com", "x@", "1.1.1", "...", "http://example.com.", "ftp://1.2.3.4:99999/",
    ];

    /// <summary>An input from a sequence.</summary>
    public static byte[] Generate(Random random)
    {
        byte[] input = random.Next(6) == 0 ? Pieces.Noise(random, 4000) : Mixture(random);
        return random.Next(5) < 3 ? Mutation.Apply(random, input) : input;
    }

    /// <summary>An indicator that is one beyond doubt, with the name of its type.</summary>
    public static (string Type, string Text) Certain(Random random)
    {
        string host = Label(random) + "." + random.Pick("example.com", "example.net", "example.org");
        return random.Next(7) switch
        {
            0 => ("ipv4", $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}"),
            1 => ("dns", host),
            2 => ("url", $"{random.Pick("http", "https", "ftp")}://{host}/{Label(random)}?{Label(random)}={random.Next(1000)}"),
            3 => ("email", $"{Label(random)}@{host}"),
            4 => ("md5_hash", Hex(random, 32)),
            5 => ("sha1_hash", Hex(random, 40)),
            _ => ("sha256_hash", Hex(random, 64)),
        };
    }

    private static byte[] Mixture(Random random)
    {
        var text = new StringBuilder();
        for (int left = random.Next(1, 40); left > 0; left--)
        {
            text.Append(random.Next(4) switch
            {
                0 => Certain(random).Text,
                1 => Pieces.Prose(random, 1, 4),
                _ => random.Pick(Fixed),
            });
            text.Append(random.Pick(Separators));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Label(Random random) =>
        "host" + random.Next(100000).ToString(CultureInfo.InvariantCulture) + random.Pick("a", "b-c", "xyz");

    private static string Hex(Random random, int digits)
    {
        byte[] bytes = new byte[digits / 2];
        random.NextBytes(bytes);
        bytes[0] = 0xA1; // a run of decimal digits alone would be a number
        return random.Next(2) == 0 ? Convert.ToHexString(bytes) : Convert.ToHexStringLower(bytes);
    }
}
