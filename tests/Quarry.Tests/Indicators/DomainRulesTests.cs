using Quarry.Indicators;

namespace Quarry.Tests.Indicators;

public class DomainRulesTests
{
    private static readonly IndicatorExtractor Extractor = new(new IndicatorOptions { Types = ["dns"] });

    [Theory]
    [InlineData("example.com.", "example.com")]
    [InlineData(".example.com", "example.com")]
    [InlineData("*.example.com", "example.com")]
    [InlineData("EXAMPLE.COM and GitHub.com", "EXAMPLE.COM", "GitHub.com")]
    [InlineData("t.co t.me x.com bit.ly youtu.be 163.com 401k.com", "t.co", "t.me", "x.com", "bit.ly", "youtu.be", "163.com", "401k.com")]
    [InlineData("_dmarc.example.com _ldap._tcp.example.com", "_dmarc.example.com", "_ldap._tcp.example.com")]
    [InlineData("xn--80ak6aa92e.com пример.рф пример.xn--p1ai bücher.de ПРИМЕР.РФ", "xn--80ak6aa92e.com", "пример.рф", "пример.xn--p1ai", "bücher.de", "ПРИМЕР.РФ")]
    [InlineData("访问example.com下载 “example.org”", "example.com", "example.org")]
    [InlineData("facebookcorewwwi.onion", "facebookcorewwwi.onion")]
    [InlineData("https://evil.zip/a www.files.zip evil.zip:443 evil.zip/login login.bank.app", "evil.zip", "www.files.zip", "evil.zip", "evil.zip", "login.bank.app")]
    [InlineData("evil[.]zip me@evil.mov", "evil[.]zip", "evil.mov")]
    [InlineData(@"\\files.example.com\share \\\\dc.example.com\\sysvol example.com\user", "files.example.com", "dc.example.com", "example.com")]
    [InlineData("Host:api.example.io;Referer=cdn.example.net", "api.example.io", "cdn.example.net")]
    [InlineData("http://server1.example.com:8080/x", "server1.example.com")]
    [InlineData("?u=http%3A%2F%2Fevil.example.org%2Fp", "evil.example.org")]
    [InlineData("1.0.0.127.in-addr.arpa 1.2.3.com", "1.0.0.127.in-addr.arpa", "1.2.3.com")]
    public void Is_a_domain(string text, params string[] expected) =>
        Extractor.Find(text).Select(match => match.Observable).ShouldBe(expected.Distinct());

    [Theory]
    [InlineData("setup.py README.md run.sh a.zip init.rs lib.so data.cab script.ps1 go.mod web.config kernel32.dll x.exe")]
    [InlineData("jquery.min.map foo.tar.zip main.tf id_rsa.pub my_file.app network.target libc.so.6 test.utils.py")]
    [InlineData("Microsoft.NET System.Net System.IO System.Security System.Management.Automation WScript.Shell ADODB.Stream")]
    [InlineData(@"C:\Windows\Microsoft.NET\Framework64 C:\temp\x.com C:\\temp\\y.com c:\a\microsoft.net\b D:\evil.com")]
    [InlineData("ASP.NET ADO.NET VB.NET microsoft.win32.taskscheduler")]
    [InlineData("this.name self.id obj.name a.is e.id foo.Invoke window.open console.info math.is Date.now() items.map(x) user.name")]
    [InlineData("$user.name $env.data foo().data.map arr[0].id")]
    [InlineData("myObject.name resultSet.data thisThing.page = 1")]
    [InlineData("com.apple.music com.google.android.search org.gnome.Shell java.net javax.net")]
    [InlineData("command.com more.com tree.com format.com")]
    [InlineData("me.too@example.com first.co@example.com")]
    [InlineData("example.comx example.nosuchtld host.corp.local localhost server01 a..com -.com foo-.com 1.2.3.4 e.g i.e")]
    [InlineData("example.com_backup example.com2 foo_bar.com main.rs:10:5 setup.py:12: in")]
    [InlineData("done.The next.It was.In")]
    public void Is_no_domain(string text) =>
        Extractor.Find(text).Select(match => match.Observable).Where(observable => observable != "example.com").ShouldBeEmpty();

    [Fact]
    public void Labels_and_names_have_the_length_of_the_standard()
    {
        string longest = new('a', 63);

        Extractor.FindAll("dns", longest + ".com").ShouldBe([longest + ".com"]);
        Extractor.FindAll("dns", longest + "a.com").ShouldBeEmpty();
        string name = string.Join('.', longest, longest, longest, new string('b', 57), "com");
        Extractor.FindAll("dns", name).ShouldBe([name]);
        Extractor.FindAll("dns", "b" + name).ShouldBeEmpty();
    }

    [Fact]
    public void Any_last_label_counts_if_top_level_domains_are_ignored() =>
        new IndicatorExtractor(new IndicatorOptions { Types = ["dns"], IgnoreTlds = true })
            .FindAll("dns", "dc1.corp.local setup.py 1.2.3.4 a.b").ShouldBe(["dc1.corp.local", "setup.py"]);
}
