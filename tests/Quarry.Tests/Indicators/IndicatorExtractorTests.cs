using System.Text;
using Quarry.Indicators;

namespace Quarry.Tests.Indicators;

public class IndicatorExtractorTests
{
    private static readonly IndicatorExtractor All = new(new IndicatorOptions { Types = ["all"] });

    [Theory]
    [InlineData("ipv4", "from 10.0.0.1.", "10.0.0.1")]
    [InlineData("ipv4", "10.0.0.1-10.0.0.9", "10.0.0.1", "10.0.0.9")]
    [InlineData("ipv4", "a=0.0.0.0;b=255.255.255.255", "0.0.0.0", "255.255.255.255")]
    [InlineData("ipv4", @"{""ip"":""\n8.8.8.8\n""}", "8.8.8.8")]
    [InlineData("ipv4", "连接1.2.3.4端口", "1.2.3.4")]
    [InlineData("ipv4", "10.0.0.5.pcap", "10.0.0.5")]
    [InlineData("ipv4", "...1.2.3.4...", "1.2.3.4")]
    [InlineData("ipv4", "256.1.1.1 1.2.3.256 01.2.3.4 1.02.3.4 1.2.3 1.2.3.4.5 .1.3.6.1 1.3.6.1.4.1.311")]
    [InlineData("ipv4", "v1.2.3.4 1.2.3.4b lib.so.1.2.3.4 Store_1.2.3.4_x64 name-1.2.3.4.tar.gz")]
    [InlineData("ipv6", "::1 and 2001:db8::8a2e:370:7334, [fe80::1]:443 fe80::2%eth0.", "::1", "2001:db8::8a2e:370:7334", "fe80::1", "fe80::2")]
    [InlineData("ipv6", "::ffff:192.0.2.1 1:2:3:4:5:6:7:8 1:2:3:4:5:6:1.2.3.4 2001:db8::1: refused", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4", "2001:db8::1")]
    [InlineData("ipv6", "12:34:56 00:11:22:33:44:55 std::string :: ::: ::add a::b 1::2::3 1:2:3:4:5:6:7:8:9 12345::1 ::1.2.3 g::1 x::1")]
    [InlineData("ipv6", "00:11:22:33:44:55:66:77 43:51:43:a1:b5:fc:8b:b7:0a:3a:a9:b1:0f:66:73:a8")]
    [InlineData("url", "(see http://a.example.com/b_(c)), or 'https://b.example/x'; <ftp://c.example:21/y>.", "http://a.example.com/b_(c)", "https://b.example/x", "ftp://c.example:21/y")]
    [InlineData("url", "http://a.example/x++ | `http://b.example/y`|http://c.example/z<br>", "http://a.example/x", "http://b.example/y", "http://c.example/z")]
    [InlineData("url", "++http://a.example/x++ **https://b.example/y** http://c.example/?! http://d.example/a:", "http://a.example/x", "https://b.example/y", "http://c.example/", "http://d.example/a")]
    [InlineData("url", "http://[2001:db8::1]:8080/a http://user:pw@host:81/b http://localhost/c http://1.2.3.4", "http://[2001:db8::1]:8080/a", "http://user:pw@host:81/b", "http://localhost/c", "http://1.2.3.4")]
    [InlineData("url", @"file:///C:/x \\host http:// http:///x profile://x std://y http://${h}/a", "file:///C:/x")]
    [InlineData("url", "http://r.example/?u=http://a.example/b&c=1", "http://r.example/?u=http://a.example/b&c=1", "http://a.example/b")]
    [InlineData("url", "u=http%3A%2F%2Fa.example%2Fb%3Fc%3Dd&e=f", "http://a.example/b?c=d")]
    [InlineData("url", "http://r.example/?u=http%253A%252F%252Fa.example%252Fb", "http://r.example/?u=http%253A%252F%252Fa.example%252Fb", "http://a.example/b")]
    [InlineData("url", "打开http://a.example/路径，然后", "http://a.example/路径")]
    [InlineData("url", @"{""u"":""https://a.example/b?c=d\u0026x""} href=&quot;https://b.example/c&quot;", "https://a.example/b?c=d", "https://b.example/c")]
    [InlineData("email", "First.Last+tag@sub.example.co.uk, <o'brien@b.org> mailto:x_y@c.net?subject=z", "First.Last+tag@sub.example.co.uk", "o'brien@b.org", "x_y@c.net")]
    [InlineData("email", "to=me@a.com 'me@b.com' %20me@c.com a@b @d.com me@localhost ..@e.com x..y@f.com root@1.2.3.4", "me@a.com", "me@b.com", "me@c.com")]
    [InlineData("email", "bounce+me=a.com@lists.org bob_gmail.com#EXT#@x.onmicrosoft.com", "bounce+me=a.com@lists.org", "bob_gmail.com#EXT#@x.onmicrosoft.com")]
    [InlineData("md5_hash", "d41d8cd98f00b204e9800998ecf8427e,D41D8CD98F00B204E9800998ECF8427F d41d8cd98f00b204e9800998ecf8427 xd41d8cd98f00b204e9800998ecf84271h", "d41d8cd98f00b204e9800998ecf8427e", "D41D8CD98F00B204E9800998ECF8427F", "d41d8cd98f00b204e9800998ecf84271")]
    [InlineData("md5_hash", "a%3Dd41d8cd98f00b204e9800998ecf8427e%2Fd41d8cd98f00b204e9800998ecf8427f", "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427f")]
    [InlineData("ipv6", "a%3D2001:db8::1", "2001:db8::1")]
    [InlineData("cidr", "10.0.0.0/8, 192.168.1.0/24. 1.2.3.4/33 2001:db8::/32 1.2.3.4/5/6 1.2.3.4/08", "10.0.0.0/8", "192.168.1.0/24", "2001:db8::/32")]
    [InlineData("mac", "00:11:22:33:44:55 AA-BB-CC-DD-EE-FF aabb.ccdd.eeff 00:11:22:33:44:55:66 00:11:22-33:44:55", "00:11:22:33:44:55", "AA-BB-CC-DD-EE-FF", "aabb.ccdd.eeff")]
    [InlineData("cve", "CVE-2021-44228, cve-2017-0144. CVE-2021-123 CVE-21-1234 xCVE-2021-44228", "CVE-2021-44228", "cve-2017-0144")]
    [InlineData("asn", "AS13335 ASN15169 as4294967296 ASX AS0 BAS123 AS12x", "AS13335", "ASN15169")]
    [InlineData("mitre_attack", "T1059 T1059.001. T2059 T10590 XT1059 T1059.0011", "T1059", "T1059.001")]
    [InlineData("bitcoin", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")]
    [InlineData("ethereum", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")]
    [InlineData("registry_key", @"reg add ""HKLM\Software\Microsoft\Windows NT\CurrentVersion\Run"" /v x; HKCU:\Software\A and HKEY_LOCAL_MACHINE\SYSTEM\B", @"HKLM\Software\Microsoft\Windows NT\CurrentVersion\Run", @"HKCU:\Software\A", @"HKEY_LOCAL_MACHINE\SYSTEM\B")]
    [InlineData("file_name", @"C:\a\evil.exe -o x.ps1 setup.py notes.TXT me@x.zip www.a.com 1.2.3.4 a.nosuch", "evil.exe", "x.ps1", "setup.py", "notes.TXT")]
    [InlineData("windows_path", @"""C:\Program Files (x86)\Go\c.exe"" --x \\srv\share$\d\f.txt ..\a\b %TEMP%\x.dll C:/u/v.txt C:\a\b.txt:ads", @"C:\Program Files (x86)\Go\c.exe", @"\\srv\share$\d\f.txt", @"..\a\b", @"%TEMP%\x.dll", "C:/u/v.txt", @"C:\a\b.txt:ads")]
    [InlineData("windows_path", @"C:\Program Files\a b\c.exe -f C:\x.exe D:\y\z.dll,Entry DOMAIN\user a\b", @"C:\Program Files\a b\c.exe", @"C:\x.exe", @"D:\y\z.dll")]
    [InlineData("linux_path", "/bin/sh -c 'cat /etc/passwd;ls ~/.ssh ./x ../../y' text/html 1/2/3 http://a.b/c /url:x /c a/b", "/bin/sh", "/etc/passwd", "~/.ssh", "./x", "../../y")]
    public void Finds_exactly(string type, string text, params string[] expected) =>
        All.FindAll(type, text).ShouldBe(expected);

    [Fact]
    public void Reports_each_observable_once_in_the_order_of_the_text()
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> found = new IndicatorExtractor().Extract(
            "http://b.example.com/ 9.9.9.9 a.example.com 1.1.1.1 9.9.9.9 A.example.com b.example.com");

        found.Keys.ShouldBe(["url", "dns", "ipv4"]);
        found["dns"].ShouldBe(["b.example.com", "a.example.com", "A.example.com"]);
        found["ipv4"].ShouldBe(["9.9.9.9", "1.1.1.1"]);
    }

    [Fact]
    public void Offsets_are_bytes_of_the_row()
    {
        IReadOnlyList<CollectingSink.Match> found = new IndicatorExtractor().Find("é: 1.2.3.4, evil[.]example[.]com");

        found.Select(match => (match.Type, match.Offset, match.Length)).ShouldBe([("ipv4", 4, 7), ("dns", 13, 20)]);
        found.Select(match => match.Original).ShouldBe(["", "evil[.]example[.]com"]);
    }

    [Fact]
    public void Finds_nothing_across_the_border_of_two_rows()
    {
        var sink = new CollectingSink();

        new IndicatorExtractor().Scan(["1.2", ".3.4", "http", "://a.com/x", "d41d8cd98f00b204", "e9800998ecf8427e", "me@", "b.org", ""], sink);

        sink.Found.Select(match => (match.Row, match.Observable)).ShouldBe([(3, "a.com"), (7, "b.org")]);
    }

    [Fact]
    public void Finds_the_same_wherever_it_stands_among_the_blocks()
    {
        string text = "x 1.2.3.4 2001:db8::1 https://a.example.com/b me@c.org d41d8cd98f00b204e9800998ecf8427e evil[.]com u=http%3A%2F%2Fd.net%2F ";
        string[] expected = [.. new IndicatorExtractor().Find(text).Select(match => match.Observable)];

        for (int before = 0; before <= 130; before++)
        {
            var sink = new CollectingSink();
            new IndicatorExtractor().Scan([new string(' ', before), text, new string('g', before) + " " + text], sink);

            sink.Found.Where(match => match.Row == 1).Select(match => match.Observable).ShouldBe(expected);
            sink.Found.Where(match => match.Row == 2).Select(match => match.Observable).ShouldBe(expected);
        }

        expected.Length.ShouldBe(10);
    }

    [Fact]
    public void Blank_and_empty_texts_have_no_indicators()
    {
        new IndicatorExtractor().Extract("").ShouldBeEmpty();
        new IndicatorExtractor().Extract(" \t\n").ShouldBeEmpty();
        new IndicatorExtractor().Scan(default, [], new CollectingSink());
    }

    [Fact]
    public void Lone_surrogates_and_bytes_that_are_no_text_are_borders()
    {
        new IndicatorExtractor().Extract("\ud800a.example.com\udc00")["dns"].ShouldBe(["a.example.com"]);
        new IndicatorExtractor().Extract([0xFF, 0xFE, .. "1.2.3.4"u8, 0x80, 0, .. "b.example.com"u8, 0xC3])
            .SelectMany(type => type.Value).ShouldBe(["1.2.3.4", "b.example.com"]);
    }

    [Fact]
    public void Refuses_offsets_that_leave_the_text()
    {
        Should.Throw<ArgumentException>(() => new IndicatorExtractor().Scan("abc"u8, [0, 4], new CollectingSink()));
        Should.Throw<ArgumentException>(() => new IndicatorExtractor().Scan("abc"u8, [2, 1], new CollectingSink()));
    }

    [Theory]
    [InlineData("1.2.3.4", "ipv4", true)]
    [InlineData("1.2.3.4 ", "ipv4", false)]
    [InlineData("1[.]2.3.4", "ipv4", true)]
    [InlineData("example.com", "dns", true)]
    [InlineData("example.com", "hostname", true)]
    [InlineData("Microsoft.NET", "dns", true)]
    [InlineData("example.nosuchtld", "dns", false)]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "file_hash", true)]
    [InlineData("d41d8cd98f00b204e9800998ecf8427", "file_hash", false)]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "sha1_hash", false)]
    [InlineData("CVE-2021-44228", "cve", true)]
    public void Validates_the_whole_of_a_text(string text, string type, bool expected) =>
        new IndicatorExtractor().Validate(text, type).ShouldBe(expected);

    [Fact]
    public void Validates_by_options()
    {
        new IndicatorExtractor().Validate("host.corp.local", "dns", ignoreTlds: true).ShouldBeTrue();
        new IndicatorExtractor().Validate("1[.]2.3.4", "ipv4", defanged: false).ShouldBeFalse();
        Should.Throw<QuarryException>(() => new IndicatorExtractor().Validate("x", "ipv5")).Message.ShouldContain("'ipv4'");
    }

    [Theory]
    [InlineData("1.2.3.4", "ipv4")]
    [InlineData("2001:db8::1", "ipv6")]
    [InlineData("example.com", "dns")]
    [InlineData("http://example.com/a", "url")]
    [InlineData("a@example.com", "email")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "md5_hash")]
    [InlineData("/etc/passwd", "linux_path")]
    [InlineData(@"C:\a\b.txt", "windows_path")]
    [InlineData("1[.]2.3.4", "ipv4")]
    [InlineData("10.0.0.0/8", "cidr")]
    [InlineData("setup.py", "file_name")]
    [InlineData("nothing", "unknown")]
    [InlineData("example.nosuchtld", "unknown")]
    [InlineData("", "unknown")]
    public void Names_the_type_of_a_text(string text, string expected) =>
        new IndicatorExtractor().GetIndicatorType(text).ShouldBe(expected);

    [Theory]
    [InlineData(" D41D8CD98F00B204E9800998ECF8427E ", "md5_hash")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709", "sha1_hash")]
    [InlineData("g41d8cd98f00b204e9800998ecf8427e", "unknown")]
    [InlineData("", "unknown")]
    public void Names_the_type_of_a_hash(string text, string expected) =>
        IndicatorExtractor.FileHashType(text).ShouldBe(expected);

    [Theory]
    [InlineData("a.")]
    [InlineData("1.")]
    [InlineData("1.2.3.4-")]
    [InlineData("http://a/")]
    [InlineData("http://")]
    [InlineData("http%3A%2F%2F")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData(":")]
    [InlineData("[")]
    [InlineData("a[.]")]
    [InlineData("\\.")]
    [InlineData("a dot ")]
    [InlineData("a\\.")]
    [InlineData("f")]
    [InlineData("C:\\a ")]
    [InlineData("é.")]
    public void Ends_on_a_long_line_of_one_thing(string part)
    {
        byte[] line = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)));

        Should.CompleteIn(() => All.Extract(line), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Ends_on_ten_megabytes_without_a_line_end()
    {
        byte[] line = new byte[10_000_000];
        line.AsSpan().Fill((byte)'x');
        " evil.com "u8.CopyTo(line.AsSpan(5_000_000));

        new IndicatorExtractor().Extract(line)["dns"].ShouldBe(["evil.com"]);
    }
}
