using Quarry.Tables;

namespace Quarry.Tests.Tables;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u001b[31m\0\u007f\u009b", "a\\x1b[31m\\x00\\x7f\\x9b")]
    [InlineData("\r\n\t", "\\r\\n\\t")]
    [InlineData("gpj\u202Eexe\u2066\u200f\u061c\u2028", "gpj\\u202eexe\\u2066\\u200f\\u061c\\u2028")]
    public void What_is_not_seen_is_written_out(string text, string visible) => VisibleText.Escape(text).ShouldBe(visible);

    [Fact]
    public void Lines_are_kept_on_request() => VisibleText.Escape("a\n\tb\r", keepLines: true).ShouldBe("a\n\tb\\r");
}
