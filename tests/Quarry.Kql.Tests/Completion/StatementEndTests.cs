using Quarry.Kql.Completion;

namespace Quarry.Kql.Tests.Completion;

public class StatementEndTests
{
    [Theory]
    [InlineData("T | count;", true)]
    [InlineData("T | count; // all", true)]
    [InlineData("let x = 1; print x;", true)]
    [InlineData("T | count", false)]
    [InlineData("let x = 1;", false)]
    [InlineData("set notruncation; declare query_parameters(a:long);", false)]
    [InlineData("print ';", false)]
    [InlineData("print 1 // ;", false)]
    [InlineData("let f = () { print 1;", false)]
    [InlineData("", false)]
    [InlineData(";", false)]
    public void A_query_ends_in_a_semicolon_behind_what_gives_a_result(string text, bool isWhole) =>
        StatementEnd.IsReached(text).ShouldBe(isWhole);
}
