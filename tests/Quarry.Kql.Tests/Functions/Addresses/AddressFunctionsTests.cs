namespace Quarry.Kql.Tests.Functions.Addresses;

public class AddressFunctionsTests
{
    [Theory]
    [InlineData("192.168.1.1", 3232235777L)]
    [InlineData("192.168.1.1/24", 3232235776L)]
    [InlineData("255.255.255.255/31", 4294967294L)]
    [InlineData("1.2.3.4/0", 0L)]
    [InlineData("192.168.1", null)]
    [InlineData("192.168.1.256", null)]
    [InlineData("192.168.1.1/33", null)]
    [InlineData("192.168.1.1/", null)]
    [InlineData("192.168.1.1 ", null)]
    [InlineData("::1", null)]
    [InlineData("", null)]
    public void AddressesAreNumbers(string text, object? expected) => Call.Of("parse_ipv4", text).ShouldBe(expected);

    [Fact]
    public void MasksShortenThem()
    {
        Call.Of("parse_ipv4_mask", "127.0.0.1", 24L).ShouldBe(2130706432L);
        Call.Of("parse_ipv4_mask", "127.0.0.1", 33L).ShouldBeNull();
        Call.Of("ipv4_netmask_suffix", "10.1.2.3").ShouldBe(32L);
        Call.Of("ipv4_netmask_suffix", "192.168.1.1/24").ShouldBe(24L);
        Call.Of("format_ipv4", "192.168.1.1", 24L).ShouldBe("192.168.1.0");
        Call.Of("format_ipv4", "192.168.1.1/24", 32L).ShouldBe("192.168.1.0");
        Call.Of("format_ipv4", "192.168.1.1/24", -1L).ShouldBe("");
        Call.Of("format_ipv4", 3232235777L).ShouldBe("192.168.1.1");
        Call.Of("format_ipv4", -1L).ShouldBe("");
        Call.Of("format_ipv4_mask", "192.168.1.1", 24L).ShouldBe("192.168.1.0/24");
        Call.Of("format_ipv4_mask", 3232235777L, 32L).ShouldBe("192.168.1.1/32");
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.0", false)]
    [InlineData("192.168.1.1/24", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", null)]
    public void PrivateAddressesAreThoseOfRfc1918(string text, object? expected) => Call.Of("ipv4_is_private", text).ShouldBe(expected);

    [Fact]
    public void RangesAreSearched()
    {
        Call.Of("ipv4_is_in_range", "192.168.1.1", "192.168.1.255/24").ShouldBe(true);
        Call.Of("ipv4_is_in_range", "192.168.2.1", "192.168.1.255/24").ShouldBe(false);
        Call.Of("ipv4_is_in_range", "x", "192.168.1.255/24").ShouldBeNull();
        Call.Of("ipv4_is_in_any_range", "192.168.1.6", """["192.168.1.1/24","10.0.0.1/8","127.1.0.1/16"]""").ShouldBe(true);
        Call.Of("ipv4_is_in_any_range", "123.1.11.21", """["192.168.1.1/16","127.0.0.1/8","10.0.0.1/8"]""").ShouldBe(false);
        Call.Of("ipv4_is_in_any_range", "1.1.1.1", """["x"]""").ShouldBeNull();
        Call.Of("ipv4_is_in_any_range", "192.168.1.6", "10.0.0.0/8", "192.168.1.1/24").ShouldBe(true);
        Call.Of("ipv6_is_in_range", "a5e:f127:8a9d:146d:e102:b5d3:c755:abcd", "a5e:f127:8a9d:146d:e102:b5d3:c755:0000/112").ShouldBe(true);
        Call.Of("ipv6_is_in_range", "a5e:f127:8a9d:146d:e102:b5d3:c755:abcd", "0:0:0:0:0:ffff:c0a8:ac/60").ShouldBe(false);
        Call.Of("ipv6_is_in_any_range", "2001:db8::1", """["10.0.0.0/8","2001:db8::/32"]""").ShouldBe(true);
        Call.Of("ipv4_range_to_cidr_list", "1.1.128.0", "1.1.140.255").ShouldBe("""["1.1.128.0/21","1.1.136.0/22","1.1.140.0/24"]""");
        Call.Of("ipv4_range_to_cidr_list", "0.0.0.0", "255.255.255.255").ShouldBe("""["0.0.0.0/0"]""");
        Call.Of("ipv4_range_to_cidr_list", "2.0.0.0", "1.0.0.0").ShouldBeNull();
    }

    [Theory]
    [InlineData("ipv4", "192.168.1.1", "192.168.1.0", 31L, 0L)]
    [InlineData("ipv4", "192.168.1.1/24", "192.168.1.255", 31L, 0L)]
    [InlineData("ipv4", "192.168.1.1", "192.168.1.255/24", null, 0L)]
    [InlineData("ipv4", "192.168.1.1", "192.168.1.2", null, -1L)]
    [InlineData("ipv4", "::1", "192.168.1.2", null, null)]
    [InlineData("ipv6", "192.168.1.1", "::ffff:c0a8:0101", null, 0L)]
    [InlineData("ipv6", "192.168.1.1/24", "::ffff:c0a8:01ff", null, 0L)]
    [InlineData("ipv6", "::192.168.1.1/30", "192.168.1.255/24", null, 0L)]
    [InlineData("ipv6", "fe80::85d:e82c:9446:7994", "fe80::85d:e82c:9446:7995", 127L, 0L)]
    [InlineData("ipv6", "fe80::85d:e82c:9446:7994/120", "fe80::85d:e82c:9446:7998", 127L, 0L)]
    [InlineData("ipv6", "fe80::1%eth0", "fe80::1", null, null)]
    public void AddressesAreComparedWithTheShortestPrefix(string version, string one, string other, object? prefix, object? expected)
    {
        Call.Of(version + "_compare", one, other, prefix).ShouldBe(expected);
        Call.Of(version + "_is_match", one, other, prefix).ShouldBe(expected is null ? null : (object)expected.Equals(0L));
    }

    [Theory]
    [InlineData("192.168.255.255/24", 124L, "0000:0000:0000:0000:0000:ffff:c0a8:ff00")]
    [InlineData("192.168.255.255", 120L, "0000:0000:0000:0000:0000:ffff:c0a8:ff00")]
    [InlineData("fe80::85d:e82c:9446:7994", 128L, "fe80:0000:0000:0000:085d:e82c:9446:7994")]
    [InlineData("fe80::85d:e82c:9446:7994/120", 124L, "fe80:0000:0000:0000:085d:e82c:9446:7900")]
    [InlineData("::192.168.255.255", 128L, "0000:0000:0000:0000:0000:ffff:c0a8:ffff")]
    [InlineData("::192.168.255.255/24", 128L, "0000:0000:0000:0000:0000:ffff:c0a8:ff00")]
    [InlineData("::g", 128L, "")]
    public void Ipv6IsWrittenInFull(string text, long mask, string expected) => Call.Of("parse_ipv6_mask", text, mask).ShouldBe(expected);

    [Theory]
    [InlineData("has_ipv4", "05:04:54 127.0.0.1 GET /", "127.0.0.1", true)]
    [InlineData("has_ipv4", "05:04:54127.0.0.1 GET /", "127.0.0.1", false)]
    [InlineData("has_ipv4", "é127.0.0.1", "127.0.0.1", false)]
    [InlineData("has_ipv4", "127.0.0.10", "127.0.0.1", false)]
    [InlineData("has_ipv4", "127.0.0.256", "127.0.0.256", false)]
    [InlineData("has_ipv4", "127.0.0.1", "127.0.", false)]
    [InlineData("has_ipv4_prefix", "05:04:54 127.0.0.1 GET", "127.0.", true)]
    [InlineData("has_ipv4_prefix", "05:04:54 127.0.0.1 GET", "127.0", false)]
    [InlineData("has_ipv4_prefix", "05:04:54 127.0.0.256 GET", "127.0.", false)]
    [InlineData("has_ipv4_prefix", "05:04:54 127.0.0.1 GET", "127.0.0.1", true)]
    [InlineData("has_any_ipv4", "x 127.0.0.1", """["1.1.1.1","127.0.0.1"]""", true)]
    [InlineData("has_any_ipv4_prefix", "x 127.0.0.1", """["1.1.","127."]""", true)]
    [InlineData("has_any_ipv4_prefix", "x 127.0.0.1", """["1.1.","12."]""", false)]
    public void AddressesAreFoundInTexts(string name, string text, string address, bool expected) => Call.Of(name, text, address).ShouldBe(expected);

    [Fact]
    public void SeveralAddressesMayBeGivenOneByOne() => Call.Of("has_any_ipv4", "x 127.0.0.1", "1.1.1.1", "127.0.0.1").ShouldBe(true);
}
