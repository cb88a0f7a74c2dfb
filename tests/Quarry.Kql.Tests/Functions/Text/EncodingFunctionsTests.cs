namespace Quarry.Kql.Tests.Functions.Text;

public class EncodingFunctionsTests
{
    [Theory]
    [InlineData("base64_encode_tostring", "Kusto", "S3VzdG8=")]
    [InlineData("base64_encodestring", "", "")]
    [InlineData("base64_decode_tostring", "S3VzdG8=", "Kusto")]
    [InlineData("base64_decodestring", "S3VzdG8=", "Kusto")]
    [InlineData("base64_decode_tostring", "not base64!", "")]
    [InlineData("base64_decode_tostring", "/w==", "")]
    [InlineData("base64_encode_fromguid", "ae3133f2-6e22-49ae-b06a-16e6a9b212eb", "8jMxriJurkmwahbmqbIS6w==")]
    [InlineData("base64_decode_toarray", "S3VzdG8=", "[75,117,115,116,111]")]
    [InlineData("base64_decode_toarray", "?", null)]
    [InlineData("url_encode", "https://www.bing.com/hello world", "https%3a%2f%2fwww.bing.com%2fhello+world")]
    [InlineData("url_encode_component", "https://www.bing.com/hello world", "https%3a%2f%2fwww.bing.com%2fhello%20world")]
    [InlineData("url_decode", "https%3a%2f%2fwww.bing.com%2f", "https://www.bing.com/")]
    [InlineData("url_decode", "a+b%2", "a b%2")]
    [InlineData("url_decode", "%ff%C3%A9", "\uFFFDé")]
    [InlineData("zlib_decompress_from_base64_string", "eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=", "Test string 123")]
    [InlineData("zlib_decompress_from_base64_string", "eJwLSS0u", "")]
    [InlineData("zlib_decompress_from_base64_string", "AAAA", "")]
    [InlineData("zlib_decompress_from_base64_string", "eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw==", "1234567890qwertyuiop")]
    [InlineData("unicode_codepoints_from_string", "a😀", "[97,128512]")]
    [InlineData("hash_md5", "World", "f5a7924e621e84c9280a9a27e1bcb7f6")]
    [InlineData("hash_sha256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void EncodingsAreAsDocumented(string name, string text, string? expected) => Call.Of(name, text).ShouldBe(expected);

    [Fact]
    public void NumbersAndCharactersAreWritten()
    {
        Call.Of("tohex", 256L).ShouldBe("100");
        Call.Of("tohex", -256L).ShouldBe("ffffffffffffff00");
        Call.Of("tohex", -256, 8L).ShouldBe("ffffff00");
        Call.Of("tohex", 256L, 8L).ShouldBe("00000100");
        Call.Of("unicode_codepoints_to_string", "[75,117]", "115", "116", "111").ShouldBe("Kusto");
        Call.Of("make_string", "128512", "-1", "[]", "\"x\"").ShouldBe("😀");
        Call.Of("zlib_decompress_from_base64_string", Call.Of("zlib_compress_to_base64_string", "1234567890qwertyuiop")).ShouldBe("1234567890qwertyuiop");
        Call.Of("gzip_decompress_from_base64_string", Call.Of("gzip_compress_to_base64_string", "1234567890qwertyuiop")).ShouldBe("1234567890qwertyuiop");
    }

    [Fact]
    public void HashIsTheDocumentedOne()
    {
        Call.Of("hash", "World").ShouldBe(1846988464401551951L);
        Call.Of("hash", "Hello").ShouldBe(753694413698530628L);
        Call.Of("hash", new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc)).ShouldBe(1380966698541616202L);

        Call.Of("hash", "").ShouldBe(unchecked((long)0xEF46DB3751D8E999));
    }

    [Theory]
    [InlineData("scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v%202#fragment",
        """{"Scheme":"scheme","Host":"host","Port":"1234","Path":"/this/is/a/path","Username":"username","Password":"password","Query Parameters":{"k1":"v1","k2":"v 2"},"Fragment":"fragment"}""")]
    [InlineData("https://[::1]/", """{"Scheme":"https","Host":"[::1]","Port":"","Path":"/","Username":"","Password":"","Query Parameters":{},"Fragment":""}""")]
    [InlineData("https://bing.com", """{"Scheme":"https","Host":"bing.com","Port":"","Path":"","Username":"","Password":"","Query Parameters":{},"Fragment":""}""")]
    [InlineData("?a=1&a=2", """{"Scheme":"","Host":"","Port":"","Path":"","Username":"","Password":"","Query Parameters":{"a":"2"},"Fragment":""}""")]
    [InlineData("x://\"\\", """{"Scheme":"x","Host":"\"\\","Port":"","Path":"","Username":"","Password":"","Query Parameters":{},"Fragment":""}""")]
    public void UrlsAreTakenApart(string url, string expected) => Call.Of("parse_url", url).ShouldBe(expected);

    [Fact]
    public void QueriesAreTakenApart() => Call.Of("parse_urlquery", "k1=v1&k2=v2&k3").ShouldBe("""{"Query Parameters":{"k1":"v1","k2":"v2","k3":""}}""");

    [Theory]
    [InlineData(@"C:\temp\file.txt", @"|C:|C:\temp|temp|file.txt|txt|")]
    [InlineData(@"temp\file.txt", @"||temp|temp|file.txt|txt|")]
    [InlineData("file://C:/temp/file.txt:some.exe", @"file|C:|C:/temp|temp|file.txt|txt|some.exe")]
    [InlineData(@"\\shared\users\temp\file.txt.gz", @"||\\shared\users\temp|temp|file.txt.gz|gz|")]
    [InlineData("/usr/lib/temp/file.txt", "||/usr/lib/temp|temp|file.txt|txt|")]
    [InlineData("", "||||||")]
    public void PathsAreTakenApart(string path, string expected)
    {
        using var parts = System.Text.Json.JsonDocument.Parse((string)Call.Of("parse_path", path)!);
        string.Join('|', parts.RootElement.EnumerateObject().Select(part => part.Value.GetString())).ShouldBe(expected);
    }

    [Theory]
    [InlineData("aa,\"b,b,b\",cc,\"Escaping quotes: \"\"Title\"\"\",\"line1\nline2\"", """["aa","b,b,b","cc","Escaping quotes: \"Title\"","line1\nline2"]""")]
    [InlineData("record1,a\nrecord2,x", """["record1","a"]""")]
    [InlineData("", """[""]""")]
    public void TheFirstRecordOfCsvIsRead(string text, string expected) => Call.Of("parse_csv", text).ShouldBe(expected);

    [Fact]
    public void VersionsAreNumbers()
    {
        Call.Of("parse_version", "0.0.0.5").ShouldBe(5m);
        Call.Of("parse_version", "0.1.2.0").ShouldBe(10_000_000_200_000_000m);
        Call.Of("parse_version", "1.2.3.4.5").ShouldBeNull();
        Call.Of("parse_version", "1.x").ShouldBeNull();
        Call.Of("parse_version", "").ShouldBeNull();
    }

    [Theory]
    [InlineData("echo \"hello world!\"", """["echo","hello world!"]""")]
    [InlineData("\"C:\\Program Files\\a.exe\" \"a\\\"b\" c\\\\\\d \"e\\\\\" f", """["C:\\Program Files\\a.exe","a\"b","c\\\\\\d","e\\","f"]""")]
    [InlineData("x  y\\", """["x","y\\"]""")]
    public void CommandLinesAreSplitAsWindowsDoes(string line, string expected) => Call.Of("parse_command_line", line, "windows").ShouldBe(expected);

    [Theory]
    [InlineData("<e/>", """{"e":null}""")]
    [InlineData("<e>text</e>", """{"e":"text"}""")]
    [InlineData("<e name=\"value\" />", """{"e":{"@name":"value"}}""")]
    [InlineData("<e name=\"value\">text</e>", """{"e":{"@name":"value","#text":"text"}}""")]
    [InlineData("<e> <a>text</a> <a>text</a> </e>", """{"e":{"a":["text","text"]}}""")]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-16\"?><e> text <!-- c --><a>t&lt;</a> </e>", """{"e":{"#text":"text","a":"t<"}}""")]
    [InlineData("<EventData><Data Name=\"a\">1</Data><Data Name=\"b\" /></EventData>", """{"EventData":{"Data":[{"@Name":"a","#text":"1"},{"@Name":"b"}]}}""")]
    [InlineData("<e>", null)]
    [InlineData("<e/><f/>", null)]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", null)]
    [InlineData("not xml", null)]
    [InlineData("", null)]
    public void XmlBecomesAnObject(string xml, string? expected) => Call.Of("parse_xml", xml).ShouldBe(expected);

    [Fact]
    public void DeepXmlIsRefused() =>
        Call.Of("parse_xml", string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000))).ShouldBeNull();
}
