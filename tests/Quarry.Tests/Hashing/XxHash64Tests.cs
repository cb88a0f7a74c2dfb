using System.Text;
using FsCheck.Fluent;
using Quarry.Hashing;

namespace Quarry.Tests.Hashing;

public class XxHash64Tests
{
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1)]
    public void Equals_the_published_values(string text, ulong expected)
    {
        var hash = new XxHash64();

        hash.Append(Encoding.ASCII.GetBytes(text));

        hash.Current().ShouldBe(expected);
        XxHash64.Of(Encoding.ASCII.GetBytes(text)).ShouldBe(expected);
    }

    [Fact]
    public void Does_not_depend_on_how_the_bytes_arrive() => Prop.ForAll<byte[], byte[], byte[]>((a, b, c) =>
    {
        byte[] longer = [.. Enumerable.Repeat(a, 9).SelectMany(x => x)];
        var whole = new XxHash64();
        whole.Append([.. longer, .. b, .. c]);

        var parts = new XxHash64();
        parts.Append(longer);
        parts.Append(b);
        parts.Append(c);

        return parts.Current() == whole.Current() && XxHash64.Of([.. longer, .. b, .. c]) == whole.Current();
    }).QuickCheckThrowOnFailure();
}
